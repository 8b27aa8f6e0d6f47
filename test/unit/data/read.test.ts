import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chunk, type Dataset, type SplitName, countDataset, openDataset } from '../../../src/data';
import { DEFAULT_SHARES, splitGroups } from '../../../src/data/splits';
import { useScratch } from './helpers/files';
import { wav } from './helpers/wav';

async function all(dataset: Dataset, split: SplitName, size?: number): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of dataset.read(split, { ...(size !== undefined && { size }) })) chunks.push(chunk);
  return chunks;
}

const values = (chunks: readonly Chunk[]): number[] => chunks.flatMap(({ inputs }) => [...inputs]);

describe('data: reading tables for training', () => {
  const scratch = useScratch();

  it('standardises by the training split alone, flags missing numbers and encodes categories', async () => {
    const path = await scratch.write(
      'mixed.csv',
      'x,colour,y,fold\n1,red,a,train\n3,blue,b,train\n,red,a,train\n1000,green,b,test\n2,red,c,test\n',
    );
    const dataset = await openDataset(path, {
      labels: { t: { column: 'y' } },
      splitColumn: 'fold',
      shares: { train: 1, validation: 0, test: 0 },
    });
    const [train] = await all(dataset, 'train');
    // x: mean 2, deviation 1; then whether it is missing, then blue and red.
    assert.deepEqual([...(train?.inputs ?? [])], [-1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1]);
    assert.deepEqual([...(train?.labels['t']?.values ?? [])], [0, 1, 0]);
    const [test] = await all(dataset, 'test');
    assert.deepEqual([...(test?.inputs ?? [])], [998, 0, 0, 0, 0, 0, 0, 1]);
    // Class c is not in the training split: its label counts as absent.
    assert.deepEqual([...(test?.labels['t']?.present ?? [])], [1, 0]);
  });

  it('gives the same from the cache, which a change of the data makes void', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `${i},${i % 7},${i % 3}`).join('\n');
    const path = await scratch.write('cached.csv', `a,b,y\n${rows}\n`);
    const request = { labels: { t: { column: 'y' } }, seed: 3 };
    const cache = join(scratch.folder, 'cache');
    const plain = await openDataset(path, request);
    const first = await openDataset(path, request, { cache });
    const second = await openDataset(path, request, { cache });
    assert.equal((await readdir(cache)).length, 1);
    for (const split of ['train', 'validation', 'test'] as const) {
      const expected = values(await all(plain, split));
      assert.ok(expected.length > 0);
      assert.deepEqual(values(await all(first, split)), expected);
      assert.deepEqual(values(await all(second, split, 17)), expected);
    }
    await scratch.write('cached.csv', `a,b,y\n${rows}\n9,9,2\n`);
    const third = await openDataset(path, request, { cache });
    assert.equal((await readdir(cache)).length, 2);
    assert.equal(
      Object.values(third.examples).reduce((a, b) => a + b, 0),
      501,
    );
  });

  it('samples a larger table by its seed', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${i % 2}`).join('\n');
    const path = await scratch.write('large.csv', `a,y\n${rows}\n`);
    const read = async (seed: number) =>
      values(
        await all(await openDataset(path, { labels: { t: { column: 'y' } }, limit: 1000, seed }), 'train'),
      );
    const [a, again, b] = [await read(1), await read(1), await read(2)];
    assert.deepEqual(a, again);
    assert.notDeepEqual(a, b);
    assert.ok(a.length > 650 && a.length < 950, `${a.length} of about 800`);
  });

  it('keeps groups together, each split getting one where there are enough', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => `${i},${i % 4},p${i % 20}`).join('\n');
    const path = await scratch.write('grouped.csv', `a,y,patient\n${rows}\n`);
    const request = { labels: { who: { column: 'patient' } }, group: 'patient' };
    const dataset = await openDataset(path, {
      ...request,
      labels: { who: { column: 'patient' }, y: { column: 'y' } },
    });
    const classes = dataset.pipeline.labels['who'];
    const patients = classes?.kind === 'class' ? classes.classes : [];
    assert.deepEqual(dataset.examples, { train: 320, validation: 40, test: 40 });
    assert.equal(patients.length, 16);
    // No patient of the training split is in another one.
    for (const split of ['validation', 'test'] as const)
      for (const chunk of await all(dataset, split))
        assert.ok(chunk.labels['who']?.present.every(present => present === 0));
    const four = splitGroups(
      new Map(['a', 'b', 'c', 'd'].map(name => [name, new Map([[0, 50]])])),
      0,
      DEFAULT_SHARES,
    );
    assert.deepEqual([...four.values()].sort(), ['test', 'train', 'train', 'validation']);
    assert.deepEqual(
      [...splitGroups(new Map([['a', new Map([[0, 5]])]]), 0, DEFAULT_SHARES).values()],
      ['train'],
    );
  });

  it('turns text into token ids, and files of text too', async () => {
    const path = await scratch.write(
      'text.jsonl',
      ['a good film', 'a bad film!', 'good good']
        .map((text, i) => JSON.stringify({ text, y: i % 2 }))
        .join('\n'),
    );
    const dataset = await openDataset(path, {
      labels: { t: { column: 'y' } },
      input: { text: { column: 'text', length: 4 } },
      shares: { train: 1, validation: 0, test: 0 },
    });
    assert.deepEqual(dataset.pipeline.input.kind === 'text' && dataset.pipeline.input.vocabulary, [
      'good',
      'a',
      'film',
      '!',
      'bad',
    ]);
    assert.deepEqual(values(await all(dataset, 'train')), [3, 2, 4, 0, 3, 6, 4, 5, 2, 2, 0, 0]);
    await scratch.write('reviews/train/pos/1.txt', 'good film');
    await scratch.write('reviews/train/neg/1.txt', 'bad film');
    const files = await openDataset(join(scratch.folder, 'reviews'), {
      labels: { t: { column: 'class' } },
      shares: { train: 1, validation: 0, test: 0 },
    });
    assert.deepEqual(values(await all(files, 'train')), [3, 2, 4, 2]);
  });

  it('says what is wrong with a request', async () => {
    const path = await scratch.write('wrong.csv', 'a,y\n1,x\n2,z\n');
    await assert.rejects(openDataset(path, { labels: { t: { column: 'nope' } } }), {
      code: 'unknown-column',
    });
    await assert.rejects(openDataset(path, { labels: { t: { column: 'y', positive: 'q' } } }), {
      code: 'unknown-class',
    });
    await assert.rejects(openDataset(path, { labels: { t: { column: 'y', kind: 'real' } } }), {
      code: 'unknown-class',
    });
  });
});

describe('data: reading recordings for training', () => {
  const scratch = useScratch();

  it('puts a tone into its band, leaves out what is broken and says so', async () => {
    const tone = (frequency: number, rate: number) =>
      wav(
        Array.from({ length: rate / 2 }, (_, i) => 20000 * Math.sin((2 * Math.PI * frequency * i) / rate)),
        rate,
      );
    for (const [name, frequency] of Object.entries({ low: 300, high: 3000 }))
      for (const rate of [8000, 8000, 16000])
        await scratch.write(`tones/${name}/${rate}-${frequency}.wav`, tone(frequency, rate));
    await scratch.write('tones/low/broken.wav', tone(300, 8000).subarray(0, 1000));
    const request = { labels: { t: { column: 'class' } }, shares: { train: 1, validation: 0, test: 0 } };
    const path = join(scratch.folder, 'tones');
    const dataset = await openDataset(path, request);
    const { input } = dataset.pipeline;
    assert.equal(input.kind === 'audio' && input.parameters.sampleRate, 8000);
    const [chunk] = await all(dataset, 'train');
    assert.equal(chunk?.count, 4);
    assert.equal(dataset.issues()[0]?.code, 'unreadable-file');
    assert.equal(dataset.issues()[0]?.count, 1);
    const [frames = 0, bands = 0] = dataset.shape;
    const loudest = Array.from({ length: 4 }, (_, example) => {
      const from = (example * frames + Math.floor(frames / 2)) * bands;
      const frame = [...chunk.inputs.subarray(from, from + bands)].map((value, band) => {
        return input.kind === 'audio' ? value * (input.deviation[band] ?? 1) + (input.mean[band] ?? 0) : 0;
      });
      return frame.indexOf(Math.max(...frame));
    });
    const mel = (f: number): number => 2595 * Math.log10(1 + f / 700);
    const band = (f: number): number => ((mel(f) - mel(20)) / (mel(4000) - mel(20))) * (bands + 1) - 1;
    const names = dataset.pipeline.labels['t']?.kind === 'class' ? dataset.pipeline.labels['t'].classes : [];
    loudest.forEach((found, i) => {
      const frequency = names[chunk.labels['t']?.values[i] ?? 0] === 'low' ? 300 : 3000;
      assert.ok(Math.abs(found - band(frequency)) <= 1, `${frequency} Hz in band ${found}`);
    });
    assert.equal((await countDataset(path, { unit: 'seconds' })).counted?.value, 2);
  });
});
