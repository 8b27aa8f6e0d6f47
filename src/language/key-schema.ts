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
  | 'text'
  | 'names'
  | 'shared-features'
  | 'category'
  | 'steps'
  | 'modules'
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
          'The task its labels are for; several, by commas, where every example carries a label for each. A step of a pipeline reads a->b.',
        ),
    },
    {
      key: 'input',
      kind: 'input',
      example: 'input=image:224x224x3',
      documentation: () =>
        l10n.t(
          'The kind of input: image:HxWxC, image, audio, audio:16kHz, text, tabular:N, video or sequence:TxF.',
        ),
    },
    {
      key: 'num_examples',
      kind: 'count',
      aliases: ['size'],
      example: 'num_examples=5k',
      documentation: () =>
        l10n.t('How many labelled examples there are: 5000, 5_000, "5,000", 5k, 1.2M, 3B or 1.28e6.'),
    },
    {
      key: 'unit',
      kind: 'unit',
      example: 'unit=hours',
      documentation: () =>
        l10n.t(
          'What num_examples counts: examples (the default), hours, minutes, seconds, tokens, words, characters or sentences.',
        ),
    },
    {
      key: 'splits',
      kind: 'splits',
      example: 'splits=train:80k,test:20k',
      documentation: () => l10n.t('Examples in each split.'),
    },
    {
      key: 'labels_present',
      kind: 'shares',
      example: 'labels_present=car:80%,stop-sign:60%',
      documentation: () =>
        l10n.t('The share of examples that carry a label: one for all tasks, or one for each.'),
    },
    {
      key: 'label',
      kind: 'columns',
      example: 'label=digit:d,parity:p',
      documentation: () =>
        l10n.t('The column or target that holds the label; for several tasks, one for each.'),
    },
    {
      key: 'positive',
      kind: 'text',
      example: 'positive=seven',
      documentation: () => l10n.t('One class against all others.'),
    },
    {
      key: 'path',
      kind: 'text',
      example: 'path=data/xray',
      documentation: () =>
        l10n.t(
          'Where the data lies, relative to this file or ${workspaceFolder}; data.db#table for a table.',
        ),
    },
    {
      key: 'group',
      kind: 'text',
      example: 'group=patient_id',
      documentation: () => l10n.t('A column whose values stay in one split.'),
    },
    {
      key: 'sensor',
      kind: 'text',
      example: 'sensor=infrared',
      documentation: () =>
        l10n.t(
          'What recorded the input, where that differs between datasets: another sensor is another kind of input.',
        ),
    },
    {
      key: 'instances_per_example',
      kind: 'number',
      example: 'instances_per_example=7.3',
      documentation: () => l10n.t('Labelled instances in each example, say objects in an image.'),
    },
    {
      key: 'source_datasets',
      kind: 'names',
      example: 'source_datasets=imagenet',
      documentation: () => l10n.t('The datasets this one was made from.'),
    },
  ],
  task: [
    {
      key: 'target',
      kind: 'flag',
      example: 'target',
      documentation: () => l10n.t('Ask for advice on this task; without any mark, every task gets advice.'),
    },
    {
      key: 'category',
      kind: 'category',
      aliases: ['task_categories'],
      example: 'category=image-classification',
      documentation: () => l10n.t('The kind of task, as Hugging Face names it.'),
    },
    {
      key: 'input',
      kind: 'input',
      example: 'input=audio',
      documentation: () => l10n.t('The kind of input, where no dataset states it.'),
    },
    {
      key: 'output',
      kind: 'output',
      example: 'output=class:10',
      documentation: () => l10n.t('What is predicted: class:N, labels:N, real:N, box or sequence.'),
    },
    {
      key: 'metric',
      kind: 'text',
      example: 'metric=auroc',
      documentation: () => l10n.t('How success is measured.'),
    },
    {
      key: 'shares_features_with',
      kind: 'shared-features',
      example: 'shares_features_with=object-recognition',
      documentation: () => l10n.t('The tasks whose low-level features help this one, or none.'),
    },
    {
      key: 'num_params',
      kind: 'count',
      example: 'num_params=25M',
      documentation: () => l10n.t('The size of the network, in trainable parameters.'),
    },
    {
      key: 'train',
      kind: 'text',
      example: 'train="python train.py"',
      documentation: () => l10n.t('The training program of your own that pilots run.'),
    },
    {
      key: 'model',
      kind: 'text',
      example: 'model=models/imagenet/model.json',
      documentation: () =>
        l10n.t(
          'A saved TensorFlow.js layers model of this task (model.json, or its folder): pilots transfer from it instead of pre-training.',
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
          'What engineered steps run: a built-in (identity, sum, product, difference, mean, max, min, count, argmax, join), a table (.csv), or a JavaScript module (.js, .mjs, .cjs) whose default export takes a value and gives the next.',
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
