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
});
