import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode as encodePng } from 'fast-png';
import { isPlanError } from '../../../src/experiments/experiment-errors';
import { createNetworkReader } from '../../../src/data';
import {
  type Value,
  constant,
  elements,
  placeholder,
  singleOutput,
} from '../../../src/engine/graph/nodes-and-values';
import { encodeModel } from '../../../src/engine/onnx/encode-model';
import { createSession, loadRuntime } from '../../../src/engine/runtime/onnxruntime';
import { exampleKey, openFeatureStore } from '../../../src/training/checkpoints/feature-store';
import { neighbourScores, prototypeScores } from '../../../src/training/checkpoints/nearest';
import { readPreprocessing } from '../../../src/training/artifacts/model-folder';
import { python } from '../data/helpers/python';
import { useScratch } from '../data/helpers/files';
import { type Bench, createBench, numbers } from './strategies/jobs';

const CLASSES = ['dark', 'red', 'green'];
const PREPROCESSOR = {
  size: { height: 6, width: 6 },
  resample: 3,
  image_mean: [0.5, 0.4, 0.3],
  image_std: [0.2, 0.3, 0.4],
};

/** An encoder of images: a convolution of 8 filters, then the means of what is positive. */
function encoder(): Uint8Array {
  const next = numbers(3);
  const filters: Value = constant(
    elements(
      'float32',
      Array.from({ length: 8 * 27 }, () => next() - 0.5),
    ),
    [8, 3, 3, 3],
    'float32',
  );
  const pixels = placeholder('pixel_values', [1, 3, 6, 6], 'float32');
  const maps = singleOutput('Conv', [pixels, filters], {}, [1, 8, 4, 4], 'float32');
  const positive = singleOutput('Relu', [maps], {}, [1, 8, 4, 4], 'float32');
  const pooled = singleOutput('GlobalAveragePool', [positive], {}, [1, 8, 1, 1], 'float32');
  const value = singleOutput('Flatten', [pooled], { axis: 1 }, [1, 8], 'float32');
  return encodeModel({
    inputs: [{ name: 'pixel_values', value: pixels }],
    outputs: [{ name: 'image_embeds', value }],
  });
}

/** Noisy pictures of a colour for each class. */
function writePictures(root: string): void {
  const next = numbers(1);
  CLASSES.forEach((name, of) => {
    mkdirSync(path.join(root, 'pictures', name), { recursive: true });
    for (let i = 0; i < 50; i++) {
      const data = Uint8Array.from({ length: 8 * 9 * 3 }, (_, at) =>
        Math.round(150 * next() + (of > 0 && at % 3 === of - 1 ? 70 : 0)),
      );
      writeFileSync(
        path.join(root, 'pictures', name, `${i}.png`),
        encodePng({ width: 8, height: 9, channels: 3, data }),
      );
    }
  });
}

const ANNOTATIONS = [
  '@task colour output=class:3 checkpoint=encoder',
  '@dataset pictures task=colour path=pictures input=image size=150 group=none',
];

describe('a checkpoint that stays as it is', () => {
  let bench: Bench;
  before(() => {
    bench = createBench({});
    writePictures(bench.root);
    mkdirSync(path.join(bench.root, 'encoder'));
    writeFileSync(path.join(bench.root, 'encoder', 'model.onnx'), encoder());
    writeFileSync(path.join(bench.root, 'encoder', 'preprocessor_config.json'), JSON.stringify(PREPROCESSOR));
  });
  after(() => {
    bench.remove();
  });

  it('is an arm of a pilot, beside class means and neighbours; its features are computed once', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'colour');
    assert.deepEqual(
      plan.arms.map(({ id }) => id),
      ['single-task', 'probe', 'prototypes', 'knn'],
    );
    assert.ok(!plan.warnings.some(text => /transfer/.test(text)), plan.warnings.join('\n'));
    assert.ok(plan.warnings.includes('The checkpoint encoder gives 8 features, from "image_embeds".'));
    const cache = path.join(bench.root, 'cache');
    const stored = (): string[] =>
      readdirSync(cache)
        .filter(name => name.startsWith('features-'))
        .flatMap(name => readdirSync(path.join(cache, name)));
    assert.equal(stored().length, 1);
    const largest = Math.max(...plan.sizes);
    for (const arm of ['probe', 'prototypes', 'knn']) {
      const job = plan.jobs.find(({ id }) => id === `${arm}-n${largest}-s1`);
      assert.ok(job?.kind === 'trial');
      const result = await bench.run(job);
      assert.ok(result.value > 0.7, `${arm}: ${result.value}`);
    }
    assert.equal(stored().length, 1);
  });

  it('becomes one model with its head, by which Python predicts what training does', async function () {
    const plan = await bench.plan(ANNOTATIONS, 'colour', 'probe');
    const [job] = plan.jobs;
    assert.ok(job);
    await bench.run(job);
    const folder = path.join(bench.folderOf(job.id), 'model');
    const input = (await readPreprocessing(folder))?.input;
    assert.ok(input?.kind === 'checkpoint' && !path.isAbsolute(input.file));
    const card = readFileSync(path.join(folder, 'README.md'), 'utf8');
    assert.match(card, /takes `pixel\\_values`, preprocessed/);
    const read = await createNetworkReader(input.network);
    const session = await createSession(readFileSync(path.join(folder, 'model.onnx')));
    const { Tensor } = await loadRuntime();
    const files = CLASSES.map(name => path.join(bench.root, 'pictures', name, '3.png'));
    const expected: number[][] = [];
    for (const file of files) {
      const { data, shape } = (await read({ file })).get('pixel_values') ?? {
        data: new Float32Array(),
        shape: [0],
      };
      const results = await session.run({ pixel_values: new Tensor('float32', data as Float32Array, shape) });
      expected.push(Array.from(results['outputs']?.data as Float32Array));
    }
    await session.release();
    for (const shares of expected) assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-5);
    const printed = python(
      this,
      ['numpy', 'onnxruntime', 'PIL'],
      `import runpy, json
from PIL import Image
m = runpy.run_path(${JSON.stringify(path.join(folder, 'predict.py'))})
for file in ${JSON.stringify(files)}:
    feeds = m["encode"](m["PIPELINE"]["input"], Image.open(file))
    print(json.dumps(m["session"]().run(None, feeds)[0][0].tolist()))`,
    );
    const found = printed
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as number[]);
    expected.forEach((shares, i) => {
      shares.forEach((share, c) => {
        assert.ok(
          Math.abs(share - (found[i]?.[c] ?? NaN)) < 1e-4,
          `${files[i]}: ${share} and ${found[i]?.[c]}`,
        );
      });
    });
  });

  it('is refused before anything is trained, at its annotation, where it cannot be used', async () => {
    const bad = path.join(bench.root, 'bad');
    mkdirSync(bad);
    copyFileSync(path.join(bench.root, 'encoder', 'model.onnx'), path.join(bad, 'model.onnx'));
    const [, data = ''] = ANNOTATIONS;
    const plan = (): Promise<unknown> =>
      bench.plan(['@task colour output=class:3 checkpoint=bad', data], 'colour');
    const refused = (message: RegExp) => (error: unknown) => {
      assert.ok(isPlanError(error), String(error));
      assert.match(error.message, message);
      assert.equal(error.location?.line, 1);
      return true;
    };
    await assert.rejects(plan(), refused(/needs preprocessor_config\.json in its folder/));
    writeFileSync(path.join(bad, 'model.onnx'), encoder().subarray(0, 600));
    await assert.rejects(plan(), refused(/damaged, or no ONNX file|incomplete|has no graph/));
  });
});

describe('what needs no training', () => {
  const rows = (values: readonly number[]): { count: number; width: number; values: Float32Array } => ({
    count: values.length / 2,
    width: 2,
    values: Float32Array.from(values),
  });
  const train = rows([1, 0, 10, 1, 0, 1, 0, 5]);
  const classes = { values: [0, 0, 1, 1], weights: [1, 1, 1, 1], classes: 2 };

  it('takes the class whose mean direction is nearest, however long the vectors are', () => {
    const scores = prototypeScores(train, classes, rows([100, 1, 0.1, 0.2]));
    assert.ok((scores[0] ?? 0) > (scores[1] ?? 0));
    assert.ok((scores[3] ?? 0) > (scores[2] ?? 0));
  });

  it('takes the votes of the nearest by direction, or the mean of their numbers', () => {
    const scores = neighbourScores(train, classes, rows([100, 1]), 3);
    // Two of the three nearest are of the first class.
    assert.ok((scores[0] ?? 0) > (scores[1] ?? 0));
    const numbersOf = { values: [1, 3, 100, 100], weights: [1, 1, 1, 1], classes: 0 };
    const [mean = NaN] = neighbourScores(train, numbersOf, rows([100, 1]), 2);
    assert.ok(mean > 1.9 && mean < 2.1, String(mean));
  });
});

describe('kept features', () => {
  const scratch = useScratch();

  it('are there for the next process, but not where a file is damaged', async () => {
    const folder = path.join(scratch.folder, 'features');
    const key = await exampleKey({ text: 'a' });
    const store = await openFeatureStore(folder);
    store.add(key, Float32Array.of(1.5, -2));
    await store.save();
    const again = await openFeatureStore(folder);
    assert.deepEqual([again.width, Array.from(again.get(key) ?? [])], [2, [1.5, -2]]);
    assert.equal(again.get(await exampleKey({ text: 'b' })), undefined);
    const [name = ''] = readdirSync(folder);
    const bytes = readFileSync(path.join(folder, name));
    bytes.writeUInt32LE(2 ** 31, 0);
    writeFileSync(path.join(folder, name), bytes);
    assert.equal((await openFeatureStore(folder)).width, undefined);
  });
});
