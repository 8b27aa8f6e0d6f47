import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadModel } from '../../src/engine';

interface LayerConfig {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const MEGABYTE = 1024 * 1024;

describe('a model of a few bytes takes little memory', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-models-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Writes a model whose weight files hold so many zeros. */
  const load = async (
    described: readonly LayerConfig[],
    weights: readonly object[],
    numbers: number,
  ): Promise<LayersModel> => {
    const path = join(folder, 'model.json');
    await writeFile(join(folder, 'weights.bin'), Buffer.alloc(4 * numbers));
    const modelTopology = {
      class_name: 'Sequential',
      config: { name: 'm', layers: described },
      keras_version: 'tfjs',
      backend: 'tensor_flow.js',
    };
    await writeFile(
      path,
      JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights }] }),
    );
    return loadModel(path);
  };
  const dense = (name: string, units: number, inputs?: number): LayerConfig => ({
    class_name: 'Dense',
    config: { name, units, ...(inputs && { batch_input_shape: [null, inputs] }) },
  });
  const kernel = { name: 'a/kernel', shape: [2, 3], dtype: 'float32' };
  const bias = { name: 'a/bias', shape: [3], dtype: 'float32' };

  it('and is loaded where it holds what it states', async () => {
    const model = await load([dense('a', 3, 2)], [kernel, bias], 9);
    assert.equal(model.countParams(), 9);
  });

  for (const [what, described] of [
    ['one layer', [dense('a', 1_000_000_000, 2)]],
    ['its input', [dense('a', 3, 1_000_000_000)]],
    ['a second layer', [dense('a', 3, 2), dense('b', 400_000_000)]],
    [
      'a layer within another',
      [
        {
          class_name: 'TimeDistributed',
          config: { name: 't', batch_input_shape: [null, 2, 2], layer: dense('a', 900_000_000) },
        },
      ],
    ],
    ['a size that is no number', [dense('a', NaN, 2)]],
  ] as const)
    it(`although ${what} states billions of weights`, async () => {
      const before = process.memoryUsage().rss;
      await assert.rejects(load(described, [kernel, bias], 9), { code: 'bad-file' });
      assert.ok(process.memoryUsage().rss - before < 200 * MEGABYTE);
    });

  it('although layers without weights state billions of outputs', async () => {
    const repeat = { class_name: 'RepeatVector', config: { name: 'r', n: 1_000_000_000 } };
    await assert.rejects(load([dense('a', 3, 2), repeat], [kernel, bias], 9), {
      code: 'bad-file',
      message: /"r" gives 1000000000×3 numbers for each example/,
    });
  });

  it('although its manifest states gigabytes, or names one file very often', async () => {
    const path = join(folder, 'model.json');
    const describe = (paths: readonly string[], shape: readonly number[]): Promise<void> =>
      writeFile(
        path,
        JSON.stringify({
          modelTopology: {},
          weightsManifest: [{ paths, weights: [{ name: 'w', shape, dtype: 'float32' }] }],
        }),
      );
    await writeFile(join(folder, 'weights.bin'), Buffer.alloc(MEGABYTE));
    await describe(['weights.bin'], [1e12]);
    await assert.rejects(loadModel(path), /take 4000000000000 bytes/);
    await describe(['weights.bin'], [450_000_000]);
    await assert.rejects(loadModel(path), { code: 'bad-file' });
    await describe(new Array<string>(100_000).fill('weights.bin'), [25_000_000_000]);
    await assert.rejects(loadModel(path), { code: 'bad-file' });
    await describe(new Array<string>(100_000).fill('weights.bin'), [2 * MEGABYTE]);
    await assert.rejects(loadModel(path), (error: Error) => error.message.length < 1000);
  });
});
