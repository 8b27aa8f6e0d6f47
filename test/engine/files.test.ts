import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { pythonWith } from '../../bench/engine/python';
import { exportOnnx, loadModel, saveModel } from '../../src/engine';
import { createSession, loadRuntime } from '../../src/engine/runtime/onnxruntime';
import { uniform } from '../../src/engine/training-step/random-draws';

const folder = mkdtempSync(join(tmpdir(), 'engine-files-'));
const input = uniform(2 * 8 * 8 * 3, 1, 0, 0);

function network(): LayersModel {
  return sequential({
    layers: [
      layers.conv2d({ kernelSize: 3, filters: 16, inputShape: [8, 8, 3], activation: 'relu', name: 'image' }),
      layers.batchNormalization({}),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 4, activation: 'softmax', name: 'classes' }),
    ],
  });
}

async function predict(model: LayersModel): Promise<Float32Array> {
  return (await (model.predict(tensor(input, [2, 8, 8, 3])) as Tensor).data()) as Float32Array;
}

function close(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - (expected[i] as number)) < 1e-5, `${i}: ${value}`);
  });
}

describe('model files', () => {
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('keep a model', async () => {
    const model = network();
    await saveModel(model, folder);
    close(await predict(await loadModel(join(folder, 'model.json'))), await predict(model));
  });

  it('are refused when they are truncated, or not what they claim', async () => {
    await saveModel(network(), folder);
    const path = join(folder, 'model.json');
    truncateSync(join(folder, 'weights.bin'), 100);
    await assert.rejects(loadModel(path), /are 100 bytes; \d+ are expected/);
    writeFileSync(path, readFileSync(path).subarray(0, 50));
    await assert.rejects(loadModel(path), /model\.json is not JSON/);
    writeFileSync(path, '{"a":1}');
    await assert.rejects(loadModel(path), /is not a TensorFlow\.js model/);
    await assert.rejects(loadModel(join(folder, 'none.json')), { code: 'bad-file' });
  });

  it('are read from several files of weights', async () => {
    const model = network();
    await saveModel(model, folder);
    const path = join(folder, 'model.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { weightsManifest: { paths: string[] }[] };
    const weights = readFileSync(join(folder, 'weights.bin'));
    writeFileSync(join(folder, 'part-1.bin'), weights.subarray(0, 1001));
    writeFileSync(join(folder, 'part-2.bin'), weights.subarray(1001));
    file.weightsManifest[0]!.paths = ['part-1.bin', './part-2.bin'];
    writeFileSync(path, JSON.stringify(file));
    rmSync(join(folder, 'weights.bin'));
    close(await predict(await loadModel(path)), await predict(model));
  });

  it('are refused, saying why, when their description is not whole', async () => {
    const path = join(folder, 'described.json');
    const load = (weightsManifest: unknown, more: object = {}): Promise<LayersModel> => {
      writeFileSync(path, JSON.stringify({ modelTopology: {}, weightsManifest, ...more }));
      return loadModel(path);
    };
    const group = (entry: object, paths: unknown = []): object => ({ paths, weights: [entry] });
    const entry = { name: 'w', shape: [2], dtype: 'float32' };
    const broken = [
      [{}],
      [null],
      [group(entry, 'weights.bin')],
      [group(entry, [1])],
      [group({ name: 'w', dtype: 'float32' })],
      [group({ ...entry, shape: [2, 'x'] })],
      [group({ ...entry, shape: [-2] })],
      [group({ ...entry, dtype: 3 })],
    ];
    for (const manifest of broken) {
      await assert.rejects(load(manifest), {
        code: 'bad-file',
        message: /entry 0 of its "weightsManifest" needs "paths"/,
      });
    }
    await assert.rejects(load([group({ ...entry, dtype: 'float64' })]), {
      code: 'bad-file',
      message: /"w" of .* is of type float64, which the engine does not know/,
    });
    await assert.rejects(load([], { format: 'graph-model' }), {
      code: 'bad-file',
      message: /is a graph model/,
    });
    for (const name of ['../weights.bin', '../../etc/hostname', '/etc/hostname', '..', 'a/../../b'])
      await assert.rejects(load([group(entry, [name])]), /names weights outside of its folder/);
  });

  it('export as ONNX, with named ports and metadata', async () => {
    const model = network();
    const path = join(folder, 'model.onnx');
    await exportOnnx(model, path, {
      batchSize: 2,
      metadata: { labels: 'a,b,c,d', preprocessing: 'x / 255' },
    });
    const session = await createSession(readFileSync(path));
    const { Tensor: OrtTensor } = await loadRuntime();
    const [name] = session.inputNames as [string];
    assert.deepEqual([session.inputNames, session.outputNames], [['image_input'], ['classes']]);
    const { classes } = await session.run({ [name]: new OrtTensor('float32', input, [2, 8, 8, 3]) });
    close(classes?.data as Float32Array, await predict(model));
    await session.release();
    assert.ok(readFileSync(path).includes('a,b,c,d'));
  });

  const runtime = pythonWith(['onnxruntime', 'numpy'], 'on PyPI: onnxruntime');
  const why = 'missing' in runtime ? ` (skipped: ${runtime.missing})` : '';
  it(`are read by ONNX Runtime's Python package${why}`, async function () {
    if ('missing' in runtime) return this.skip();
    const model = network();
    const path = join(folder, 'python.onnx');
    await exportOnnx(model, path, { batchSize: 2, metadata: { labels: 'a,b' } });
    writeFileSync(join(folder, 'input.bin'), new Uint8Array(input.buffer));
    const script = `
import json, sys, numpy, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1])
x = numpy.fromfile(sys.argv[2], dtype=numpy.float32).reshape(2, 8, 8, 3)
assert session.get_modelmeta().custom_metadata_map["labels"] == "a,b"
print(json.dumps(session.run(["classes"], {"image_input": x})[0].ravel().tolist()))`;
    const run = spawnSync(runtime.command, ['-c', script, path, join(folder, 'input.bin')], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    close(Float32Array.from(JSON.parse(run.stdout) as number[]), await predict(model));
  });

  const reader = pythonWith(['onnx', 'torch', 'numpy'], 'on Debian: python3-onnx, python3-torch');
  const whyNot = 'missing' in reader ? ` (skipped: ${reader.missing})` : '';
  it(`are read by the onnx package, and PyTorch computes the same from them${whyNot}`, async function () {
    if ('missing' in reader) return this.skip();
    const model = network();
    const path = join(folder, 'reader.onnx');
    await exportOnnx(model, path, { batchSize: 2, metadata: { labels: 'a,b' } });
    writeFileSync(join(folder, 'input.bin'), new Uint8Array(input.buffer));
    const run = spawnSync(reader.command, ['test/engine/onnx_reader.py', path, join(folder, 'input.bin')], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    const read = JSON.parse(run.stdout) as { metadata: object; outputs: number[] };
    assert.deepEqual(read.metadata, { labels: 'a,b' });
    close(Float32Array.from(read.outputs), await predict(model));
  });

  it('that are no models are refused by the runtime', async () => {
    await assert.rejects(createSession(new Uint8Array([1, 2, 3])), { code: 'bad-model' });
  });
});
