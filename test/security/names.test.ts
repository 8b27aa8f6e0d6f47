import assert from 'node:assert/strict';
import path from 'node:path';
import { Database } from 'node-sqlite3-wasm';
import { countDataset } from '../../src/data';
import { canonicalSplit } from '../../src/data/splits';
import { readOutput } from '../../src/experiments/programs/program-output';
import { modelCard } from '../../src/training/artifacts/model-card';
import { cli } from '../unit/cli/support';
import { createFolder, removeFolders } from '../unit/workspace/support';

/** What every object has. */
const NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'toString',
  'valueOf',
  '__defineGetter__',
] as const;

describe('A name that every object has is a name as any other', () => {
  afterEach(removeFolders);

  const annotated = (name: string): string =>
    [
      `# @dataset ${name} task=${name} input=tabular:2 num_examples=6 splits=train:4,${name}:2 label=${name}:${name} path=data.csv`,
      `# @dataset other task=aside input=tabular:2 num_examples=9k`,
      `# @task ${name} target output=class:2 shares_features_with=aside num_params=10k`,
      `# @pipeline ${name} input->valueOf->${name} engineered=input->valueOf`,
      '',
    ].join('\n');
  const data = (name: string): string =>
    `a,${name}\n${['x', name, 'x', name, 'y', name].map((label, i) => `${i},${label}\n`).join('')}`;

  for (const name of NAMES)
    it(`in annotations, advice, counts and the labels of data: ${name}`, async () => {
      const { root } = createFolder({ 'train.py': annotated(name), 'data.csv': data(name) });
      const advised = await cli(['advise', '.', '--json'], { cwd: root });
      const { advice } = JSON.parse(advised.stdout) as { advice: { task: string }[] };
      assert.ok(
        advice.some(({ task }) => task === name),
        advised.stdout + advised.stderr,
      );
      assert.equal((await cli(['advise', '.'], { cwd: root })).stderr.includes('TypeError'), false);
      const counted = await cli(['datasets', '.', '--json'], { cwd: root });
      assert.equal(counted.stderr.includes('TypeError'), false, counted.stderr);
      const [dataset] = (
        JSON.parse(counted.stdout) as {
          datasets: { counted?: { value: number }; stated?: { splits?: Record<string, number> } }[];
        }
      ).datasets;
      assert.equal(dataset?.counted?.value, 6);
      assert.deepEqual(Object.entries(dataset.stated?.splits ?? {}), [
        ['train', 4],
        [name, 2],
      ]);
    });

  for (const name of NAMES)
    it(`counted as a class and as a split: ${name}`, async () => {
      const { root } = createFolder({
        'data.csv': `a,label,split\n${['x', name, name].map((each, i) => `${i},${each},${each}\n`).join('')}`,
      });
      const { counted } = await countDataset(path.join(root, 'data.csv'), {
        label: 'label',
        splitColumn: 'split',
      });
      assert.deepEqual(
        Object.entries(counted?.classes ?? {}).sort(),
        [
          ['x', 1],
          [name, 2],
        ].sort(),
      );
      assert.equal(Object.entries(counted?.splits ?? {}).find(([split]) => split === name)?.[1], 2);
      assert.equal(canonicalSplit(name), undefined);
    });

  it('and a program may call its metric so', () => {
    const reader = readOutput();
    for (const name of NAMES) reader.read(JSON.stringify({ metric: name, value: 0.5 }), 0);
    assert.deepEqual([...reader.output().metrics.keys()], [...NAMES]);
  });
});

describe('What a program prints is read as it stands', () => {
  it('a text with ": NaN" in it stays a text', () => {
    const reader = readOutput();
    assert.equal(reader.read('{"metric": "a: NaN, b: -Infinity", "value": 0.5}', 0), 'metric');
    assert.equal(reader.read('{"metric": "n", "value": NaN}', 0), 'metric');
    assert.equal(reader.read('{"metric": "m", "value": -Infinity, "note": "\\": NaN"}', 0), 'metric');
    assert.deepEqual(
      [...reader.output().metrics],
      [
        ['a: NaN, b: -Infinity', 0.5],
        ['n', NaN],
        ['m', -Infinity],
      ],
    );
  });
});

describe('A model card has no section that a name makes', () => {
  it('whatever a class, task, dataset or warning is called', () => {
    const forged = 'cat\n\n## Licence\n[free](https://evil.example) | x | <b>';
    const card = modelCard({
      task: forged,
      strategy: 'single-task',
      sources: [forged],
      datasets: [forged],
      label: { kind: 'class', classes: [forged, `b${'!'.repeat(10_000)}`] } as never,
      input: { kind: 'columns', columns: [] } as never,
      shape: [1],
      result: {
        examples: { train: 1, validation: 1, test: 2 },
        metrics: { [forged]: 0.5 },
        warnings: [forged],
      },
      test: { kind: 'classes', labels: [0, 1], predictions: [0, 1], classes: [forged, 'b'] },
      seed: 1,
    });
    assert.deepEqual(
      card
        .split('\n')
        .filter(line => line.startsWith('#'))
        .map(line => line.slice(0, 12)),
      ['# cat\\\\n\\\\n\\', '## Training', '## Results', '## Use', '## Limits'],
    );
    assert.doesNotMatch(card, /(?<!\\)\[free|<b>|https:\/\/evil/);
    assert.ok(card.length < 6000);
  });
});

describe('A SQLite table is read whatever its columns are called', () => {
  afterEach(removeFolders);

  for (const columns of [
    ['rowid', 'y'],
    ['ROWID', '_rowid_', 'y'],
    ['rowid', 'oid', '_rowid_', 'y'],
    ['__proto__', 'constructor', 'y'],
  ])
    it(columns.join(', '), async () => {
      const { root } = createFolder();
      const file = path.join(root, 'data.db');
      const database = new Database(file);
      database.run(`CREATE TABLE t (${columns.map(name => `"${name}" TEXT`).join(', ')})`);
      // The same value in every row: a column is no number of a row.
      for (let i = 0; i < 3; i++)
        database.run(`INSERT INTO t VALUES (${columns.map(() => "'7'").join(', ')})`);
      database.close();
      const { counted, issues } = await countDataset(file, { label: columns[0] ?? '' });
      assert.deepEqual([counted?.value, counted?.classes], [3, { 7: 3 }], JSON.stringify(issues));
    });
});
