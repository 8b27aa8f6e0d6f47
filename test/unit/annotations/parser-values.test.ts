import assert from 'node:assert/strict';
import type { DatasetFields, TaskFields } from '../../../src/annotations/model';
import { parseNumber, parseShare, printNumber, printShare } from '../../../src/annotations/numbers';
import { read, textAt } from './support';

/** The plain values of a field, locations taken off. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('range' in value && 'value' in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
const dataset = (text: string): DatasetFields => read(`# @dataset d task=t ${text}`).fields as DatasetFields;
const task = (text: string): TaskFields => read(`# @task t ${text}`).fields as TaskFields;

describe('numbers', () => {
  const forms: Readonly<Record<string, number>> = {
    ...{ '5000': 5000, '5_000': 5000, '5,000': 5000, '1,234,567': 1234567, '5k': 5000, '5K': 5000, '0': 0 },
    ...{ '1.1k': 1100, '1.2M': 1.2e6, '1.2m': 1.2e6, '3B': 3e9, '3b': 3e9, '1.28e6': 1.28e6, '2E3': 2000 },
    ...{
      '0.5': 0.5,
      '0.07k': 70,
      '2.675M': 2675000,
      '1e-1': 0.1,
      '4.35k': 4350,
      '1_000_000': 1e6,
      '7e+2': 700,
    },
  };
  for (const [text, value] of Object.entries(forms))
    it(`${text} is exactly ${value}`, () => {
      assert.equal(parseNumber(text), value);
      assert.equal(dataset(`instances_per_example=${text}`).instances_per_example?.value, value || undefined);
    });

  it('refuse everything else', () => {
    const bad = [
      '',
      '-5',
      '+5',
      '5kk',
      '5 k',
      '.5',
      '5.',
      '1,00',
      '1,2345',
      '_5',
      '5_',
      '5__0',
      '0x10',
      'k',
      '1e',
      '5k1',
      'NaN',
      'Infinity',
      '1e400',
      '1e16',
      '５',
      '1/2',
      '5%',
    ];
    for (const text of bad) assert.equal(parseNumber(text), undefined, text);
  });

  it('print as one writes them, and read back the same', () => {
    const printed: readonly (readonly [number, string])[] = [
      [1.2e6, '1.2M'],
      [5000, '5k'],
      [2975, '2.975k'],
      [123456, '123456'],
      [60000, '60k'],
      [3e9, '3B'],
      [300, '300'],
      [0.5, '0.5'],
      [0, '0'],
    ];
    for (const [value, text] of printed) {
      assert.equal(printNumber(value), text);
      assert.equal(parseNumber(text), value);
    }
  });

  it('as shares lie between 0 and 1', () => {
    const shares: Readonly<Record<string, number | undefined>> = {
      '80%': 0.8,
      '0.8': 0.8,
      '1': 1,
      '100%': 1,
      '0': 0,
      '0.1%': 0.001,
      '33.3%': 0.333,
      '0.00001%': 1e-7,
      '1e-7': 1e-7,
      '101%': undefined,
      '1.5': undefined,
      '80': undefined,
      '%': undefined,
      'x%': undefined,
    };
    for (const [text, share] of Object.entries(shares)) assert.equal(parseShare(text), share, text);
    assert.equal(printShare(0.6), '60%');
    assert.equal(printShare(1 / 3), String(1 / 3));
  });
});

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
    ['group=patient_id', 'group', 'patient_id'],
    ['sensor="near infrared"', 'sensor', 'near infrared'],
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
