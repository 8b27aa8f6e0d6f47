import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memory } from '@tensorflow/tfjs-core';
import { type LayersModel, initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import {
  type StepDefinition,
  batchSpecs,
  compileInference,
  compileStep,
  freeIdleSteps,
  train,
} from '../../src/engine';
import { findChannelBlock } from '../../src/engine/runtime/channel-block';
import { loadRuntime } from '../../src/engine/runtime/onnxruntime';
import { threadBudget } from '../../src/engine/training-step/tracing/thread-budget';
import { traceStep } from '../../src/engine/training-step/tracing/trace-step';
import { traceWithUpdatePlacement } from '../../src/engine/training-step/tracing/update-placement';
import { headCases } from './models/cases';
import { randomChunk } from './models/data';

const small = (units = 8): LayersModel =>
  sequential({
    layers: [
      layers.dense({ units, inputShape: [5], activation: 'relu' }),
      layers.dense({ units: 4, name: 'out' }),
    ],
  });

/** Units of a hidden layer whose parameters are updated in the graph, and of one where they are not. */
const PLACES = [
  ['updated in the graph', 16, 10_000],
  ['updated outside of it', 4000, 2000],
] as const;

function definition(changes: Partial<StepDefinition> = {}): StepDefinition {
  return {
    model: small(),
    losses: { out: { kind: 'softmaxCrossEntropy' } },
    optimizer: { kind: 'adam', learningRate: 0.01 },
    batchSize: 8,
    ...changes,
  };
}

describe('a compiled step', () => {
  for (const [place, units] of PLACES)
    it(`does not depend on how its steps are cut into chunks, dropout included, ${place}`, async () => {
      const model = sequential({
        layers: [
          layers.dense({ units, inputShape: [5] }),
          layers.dropout({ rate: 0.5 }),
          layers.dense({ units: 4, name: 'out' }),
        ],
      });
      const one = await compileStep(definition({ model, seed: 3 }));
      const many = await compileStep(definition({ model, seed: 3 }));
      const chunk = randomChunk(one.definition, 4, 1);
      const whole = await one.run(chunk);
      const losses: number[] = [];
      for (let i = 0; i < 4; i++) {
        const inputs = {
          dense: chunk.inputs[Object.keys(chunk.inputs)[0] as string]?.slice(i * 40, i * 40 + 40),
        };
        const part = {
          steps: 1,
          masks: {},
          inputs: { [Object.keys(chunk.inputs)[0] as string]: inputs.dense as Float32Array },
          targets: { out: chunk.targets['out']?.slice(i * 8, i * 8 + 8) as Int32Array },
        };
        losses.push(...(await many.run(part)).losses);
      }
      assert.deepEqual([...whole.losses], losses);
    });

  for (const [executor, place, units] of [
    ['onnxruntime', ...PLACES[0]],
    ['onnxruntime', ...PLACES[1]],
    ['cpu', ...PLACES[0]],
  ] as const)
    it(`goes on from its state as if nothing had happened, on ${executor}, ${place}`, async () => {
      const make = (): LayersModel =>
        sequential({
          layers: [
            layers.dense({
              units,
              inputShape: [5],
              kernelInitializer: initializers.glorotUniform({ seed: 1 }),
            }),
            layers.batchNormalization(),
            layers.dropout({ rate: 0.5 }),
            layers.dense({
              units: 4,
              name: 'out',
              kernelInitializer: initializers.glorotUniform({ seed: 2 }),
            }),
          ],
        });
      const start = (): ReturnType<typeof compileStep> =>
        compileStep(
          definition({
            model: make(),
            seed: 3,
            optimizer: { kind: 'adamw', learningRate: n => 0.01 / (n + 1), weightDecay: 0.1 },
          }),
          { executor },
        );
      const [whole, before, after] = [await start(), await start(), await start()];
      const chunks = [1, 2, 3].map(seed => [seed, 3] as const);
      const run = async (step: typeof whole, some: typeof chunks): Promise<number[]> => {
        const losses: number[] = [];
        for (const [seed, steps] of some)
          losses.push(...(await step.run(randomChunk(step.definition, steps, seed))).losses);
        return losses;
      };
      const expected = await run(whole, chunks);
      await run(before, chunks.slice(0, 1));
      const state = await before.state();
      // It is a copy: what happens to the step afterwards is not in it.
      await run(before, chunks.slice(0, 1));
      await after.setState(structuredClone(state));
      assert.equal(after.stepsRun(), 3);
      assert.deepEqual(await run(after, chunks.slice(1)), expected.slice(3));
      assert.deepEqual([...(await after.weights()).values()], [...(await whole.weights()).values()]);
      await assert.rejects(
        after.setState({ ...state, arrays: state.arrays.slice(1) }),
        /state is that of another training step/,
      );
    });

  for (const [place, units] of PLACES)
    it(`stops at a loss that is not finite, saying where, and keeps the weights from before, ${place}`, async () => {
      const optimizer = { kind: 'sgd', learningRate: 1e30 } as const;
      const step = await compileStep(definition({ model: small(units), optimizer }));
      const before = await step.weights();
      await assert.rejects(
        step.run(randomChunk(step.definition, 6, 1)),
        /The loss is (NaN|-?Infinity) at step \d+, with learning rate 1e\+30/,
      );
      assert.deepEqual(await step.weights(), before);
      await step.dispose();
    });

  for (const executor of ['onnxruntime', 'cpu'] as const)
    it(`is as it was before the chunk in which the loss is not finite, moving averages included, on ${executor}`, async () => {
      const model = sequential({
        layers: [
          layers.dense({ units: 8, inputShape: [5] }),
          layers.batchNormalization(),
          layers.dense({ units: 4, name: 'out' }),
        ],
      });
      const step = await compileStep(definition({ model }), { executor });
      const good = randomChunk(step.definition, 3, 1);
      await step.run(good);
      const [before, tensors] = [await step.state(), memory().numTensors];
      const [name] = Object.keys(good.inputs) as [string];
      // The last of three steps is bad: those before it count for nothing.
      const inputs = { [name]: (good.inputs[name] as Float32Array).slice().fill(NaN, 81, 82) };
      await assert.rejects(step.run({ ...good, inputs }), /The loss is NaN at step 5, .* before this chunk/);
      assert.deepEqual(await step.state(), before);
      assert.equal(before.stepsRun, 3);
      assert.equal(memory().numTensors, tensors);
      const { firstStep, losses } = await step.run(good);
      assert.ok(firstStep === 3 && losses.every(Number.isFinite));
      await step.dispose();
    });

  it("leaves a large embedding's rows to its update, one for all the words of an example", async () => {
    const { placed } = await traceWithUpdatePlacement(
      definition({
        model: sequential({
          layers: [
            layers.inputLayer({ inputShape: [6], dtype: 'int32' }),
            layers.embedding({ inputDim: 1100, outputDim: 32 }),
            layers.globalAveragePooling1d({}),
            layers.dense({ units: 4, name: 'out' }),
          ],
        }),
      }),
    );
    const [summands, ...others] = placed?.summands ?? [];
    assert.deepEqual([summands?.indices.length, summands?.rows.length], [8 * 6, 8 * 32]);
    assert.deepEqual(others, [undefined, undefined]);
  });

  it('has one thread where rows are summed, which the runtime does wrongly with more', async () => {
    const heavy = (): layers.Layer[] => [
      layers.dense({ units: 4000, inputShape: [64 * 32] }),
      layers.dense({ units: 4, name: 'out' }),
    ];
    const step = async (body: layers.Layer[]): Promise<number> => {
      const model = sequential({ layers: body });
      const optimizer = { kind: 'sgd', learningRate: 0.1, clipNorm: 1 } as const;
      return threadBudget(await traceStep(definition({ model, optimizer }), 'outside'), 2);
    };
    assert.equal(await step(heavy()), 2);
    const words = [
      layers.inputLayer({ inputShape: [64], dtype: 'int32' }),
      layers.embedding({ inputDim: 50, outputDim: 32 }),
      layers.flatten(),
    ];
    assert.equal(await step([...words, ...heavy()]), 1);
  });

  it('reports progress and stops when it is cancelled', async () => {
    const step = await compileStep(definition());
    const stop = new AbortController();
    let reports = 0;
    const training = train(step, {
      steps: 1e9,
      batches: (_, count) => randomChunk(step.definition, count, 1),
      signal: stop.signal,
      onProgress: () => {
        if (++reports === 3) stop.abort();
      },
    });
    await assert.rejects(training, { code: 'cancelled' });
    assert.equal(reports, 3);
    await step.dispose();
    await assert.rejects(step.run(randomChunk(step.definition, 1, 1)), { code: 'disposed' });
  });

  for (const executor of ['onnxruntime', 'cpu'] as const)
    it(`is cancelled by a timer, on ${executor}`, async () => {
      const step = await compileStep(definition(), { executor });
      const stop = new AbortController();
      const timer = setTimeout(() => {
        stop.abort();
      }, 300);
      let reports = 0;
      const start = performance.now();
      const training = train(step, {
        steps: 1e9,
        batches: (_, count) => randomChunk(step.definition, count, 1),
        signal: stop.signal,
        // Without a turn for timers it would go on for ever.
        onProgress: () => {
          if (++reports > 500 || performance.now() - start > 10_000) throw new Error('was never cancelled');
        },
      });
      await assert.rejects(training, { code: 'cancelled' });
      clearTimeout(timer);
      await step.dispose();
    });

  it('lets timers run between the steps of a chunk, on cpu', async () => {
    const step = await compileStep(definition(), { executor: 'cpu' });
    let isDone = false;
    let ticks = 0;
    const timer = setInterval(() => {
      if (!isDone) ticks++;
    }, 1);
    await step.run(randomChunk(step.definition, 50, 1));
    isDone = true;
    clearInterval(timer);
    assert.ok(ticks >= 5, `${ticks} turns within 50 steps`);
    await step.dispose();
  });

  it('comes from the cache when it is compiled again', async () => {
    await freeIdleSteps();
    // It has a session of its own, once.
    await findChannelBlock();
    const ort = await loadRuntime();
    const create = ort.InferenceSession.create.bind(ort.InferenceSession);
    let created = 0;
    (ort.InferenceSession as { create: unknown }).create = (...given: Parameters<typeof create>) => {
      created++;
      return create(...given);
    };
    try {
      const given = definition();
      const first = await compileStep(given);
      assert.equal(created, 1);
      const again = await compileStep(given);
      assert.equal(created, 1);
      await Promise.all([first.dispose(), again.dispose()]);
      // Networks of the same layers are the same step, whatever TensorFlow.js called their layers; inference too.
      for (const [, units] of PLACES) {
        await freeIdleSteps();
        created = 0;
        const made: { readonly dispose: () => Promise<void> }[] = [];
        for (let i = 0; i < 2; i++) {
          const model = small(units);
          const step = await compileStep(definition({ model, metrics: { out: ['accuracy'] } }));
          const chunk = randomChunk(step.definition, 1, 1);
          const { report } = await step.run(chunk);
          assert.deepEqual(Object.keys(report), ['out.loss', 'out.accuracy']);
          const evaluation = await step.evaluate(chunk);
          assert.deepEqual(Object.keys(evaluation.report), ['out.loss', 'out.accuracy']);
          assert.deepEqual(Object.keys(evaluation.outputs), ['out']);
          const inference = await compileInference(model, { batchSize: 8 });
          made.push(step, inference);
        }
        assert.equal(created, 3);
        await Promise.all(made.map(each => each.dispose()));
      }
    } finally {
      (ort.InferenceSession as { create: unknown }).create = create;
      await freeIdleSteps();
    }
  });

  for (const [place, units, steps] of PLACES)
    it(`leaves no tensors behind, and no memory over ${steps} steps, ${place}`, async function () {
      this.timeout(60_000);
      const given = definition({ model: small(units) });
      const before = memory().numTensors;
      const step = await compileStep(given);
      assert.equal(memory().numTensors, before);
      const chunk = randomChunk(given, steps / 20, 1);
      await step.run(chunk);
      await step.run(chunk);
      const start = process.memoryUsage().rss;
      for (let i = 0; i < 20; i++) await step.run(chunk);
      const grown = (process.memoryUsage().rss - start) / 1e6;
      assert.ok(grown < 30, `${grown} MB more after ${steps} steps`);
      await step.dispose();
    });

  for (const executor of ['onnxruntime', 'cpu'] as const)
    it(`frees its memory when it is cancelled and disposed, though someone still has it, on ${executor}`, async function () {
      this.timeout(60_000);
      const model = sequential({
        layers: [
          layers.dense({ units: 4000, inputShape: [1000], kernelInitializer: 'zeros' }),
          layers.dense({ units: 4, name: 'out' }),
        ],
      });
      const parameters = 4000 * 1000;
      const inUse = (): number => {
        collectGarbage();
        // Of arrays and of WebAssembly; the process itself is late to give back what it no longer uses.
        return process.memoryUsage().external;
      };
      const given = definition({ model, batchSize: 1 });
      const before = inUse();
      const step = await compileStep(given, { executor });
      const stop = new AbortController();
      const training = train(step, {
        steps: 1e9,
        batches: (_, count) => randomChunk(step.definition, count, 1),
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      });
      await assert.rejects(training, { code: 'cancelled' });
      const during = inUse() - before;
      // Adam's two moments at least.
      assert.ok(during > 2 * 4 * parameters, `${during / 1e6} MB while it trains`);
      await step.dispose();
      await freeIdleSteps();
      let left = Infinity;
      for (let i = 0; i < 50 && left > during / 4; i++) {
        await new Promise(resolve => setTimeout(resolve, 50));
        left = inUse() - before;
      }
      assert.ok(left <= during / 4, `${left / 1e6} MB of ${during / 1e6} MB are left`);
      assert.throws(() => step.weights(), { code: 'disposed' });
    });

  it('is disposed though it could not evaluate, and evaluates when that goes again', async () => {
    const step = await compileStep(definition());
    const batch = randomChunk(step.definition, 1, 1);
    const ort = await loadRuntime();
    const { InferenceSession: sessions } = ort as { InferenceSession: { create: unknown } };
    const { create } = sessions;
    sessions.create = () => Promise.reject(new Error('no room'));
    try {
      await assert.rejects(step.evaluate(batch), { code: 'bad-model' });
    } finally {
      sessions.create = create;
    }
    assert.ok(Number.isFinite((await step.evaluate(batch)).loss));
    await step.dispose();
    const failing = await compileStep(step.definition);
    await freeIdleSteps();
    sessions.create = () => Promise.reject(new Error('no room'));
    try {
      await assert.rejects(failing.evaluate(batch), { code: 'bad-model' });
      await failing.dispose();
    } finally {
      sessions.create = create;
    }
  });

  it('takes weights by name, and gives them back to the model', async () => {
    const step = await compileStep(definition());
    const weights = await step.weights();
    const name = [...weights.keys()][0] as string;
    const changed = (weights.get(name) as Float32Array).map(value => value + 1);
    await step.setWeights(new Map([[name, changed]]));
    assert.deepEqual((await step.weights()).get(name), changed);
    await step.updateModel();
    assert.deepEqual(await step.definition.model.weights[0]?.read().data(), changed);
    await assert.rejects(step.setWeights(new Map([['nothing', changed]])), /no weight "nothing"/);
    await assert.rejects(
      step.setWeights(new Map([[name, new Float32Array(1)]])),
      /has 1 elements; the model needs 40/,
    );
  });
});

describe('an output without a loss', () => {
  for (const executor of ['onnxruntime', 'cpu'] as const)
    for (const { name, definition: given } of headCases)
      it(`is not trained, on ${executor}: ${name}`, async () => {
        const step = await compileStep(given(), { executor });
        const idle = async (): Promise<[string, Float32Array][]> =>
          [...(await step.weights())].filter(([weight]) => weight.startsWith('idle/'));
        const before = await idle();
        assert.equal(before.length, 2);
        await step.run(randomChunk(step.definition, 3, 1));
        assert.deepEqual(await idle(), before);
        await step.dispose();
      });

  it('says so when nothing that is trained leads to a loss', async () => {
    const model = small();
    for (const layer of model.layers) layer.trainable = false;
    for (const executor of ['onnxruntime', 'cpu'] as const) {
      const start = async (): Promise<unknown> => {
        const step = await compileStep(definition({ model }), { executor });
        return step.run(randomChunk(step.definition, 1, 1));
      };
      await assert.rejects(start(), /No loss depends on a weight that is trained: the losses are on out/);
    }
  });
});

describe('what cannot be compiled', () => {
  const native = installed('@tensorflow/tfjs-node');

  it('names the kernel and the layer, and runs eagerly only when allowed', async () => {
    const model = sequential({
      layers: [
        layers.reshape({ targetShape: [2, 2, 2, 1], inputShape: [8] }),
        layers.maxPooling3d({ poolSize: 2, name: 'cube' }),
        layers.flatten(),
        layers.dense({ units: 4, name: 'out' }),
      ],
    });
    await assert.rejects(compileStep(definition({ model })), /kernel MaxPool3D of layer "cube"/);
    const step = await compileStep(definition({ model }), { allowEager: true });
    assert.equal(step.executor, native ? 'tensorflow' : 'cpu');
    assert.match(step.fallback ?? '', /kernel MaxPool3D of layer "cube"/);
    assert.equal((await compileStep(definition())).fallback, undefined);
  });

  it('names the layer whose gradient has no lowering', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({ kernelSize: 1, filters: 2, inputShape: [2, 2, 1], name: 'before' }),
        layers.upSampling2d({ size: [2, 2], name: 'larger' }),
        layers.conv2d({ kernelSize: 1, filters: 2, name: 'behind' }),
        layers.flatten(),
        layers.dense({ units: 4, name: 'out' }),
      ],
    });
    await assert.rejects(
      compileStep(definition({ model })),
      /kernel ResizeNearestNeighborGrad of layer "larger" cannot be compiled/,
    );
  });

  it('predicts eagerly only when allowed, with the weights it is given', async () => {
    const model = sequential({
      layers: [
        layers.reshape({ targetShape: [2, 2, 2, 1], inputShape: [8], name: 'given' }),
        layers.maxPooling3d({ poolSize: 2, name: 'cube' }),
        layers.flatten(),
        layers.dense({ units: 1, name: 'out', kernelInitializer: 'ones' }),
      ],
    });
    await assert.rejects(compileInference(model, { batchSize: 2 }), /kernel MaxPool3D of layer "cube"/);
    const before = memory().numTensors;
    const inference = await compileInference(model, { batchSize: 2, allowEager: true });
    assert.equal(inference.executor, native ? 'tensorflow' : 'cpu');
    assert.match(inference.fallback ?? '', /kernel MaxPool3D/);
    const inputs = { given_input: Float32Array.from({ length: 16 }, (_, i) => i) };
    assert.deepEqual(await inference.run(inputs), { out: Float32Array.of(7, 15) });
    const weights = new Map([
      ['out/kernel', Float32Array.of(2)],
      ['out/bias', Float32Array.of(1)],
    ]);
    assert.deepEqual(await inference.run(inputs, weights), { out: Float32Array.of(15, 31) });
    assert.deepEqual(await inference.run(inputs), { out: Float32Array.of(7, 15) });
    await assert.rejects(inference.run({ given_input: new Float32Array(3) }), { code: 'bad-shape' });
    assert.equal(memory().numTensors, before);
    await inference.dispose();
    await assert.rejects(inference.run(inputs), { code: 'disposed' });
  });

  it('runs a layer that draws by itself eagerly, the same for the same seed, when allowed', async () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 8, inputShape: [5] }),
        layers.alphaDropout({ rate: 0.5, name: 'mine' }),
        layers.dense({ units: 4, name: 'out' }),
      ],
    });
    const before = model.getWeights().map(weight => weight.clone());
    const given = definition({ model, seed: 5 });
    await assert.rejects(compileStep(given), /The layer "mine" draws random numbers by itself/);
    const runs: number[][] = [];
    for (let i = 0; i < 2; i++) {
      model.setWeights(before);
      const step = await compileStep(given, { allowEager: true });
      assert.match(step.fallback ?? '', /The layer "mine" draws random numbers by itself/);
      runs.push([...(await step.run(randomChunk(given, 3, 1))).losses]);
      assert.ok(Number.isFinite((await step.evaluate(randomChunk(given, 1, 1))).loss));
      await step.dispose();
    }
    assert.deepEqual(runs[0], runs[1]);
    assert.notEqual(runs[0]?.[0], runs[0]?.[1]);
  });

  it('trains in WebAssembly where no native library loads, and comes to the same', () => {
    const losses = [[], ['hide']].map(args => {
      const script = path.join(__dirname, 'models', 'without-runtime.ts');
      const command = ['--require', 'tsx/cjs', script, ...args];
      const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
      const said = stdout.split('\n').find(line => line.startsWith('{'));
      assert.ok(said !== undefined, stderr);
      return JSON.parse(said) as { kind: string; losses: number[] };
    });
    assert.deepEqual(
      losses.map(({ kind }) => kind),
      ['native', 'wasm'],
    );
    const [native, wasm] = losses.map(each => each.losses) as [number[], number[]];
    assert.equal(wasm.length, 21);
    for (const [i, loss] of native.entries())
      assert.ok(Math.abs(loss - (wasm[i] ?? NaN)) < 1e-4, `step ${i}`);
  });

  it('says what is wrong with a batch', async () => {
    const step = await compileStep(definition());
    const chunk = randomChunk(step.definition, 2, 1);
    const [input] = Object.keys(chunk.inputs) as [string];
    const run = (changes: object): Promise<unknown> => step.run({ ...chunk, ...changes });
    await assert.rejects(run({ inputs: {} }), /inputs\..* is missing; it should be float32 \[2, 8, 5\]/);
    await assert.rejects(
      run({ inputs: { [input]: new Float32Array(3) } }),
      /has 3 elements; it should be float32 \[2, 8, 5\], 80 elements/,
    );
    await assert.rejects(run({ targets: { out: new Float32Array(16) } }), { code: 'bad-type' });
  });

  const words = (): LayersModel =>
    sequential({
      layers: [
        layers.inputLayer({ inputShape: [3], dtype: 'int32', name: 'words' }),
        layers.embedding({ inputDim: 9, outputDim: 4, name: 'table' }),
        layers.flatten(),
        layers.dense({ units: 4, name: 'out' }),
      ],
    });
  for (const executor of ['onnxruntime', 'cpu'] as const)
    it(`refuses classes and words that do not exist, and chunks without steps, on ${executor}`, async () => {
      const losses = { out: { kind: 'softmaxCrossEntropy', mask: 'example' } } as const;
      const step = await compileStep(definition({ model: words(), losses }), { executor });
      const before = await step.weights();
      const chunk = randomChunk(step.definition, 2, 1);
      const changed = (
        kind: 'inputs' | 'targets',
        name: string,
        index: number,
        value: number,
      ): typeof chunk => {
        const elements = (chunk[kind][name] as Int32Array).slice();
        elements[index] = value;
        const masks = { out: new Float32Array(16).fill(1) };
        return { ...chunk, masks, [kind]: { ...chunk[kind], [name]: elements } };
      };
      for (const value of [-1, 9])
        await assert.rejects(
          step.run(changed('inputs', 'words', 29, value)),
          new RegExp(`inputs.words has ${value} in example 1 of step 1.* whole number from 0 to 8`),
        );
      for (const value of [-1, 4]) {
        const wrong = changed('targets', 'out', 3, value);
        await assert.rejects(step.run(wrong), /targets.out has .* in example 3 of step 0.* from 0 to 3/);
        await assert.rejects(
          step.evaluate({
            inputs: { words: wrong.inputs['words']?.slice(24) as Int32Array },
            targets: { out: wrong.targets['out']?.slice(0, 8) as Int32Array },
            masks: { out: new Float32Array(8).fill(1) },
          }),
          { code: 'bad-value' },
        );
      }
      await assert.rejects(step.run({ ...chunk, steps: 0 }), /A chunk of 0 steps/);
      await assert.rejects(step.run({ ...chunk, steps: 1.5 }), { code: 'bad-shape' });
      assert.deepEqual(await step.weights(), before);
      assert.equal(step.stepsRun(), 0);
      // A label that is absent may be anything.
      const absent = changed('targets', 'out', 3, -1);
      absent.masks['out']![3] = 0;
      const { losses: fine } = await step.run(absent);
      assert.ok(fine.every(Number.isFinite));
      await step.dispose();
    });

  it('refuses words that do not exist when it predicts', async () => {
    const inference = await compileInference(words(), { batchSize: 1 });
    const run = (word: number): Promise<object> => inference.run({ words: Int32Array.of(0, word, 2) });
    await run(8);
    for (const word of [-1, 9]) await assert.rejects(run(word), /inputs.words has -?\d in example 0/);
    await inference.dispose();
  });

  for (const [place, , , rows] of [
    [...PLACES[0], 9],
    [...PLACES[1], 1100],
  ] as const)
    it(`names the layer where the runtime refuses a step, ${place}`, async () => {
      const model = sequential({
        layers: [
          layers.inputLayer({ inputShape: [3], dtype: 'int32' }),
          layers.repeatVector({ n: 2 }),
          layers.embedding({ inputDim: rows, outputDim: 32, name: 'table' }),
          layers.flatten(),
          layers.dense({ units: 4, name: 'out' }),
        ],
      });
      const step = await compileStep(definition({ model }));
      const before = await step.weights();
      const [name] = Object.keys(batchSpecs(step.definition).inputs) as [string];
      const inputs = { [name]: new Int32Array(24).fill(rows) };
      const targets = { out: new Int32Array(8) };
      const refused = { code: 'runtime-failed', message: /cannot run the step: layer "table"/ };
      await assert.rejects(step.run({ steps: 1, inputs, targets, masks: {} }), refused);
      await assert.rejects(step.evaluate({ inputs, targets, masks: {} }), refused);
      assert.deepEqual(await step.weights(), before);
      await step.dispose();
    });

  it('says what is wrong with a definition', async () => {
    await assert.rejects(
      compileStep(definition({ losses: { nose: { kind: 'meanSquaredError' } } })),
      /no output "nose".*outputs are out/,
    );
    await assert.rejects(compileStep(definition({ losses: {} })), /No output has a loss/);
    await assert.rejects(compileStep(definition({ batchSize: 0 })), /batch size is 0/);
  });

  it(`says what to do where an executor is missing${native ? ' (skipped: tfjs-node is installed)' : ''}`, async function () {
    if (native) return this.skip();
    await assert.rejects(
      compileStep(definition(), { executor: 'tensorflow' }),
      /needs the package @tensorflow\/tfjs-node/,
    );
  });
});

/** Runs the garbage collector, which takes a flag to be had. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function installed(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
