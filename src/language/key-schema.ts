import * as l10n from '@vscode/l10n';
import type { Directive } from './annotation-model';

/** How the value of a key is read. */
export type ValueKind =
  | 'tasks'
  | 'input'
  | 'output'
  | 'count'
  | 'number'
  | 'unit'
  | 'splits'
  | 'shares'
  | 'columns'
  | 'texts'
  | 'text'
  | 'names'
  | 'shared-features'
  | 'category'
  | 'steps'
  | 'modules'
  | 'checkpoint'
  | 'flag';

export interface KeySchema {
  readonly key: string;
  readonly kind: ValueKind;
  readonly aliases?: readonly string[];
  /** What to write, as an example. */
  readonly example: string;
  /** One sentence for completion and for the language reference, in the display language. */
  readonly documentation: () => string;
}

/** The whole language, in one place: the parser, the printer and the reference all read it from here. */
export const KEYS: Readonly<Record<Directive, readonly KeySchema[]>> = {
  dataset: [
    {
      key: 'task',
      kind: 'tasks',
      example: 'task=pneumonia',
      documentation: () =>
        l10n.t(
          'The task that the labels are for. Separate several by commas if each example has a label for each task. Write a pipeline step as a->b.',
        ),
    },
    {
      key: 'input',
      kind: 'input',
      example: 'input=image:224x224x3',
      documentation: () =>
        l10n.t(
          'The input type: image:HxWxC, image, audio, audio:16kHz, text, tabular:N, video or sequence:TxF.',
        ),
    },
    {
      key: 'num_examples',
      kind: 'count',
      aliases: ['size'],
      example: 'num_examples=5k',
      documentation: () =>
        l10n.t('The number of labelled examples: 5000, 5_000, "5,000", 5k, 1.2M, 3B, 15T or 1.28e6.'),
    },
    {
      key: 'unit',
      kind: 'unit',
      example: 'unit=hours',
      documentation: () =>
        l10n.t(
          'The unit of num_examples: examples (default), hours, minutes, seconds, tokens, words, characters or sentences.',
        ),
    },
    {
      key: 'splits',
      kind: 'splits',
      example: 'splits=train:80k,test:20k',
      documentation: () => l10n.t('The number of examples in each split.'),
    },
    {
      key: 'labels_present',
      kind: 'shares',
      example: 'labels_present=car:80%,stop-sign:60%',
      documentation: () =>
        l10n.t('The proportion of examples that have a label: one value for all tasks, or one per task.'),
    },
    {
      key: 'label',
      kind: 'columns',
      example: 'label=digit:d,parity:p',
      documentation: () => l10n.t('The label column; with several tasks, one per task.'),
    },
    {
      key: 'positive',
      kind: 'text',
      example: 'positive=seven',
      documentation: () => l10n.t('The positive class: classify it against all others.'),
    },
    {
      key: 'path',
      kind: 'text',
      example: 'path=data/xray',
      documentation: () =>
        l10n.t(
          'The path of the data, relative to this file or ${workspaceFolder}. Write data.db#table for a table of a database.',
        ),
    },
    {
      key: 'features',
      kind: 'texts',
      example: 'features=age',
      documentation: () => l10n.t('The input columns; by default all but labels, groups and identifiers.'),
    },
    {
      key: 'ignore',
      kind: 'texts',
      example: 'ignore=id,notes',
      documentation: () => l10n.t('No inputs, such as columns unknown at prediction time.'),
    },
    {
      key: 'group',
      kind: 'text',
      example: 'group=patient_id',
      documentation: () =>
        l10n.t('The group column, kept in one split. stem: file name without number; none: no groups.'),
    },
    {
      key: 'time',
      kind: 'text',
      example: 'time=date',
      documentation: () => l10n.t('The column of times; the latest examples are tested on. none: unordered.'),
    },
    {
      key: 'sensor',
      kind: 'text',
      example: 'sensor=infrared',
      documentation: () =>
        l10n.t('The sensor of the input. Inputs of different sensors are of different kinds.'),
    },
    {
      key: 'instances_per_example',
      kind: 'number',
      example: 'instances_per_example=7.3',
      documentation: () => l10n.t('Labelled instances per example on average, such as objects per image.'),
    },
    {
      key: 'checkpoint',
      kind: 'checkpoint',
      example: 'checkpoint=resnet50',
      documentation: () => l10n.t('A checkpoint that was trained on this dataset; as checkpoint= of a task.'),
    },
    {
      key: 'source_datasets',
      kind: 'names',
      example: 'source_datasets=imagenet',
      documentation: () => l10n.t('Datasets that this one derives from.'),
    },
  ],
  task: [
    {
      key: 'target',
      kind: 'flag',
      example: 'target',
      documentation: () =>
        l10n.t('Marks a task to get advice on. If no task is marked, every task gets advice.'),
    },
    {
      key: 'category',
      kind: 'category',
      aliases: ['task_categories'],
      example: 'category=image-classification',
      documentation: () => l10n.t('The task category, as on the Hugging Face Hub.'),
    },
    {
      key: 'input',
      kind: 'input',
      example: 'input=audio',
      documentation: () => l10n.t('The input type, if no dataset declares it.'),
    },
    {
      key: 'output',
      kind: 'output',
      example: 'output=class:10',
      documentation: () => l10n.t('The output type: class:N, labels:N, real:N, box or sequence.'),
    },
    {
      key: 'metric',
      kind: 'text',
      example: 'metric=auroc',
      documentation: () => l10n.t('The evaluation metric.'),
    },
    {
      key: 'shares_features_with',
      kind: 'shared-features',
      example: 'shares_features_with=object-recognition',
      documentation: () => l10n.t('The tasks that share low-level features with this one, or none.'),
    },
    {
      key: 'num_params',
      kind: 'count',
      example: 'num_params=25M',
      documentation: () => l10n.t('The number of trainable parameters of the network.'),
    },
    {
      key: 'train',
      kind: 'text',
      example: 'train="python train.py"',
      documentation: () => l10n.t('Your own training program, which pilots run instead of the built-in one.'),
    },
    {
      key: 'checkpoint',
      kind: 'checkpoint',
      aliases: ['model'],
      example: 'checkpoint=models/encoder.onnx',
      documentation: () =>
        l10n.t(
          'A checkpoint to transfer from: a file, its folder, or a well-known name such as resnet50. Pilots start from the file instead of pre-training.',
        ),
    },
  ],
  pipeline: [
    {
      key: 'engineered',
      kind: 'steps',
      example: 'engineered=phonemes->words',
      documentation: () => l10n.t('The steps that are engineered and need no data.'),
    },
    {
      key: 'modules',
      kind: 'modules',
      example: 'modules=digits->sum:sum',
      documentation: () =>
        l10n.t(
          'The function of each engineered step: a built-in (identity, sum, product, difference, mean, max, min, count, argmax, join), a lookup table (.csv), or a JavaScript module (.js, .mjs, .cjs) whose default export maps a value to the next.',
        ),
    },
  ],
};

/** The schema of a key by its name or alias. */
export function keySchema(directive: Directive, key: string): KeySchema | undefined {
  return KEYS[directive].find(schema => schema.key === key || schema.aliases?.includes(key) === true);
}

/** What engineered steps can run without a file. */
export const BUILT_IN_MODULES: readonly string[] = [
  'identity',
  'sum',
  'product',
  'difference',
  'mean',
  'max',
  'min',
  'count',
  'argmax',
  'join',
];

/** Task ids of the Hugging Face hub, for completion and for finding slips; others are allowed. */
export const TASK_CATEGORIES: readonly string[] = [
  'audio-classification',
  'audio-to-audio',
  'automatic-speech-recognition',
  'depth-estimation',
  'document-question-answering',
  'feature-extraction',
  'fill-mask',
  'graph-ml',
  'image-classification',
  'image-feature-extraction',
  'image-segmentation',
  'image-text-to-text',
  'image-to-image',
  'image-to-text',
  'image-to-video',
  'keypoint-detection',
  'mask-generation',
  'multiple-choice',
  'object-detection',
  'question-answering',
  'reinforcement-learning',
  'robotics',
  'sentence-similarity',
  'summarization',
  'table-question-answering',
  'tabular-classification',
  'tabular-regression',
  'tabular-to-text',
  'text-classification',
  'text-generation',
  'text-retrieval',
  'text-to-audio',
  'text-to-image',
  'text-to-speech',
  'text-to-video',
  'time-series-forecasting',
  'token-classification',
  'translation',
  'unconditional-image-generation',
  'video-classification',
  'video-text-to-text',
  'visual-question-answering',
  'voice-activity-detection',
  'zero-shot-classification',
  'zero-shot-image-classification',
  'zero-shot-object-detection',
];
