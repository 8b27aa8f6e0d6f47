import assert from 'node:assert/strict';
import type { DatasetFields, TaskFields } from '../../../src/language/annotation-model';
import { read, textAt } from './support';

/** The plain values of a field, locations taken off. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('range' in value && 'value' in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
const task = (text: string): TaskFields => read(`# @task t ${text}`).fields as TaskFields;

describe('keys of @dataset', () => {
  const cases: readonly (readonly [text: string, key: keyof DatasetFields, value: unknown])[] = [
    ['num_examples=5k', 'num_examples', 5000],
    ['size=5k', 'num_examples', 5000],
    ['num_examples="5,000"', 'num_examples', 5000],
    ['num_examples = 5k', 'num_examples', 5000],
    ['num_examples= 5k', 'num_examples', 5000],
    ['num_examples =5k', 'num_examples', 5000],
    ['unit=hours num_examples=1.5', 'num_examples', 1.5],
    ['unit=tokens', 'unit', 'tokens'],
    ['input=image:224x160x3', 'input', { modality: 'image', height: 224, width: 160, channels: 3 }],
    ['input=image:28x28', 'input', { modality: 'image', height: 28, width: 28 }],
    ['input=image', 'input', { modality: 'image' }],
    ['input=audio:16kHz', 'input', { modality: 'audio', sampleRate: 16000 }],
    ['input=audio:44.1kHz', 'input', { modality: 'audio', sampleRate: 44100 }],
    ['input=audio:11025Hz', 'input', { modality: 'audio', sampleRate: 11025 }],
    ['input=text', 'input', { modality: 'text' }],
    ['input=video', 'input', { modality: 'video' }],
    ['input=tabular:64', 'input', { modality: 'tabular', columns: 64 }],
    ['input=sequence:100x40', 'input', { modality: 'sequence', length: 100, features: 40 }],
    [
      'splits=train:5k,validation:500,test:1k',
      'splits',
      [
        { name: 'train', count: 5000 },
        { name: 'validation', count: 500 },
        { name: 'test', count: 1000 },
      ],
    ],
    [
      'splits="train:5k, test:1k"',
      'splits',
      [
        { name: 'train', count: 5000 },
        { name: 'test', count: 1000 },
      ],
    ],
    [
      'splits=train:"5,000", test:1',
      'splits',
      [
        { name: 'train', count: 5000 },
        { name: 'test', count: 1 },
      ],
    ],
    ['unit=hours splits=train:1.5', 'splits', [{ name: 'train', count: 1.5 }]],
    ['labels_present=60%', 'labels_present', [{ share: 0.6 }]],
    [
      'labels_present=a:100%,b:0.5',
      'labels_present',
      [
        { task: 'a', share: 1 },
        { task: 'b', share: 0.5 },
      ],
    ],
    ['label=digit', 'label', [{ column: 'digit' }]],
    [
      'label=digit:d,parity:p',
      'label',
      [
        { task: 'digit', column: 'd' },
        { task: 'parity', column: 'p' },
      ],
    ],
    ['label=digit:"a, b: \\"c\\""', 'label', [{ task: 'digit', column: 'a, b: "c"' }]],
    ['label="my column"', 'label', [{ column: 'my column' }]],
    ['positive=seven', 'positive', 'seven'],
    ['path="C:\\\\my data\\\\"', 'path', 'C:\\my data\\'],
    ['path=${workspaceFolder}/data.db#table', 'path', '${workspaceFolder}/data.db#table'],
    ['path=C:\\data\\new', 'path', 'C:\\data\\new'],
    ['features=age,bmi', 'features', ['age', 'bmi']],
    ['ignore="first name, last",id', 'ignore', ['first name, last', 'id']],
    ['group=patient_id', 'group', 'patient_id'],
    ['time=ordered_at', 'time', 'ordered_at'],
    ['sensor="near infrared"', 'sensor', 'near infrared'],
    ['unit=hour', 'unit', 'hours'],
    ['unit=example', 'unit', 'examples'],
    ['instances_per_example=7.3', 'instances_per_example', 7.3],
    ['source_datasets=imagenet,org/coco-2017', 'source_datasets', ['imagenet', 'org/coco-2017']],
  ];
  for (const [text, key, value] of cases)
    it(text, () => {
      const line = `# @dataset d task=t ${text}`;
      const annotation = read(line);
      assert.deepEqual(annotation.diagnostics, []);
      const fields = annotation.fields as DatasetFields;
      assert.deepEqual(plain(fields[key]), value);
      assert.ok(line.includes(textAt(line, fields[key]?.range ?? annotation.range)));
    });

  it('task: one, several, steps; lists go on behind commas', () => {
    const names = (text: string): unknown =>
      plain((read(`# @dataset d ${text}`).fields as DatasetFields).task);
    assert.deepEqual(names('task=a'), [{ name: 'a' }]);
    for (const text of ['task=a,b,c', 'task=a, b,  c', 'task="a, b, c"', 'task = a, b, c'])
      assert.deepEqual(names(text), [{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const step = [{ name: 'audio->words', step: { from: 'audio', to: 'words' } }];
    for (const text of [
      'task=audio->words',
      'task=audio -> words',
      'task="audio -> words"',
      'task=audio-> words',
    ])
      assert.deepEqual(names(`${text} input=audio`), step);
    assert.deepEqual(names('task=a, num_examples=5'), [{ name: 'a' }]);
  });
});

describe('keys of @task', () => {
  const cases: readonly (readonly [text: string, key: keyof TaskFields, value: unknown])[] = [
    ['target', 'target', true],
    ['input=audio target', 'target', true],
    ['category=image-classification', 'category', 'image-classification'],
    ['task_categories=image-classification', 'category', 'image-classification'],
    ['category=folding-proteins', 'category', 'folding-proteins'],
    ['output=class:10', 'output', { kind: 'class', size: 10 }],
    ['output=labels:14', 'output', { kind: 'labels', size: 14 }],
    ['output=real:1', 'output', { kind: 'real', size: 1 }],
    ['output=box', 'output', { kind: 'box' }],
    ['output=sequence', 'output', { kind: 'sequence' }],
    ['metric=auroc', 'metric', 'auroc'],
    ['shares_features_with=none', 'shares_features_with', { kind: 'none' }],
    ['shares_features_with=a,b', 'shares_features_with', { kind: 'tasks', tasks: ['a', 'b'] }],
    ['num_params=25M', 'num_params', 25e6],
    ['checkpoint=google/vit-base-patch16-224', 'checkpoint', 'google/vit-base-patch16-224'],
    ['model=models/photos/model.json', 'checkpoint', 'models/photos/model.json'],
    ['train="python train.py --x=1"', 'train', 'python train.py --x=1'],
  ];
  for (const [text, key, value] of cases)
    it(text, () => {
      assert.deepEqual(read(`# @task t ${text}`).diagnostics, []);
      assert.deepEqual(plain(task(text)[key]), value);
    });
});

describe('@pipeline', () => {
  const forms = [
    't: a -> b -> t',
    't : a -> b -> t',
    't:a->b->t',
    't a -> b -> t',
    't :a->b ->t',
    't: a-> b ->t',
  ];
  for (const form of forms)
    it(form, () => {
      const annotation = read(`# @pipeline ${form} engineered=a->b, b -> t`);
      assert.deepEqual(annotation.diagnostics, []);
      assert.equal(annotation.name?.value, 't');
      assert.deepEqual(plain(annotation.fields), {
        steps: ['a', 'b', 't'],
        engineered: [
          { from: 'a', to: 'b' },
          { from: 'b', to: 't' },
        ],
      });
    });
});
