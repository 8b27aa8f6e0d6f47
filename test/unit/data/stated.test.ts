import assert from 'node:assert/strict';
import { join } from 'node:path';
import { countDataset } from '../../../src/data';
import { useScratch } from './helpers/files';

describe('data: stated sizes', () => {
  const scratch = useScratch();
  const inFolder = async (name: string, card: string, text: string) => {
    await scratch.write(`${name}/data.csv`, 'a,b\n1,2\n');
    await scratch.write(`${name}/${card}`, text);
    const path = join(scratch.folder, name);
    return { path, result: await countDataset(path) };
  };

  it('reads the card of a Hugging Face dataset', async () => {
    const card = `---
license: mit
dataset_info:
  - config_name: default
    splits:
      - name: train
        num_examples: 900
      - name: dev
        num_examples: 100
  - config_name: small
    splits:
      - name: train
        num_examples: 10
---
# A dataset
`;
    const { path, result } = await inFolder('hf', 'README.md', card);
    assert.deepEqual(result.stated, [
      {
        value: 1000,
        unit: 'examples',
        from: join(path, 'README.md'),
        splits: { train: 900, validation: 100 },
      },
      {
        value: 10,
        unit: 'examples',
        from: `${join(path, 'README.md')} (configuration small)`,
        splits: { train: 10 },
      },
    ]);
  });

  it('finds it beside a file and above a folder', async () => {
    const card = '---\ndataset_info:\n  splits:\n    - {name: train, num_examples: 5}\n---\n';
    await scratch.write('repo/README.md', card);
    await scratch.write('repo/data/train.csv', 'a,b\n1,2\n');
    for (const path of ['repo/data', 'repo/data/train.csv']) {
      const { stated } = await countDataset(path, { base: scratch.folder });
      assert.equal(stated.length, path.endsWith('.csv') ? 0 : 1);
    }
  });

  it('reads TFDS, Croissant and Frictionless files', async () => {
    const tfds = {
      name: 'mnist',
      splits: [
        { name: 'train', shardLengths: ['6', '4'] },
        { name: 'test', shardLengths: ['2'] },
      ],
    };
    const { result: a } = await inFolder('tfds', 'dataset_info.json', JSON.stringify(tfds));
    assert.deepEqual([a.stated[0]?.value, a.stated[0]?.splits], [12, { train: 10, test: 2 }]);
    const croissant = {
      conformsTo: 'http://mlcommons.org/croissant/1.0',
      recordSet: [
        { name: 'labels', dataType: 'sc:Enumeration', data: [{}, {}] },
        { name: 'examples', data: [{ x: 1 }, { x: 2 }, { x: 3 }] },
      ],
    };
    const { result: b } = await inFolder('croissant', 'croissant.json', JSON.stringify(croissant));
    assert.equal(b.stated.length, 1);
    assert.equal(b.stated[0]?.value, 3);
    const sized = { conformsTo: 'http://mlcommons.org/croissant/1.0', size: '60,000 images' };
    const { result: c } = await inFolder('sized', 'croissant.json', JSON.stringify(sized));
    assert.equal(c.stated[0]?.value, 60000);
    const frictionless = {
      resources: [
        { name: 'data', path: 'data.csv', stats: { rows: 7 } },
        { name: 'other', path: '../other.csv', stats: { rows: 9 } },
      ],
    };
    const { result: d } = await inFolder('frictionless', 'datapackage.json', JSON.stringify(frictionless));
    assert.deepEqual(
      d.stated.map(({ value }) => value),
      [7],
    );
  });

  it('reports a card it cannot understand, and counts all the same', async () => {
    const { result } = await inFolder('bad', 'datapackage.json', '{"resources": [');
    assert.equal(result.counted?.value, 1);
    assert.equal(result.issues[0]?.code, 'bad-card');
    const billion = '---\na: &a [x]\nb: [*a, *a]\ndataset_info: *a\n---\n';
    assert.equal((await inFolder('laughs', 'README.md', billion)).result.issues[0]?.code, 'bad-card');
  });

  it('reads a card with a byte-order mark', async () => {
    const card = '\ufeff---\ndataset_info:\n  splits:\n  - name: train\n    num_examples: 3\n---\n';
    assert.deepEqual(
      (await inFolder('bom', 'README.md', card)).result.stated.map(({ value }) => value),
      [3],
    );
  });

  it('takes names of splits and labels in Croissant for no examples, with and without a type', async () => {
    const sets = [
      {
        '@id': 'splits',
        field: [{ '@id': 'splits/name' }],
        data: [{ 'splits/name': 'train' }, { 'splits/name': 'val' }],
      },
      {
        '@id': 'labels',
        field: [{ '@id': 'labels/name' }],
        data: [{ 'labels/name': 'cat' }, { 'labels/name': 'dog' }],
      },
      {
        '@id': 'rows',
        name: 'rows',
        field: [
          { '@id': 'rows/x' },
          { '@id': 'rows/label', references: { field: { '@id': 'labels/name' } } },
        ],
        data: [{ 'rows/x': 1 }, { 'rows/x': 2 }, { 'rows/x': 3 }],
      },
    ];
    const text = JSON.stringify({ conformsTo: 'http://mlcommons.org/croissant/1.0', recordSet: sets });
    const { result } = await inFolder('enumerations', 'croissant.json', text);
    assert.deepEqual(
      result.stated.map(({ value, from }) => [value, /record set rows/.test(from)]),
      [[3, true]],
    );
  });

  it('reads dataset_info.json of Hugging Face, and of TFDS in the folder of a version', async () => {
    const saved = {
      splits: { train: { name: 'train', num_examples: 7 }, test: { name: 'test', num_examples: 2 } },
    };
    const { result } = await inFolder('saved', 'dataset_info.json', JSON.stringify(saved));
    assert.deepEqual(
      result.stated.map(({ value, splits }) => [value, splits]),
      [[9, { train: 7, test: 2 }]],
    );
    const info = (count: string): string =>
      JSON.stringify({ splits: [{ name: 'train', shardLengths: [count] }] });
    await scratch.write('versions/9.0.0/dataset_info.json', info('5'));
    await scratch.write('versions/10.0.0/dataset_info.json', info('6'));
    await scratch.write('versions/10.0.0/train.csv', 'a,b\n1,2\n');
    const { stated } = await countDataset('versions', { base: scratch.folder });
    assert.deepEqual(
      stated.map(({ value }) => value),
      [6],
    );
  });

  it('counts the default one of several configurations once', async () => {
    const config = (name: string, folder: string): string =>
      `- config_name: ${name}\n  data_files:\n  - split: train\n    path: ${folder}/train-*\n`;
    const size = (name: string, count: number): string =>
      `- config_name: ${name}\n  splits:\n  - name: train\n    num_examples: ${count}\n`;
    const configs = config('easy', 'easy') + config('default', 'data');
    const card = `---\ndataset_info:\n${size('easy', 2)}${size('default', 3)}configs:\n${configs}---\n`;
    await scratch.write('configs/README.md', card);
    await scratch.write('configs/easy/train-0.csv', 'a,b\n1,2\n3,4\n');
    await scratch.write('configs/data/train-0.csv', 'a,b\n1,2\n3,4\n5,6\n');
    await scratch.write('configs/data/test-0.csv', 'a,b\n7,8\n');
    const whole = await countDataset('configs', { base: scratch.folder });
    assert.deepEqual(whole.counted?.splits, { train: 3, test: 1 });
    assert.deepEqual(
      whole.stated.map(({ value }) => value),
      [3],
    );
    assert.match(whole.issues[0]?.message ?? '', /several configurations; only "default" .* \(easy\)/);
    const easy = await countDataset('configs/easy', { base: scratch.folder });
    assert.deepEqual([easy.counted?.value, easy.stated.map(({ value }) => value), easy.issues], [2, [2], []]);
    // Without a default one nothing is chosen.
    await scratch.write('configs/README.md', card.replaceAll('default', 'hard'));
    assert.equal((await countDataset('configs', { base: scratch.folder })).counted?.value, 6);
  });
});
