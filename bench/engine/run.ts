/** The engine's benchmark: milliseconds per training step, side by side with PyTorch and TensorFlow.js's backends. */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setBackend } from '@tensorflow/tfjs-core';
import { errorMessage } from '../../src/common/errors';
import { type StepDefinition, compileStep } from '../../src/engine';
import { placeholder, singleOutput } from '../../src/engine/graph/nodes-and-values';
import { encodeModel } from '../../src/engine/onnx/encode-model';
import { createSession, runtimeTensor } from '../../src/engine/runtime/onnxruntime';
import { eagerExecutor } from '../../src/engine/training-step/executors/eager-executor';
import { randomChunk } from '../../test/engine/models/data';
import { type BenchmarkModel, benchmarkModels } from './models';
import { pytorch, pytorchMissing } from './pytorch';

interface Row {
  readonly model: string;
  readonly threads: number;
  readonly engineMs: number;
  readonly torchMs: number | null;
  /** How many times faster than PyTorch: the median of the rounds. */
  readonly ratio: number | null;
  /** The lowest and the highest ratio of a round. */
  readonly ratioRange: readonly [number, number] | null;
  /** The ratio of processor times, which other work on the machine hardly changes. */
  readonly processorRatio: number | null;
  readonly cpuMs: number | null;
  readonly wasmMs: number | null;
  readonly tfjsNodeMs: number | null;
  readonly compileMs: number;
  /** Arithmetic per second against a large matrix product through the same runtime. */
  readonly shareOfPeak: number;
}

const BATCH = 64;
const LEARNING_RATE = 0.001;
const BUDGET_MS = Number(process.env['BENCH_MS'] ?? '3000');
const ROUNDS = 3;

const USAGE = `npm run bench:engine -- [--quick] [--json]

  --quick  leaves out TensorFlow.js's own backends
  --json   prints {machine, rows} instead of a table

Environment: BENCH_MS (milliseconds for each measurement), THREADS=1 (one thread only),
MODELS (starts of names, with commas between), PROFILE (where ONNX Runtime's profiler writes).`;

const options = readOptions();

function readOptions(): { readonly quick: boolean; readonly json: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ options: { quick: flag, json: flag, help: { ...flag, short: 'h' } } });
    if (!values.help) return values;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${errorMessage(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** The tenth percentile: other work on the machine only ever adds time, to all that is compared. */
function typical(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 10)] as number;
}

function definitionOf(benchmark: BenchmarkModel): StepDefinition {
  return { ...benchmark.build(), optimizer: { kind: 'adam', learningRate: LEARNING_RATE }, batchSize: BATCH };
}

/** Billions of operations per second of a 1024-wide matrix product. */
async function peak(threads: number): Promise<number> {
  const size = 1024;
  const [a, b] = [placeholder('a', [size, size], 'float32'), placeholder('b', [size, size], 'float32')];
  const y = singleOutput('MatMul', [a, b], {}, [size, size], 'float32');
  const session = await createSession(
    encodeModel({
      inputs: [a, b].map((value, i) => ({ name: 'ab'[i] as string, value })),
      outputs: [{ name: 'y', value: y }],
    }),
    { threads },
  );
  const data = await runtimeTensor(new Float32Array(size * size).fill(1), [size, size], 'float32');
  const times: number[] = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await session.run({ a: data, b: data });
    times.push(performance.now() - start);
  }
  await session.release();
  return (2 * size ** 3) / Math.min(...times) / 1e6;
}

/** Short beside the 140 ms of training, so that some chunks have the processor to themselves on a busy machine. */
const CHUNK_MS = 20;

/** Milliseconds per step, one entry a chunk or step: by the clock, and of processor time. */
interface Times {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
}

interface Timed {
  readonly time: (budget: number) => Promise<Times>;
  readonly compileMs: number;
  readonly dispose: () => Promise<void>;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function engine(definition: StepDefinition, classes: number, threads: number): Promise<Timed> {
  const profile = process.env['PROFILE'];
  const start = performance.now();
  const step = await compileStep(definition, { threads, ...(profile ? { profile } : {}) });
  const compileMs = performance.now() - start;
  const trial = randomChunk(definition, 2, 1, classes);
  await step.run(trial);
  const begin = performance.now();
  await step.run(trial);
  const perStep = (performance.now() - begin) / 2;
  const chunk = randomChunk(
    definition,
    Math.max(1, Math.min(200, Math.round(CHUNK_MS / perStep))),
    2,
    classes,
  );
  const time = async (budget: number): Promise<Times> => {
    const [clock, processor]: [number[], number[]] = [[], []];
    for (const stop = performance.now() + budget; performance.now() < stop;) {
      const [from, used] = [performance.now(), processorTime()];
      await step.run(chunk);
      clock.push((performance.now() - from) / chunk.steps);
      processor.push((processorTime() - used) / chunk.steps);
    }
    return { clock, processor };
  };
  return { time, compileMs, dispose: () => step.dispose() };
}

/** Milliseconds of an eager step on one of TensorFlow.js's backends; where it cannot train the model, it says why. */
async function eager(definition: StepDefinition, classes: number, backend: string): Promise<number | null> {
  try {
    const executor = await eagerExecutor(definition, 'cpu', backend);
    const chunk = randomChunk(definition, 1, 1, classes);
    const times: number[] = [];
    const stop = performance.now() + BUDGET_MS / 3;
    do {
      const from = performance.now();
      await executor.run(chunk, times.length);
      times.push(performance.now() - from);
    } while (performance.now() < stop);
    await executor.dispose();
    return typical(times);
  } catch (error) {
    console.error(`Not measured on ${backend}: ${errorMessage(error)}`);
    return null;
  }
}

/** Makes TensorFlow.js's other backends known, where they are installed. */
async function loadBackends(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(process.cwd(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
  await setBackend('cpu');
  const native = '@tensorflow/tfjs-node';
  await import(native).catch(() => {
    console.error(`Not compared with ${native}: it is not installed.`);
  });
}

async function row(
  benchmark: BenchmarkModel,
  threads: number,
  gigaflops: number,
  torch: boolean,
): Promise<Row> {
  const definition = definitionOf(benchmark);
  const { classes, name, megaflops } = benchmark;
  const ours = await engine(definition, classes, threads);
  const chunk = randomChunk(definition, 4, 3, classes);
  const step = await compileStep(definition);
  const weights = await step.weights();
  await step.dispose();
  const rounds: { readonly engine: Times; readonly torch: Times | undefined }[] = [];
  // In turns, so that what else the machine does meets both sides.
  for (let i = 0; i < ROUNDS; i++) {
    const times = await ours.time(BUDGET_MS / ROUNDS);
    const steps = Math.max(15, Math.min(1500, Math.round(BUDGET_MS / ROUNDS / typical(times.clock))));
    const run = { steps, threads, learningRate: LEARNING_RATE };
    const reference = torch ? pytorch(name, definition, weights, chunk, run) : undefined;
    rounds.push({
      engine: times,
      torch: reference && { clock: reference.times, processor: reference.processorTimes },
    });
  }
  await ours.dispose();
  const all = (side: 'engine' | 'torch'): number =>
    typical(rounds.flatMap(round => round[side]?.clock ?? []));
  const engineMs = all('engine');
  const ratiosOf = (kind: keyof Times): number[] =>
    rounds
      .map(round => typical(round.torch?.[kind] ?? []) / typical(round.engine[kind]))
      .sort((x, y) => x - y);
  // Of each round by itself: the best moments of two rounds need not be equally good.
  const ratios = ratiosOf('clock');
  const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] as number;
  const small = !options.quick && threads === 1;
  return {
    model: name,
    threads,
    engineMs,
    torchMs: torch ? all('torch') : null,
    ratio: torch ? middle(ratios) : null,
    ratioRange: torch ? [ratios[0] as number, ratios.at(-1) as number] : null,
    processorRatio: torch ? middle(ratiosOf('processor')) : null,
    cpuMs: small ? await eager(definition, classes, 'cpu') : null,
    wasmMs: small ? await eager(definition, classes, 'wasm') : null,
    tfjsNodeMs: small ? await eager(definition, classes, 'tensorflow') : null,
    compileMs: ours.compileMs,
    shareOfPeak: megaflops / engineMs / gigaflops,
  };
}

function text(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits);
}

function print(rows: readonly Row[]): void {
  console.log(
    '| model | threads | engine ms | PyTorch ms | ratio | of processor time | TF.js cpu ms | TF.js wasm ms | tfjs-node ms | compile ms | share of peak |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const r of rows) {
    const share = `${(r.shareOfPeak * 100).toFixed(0)} %`;
    const range = r.ratioRange ? ` (${r.ratioRange.map(ratio => ratio.toFixed(2)).join(' to ')})` : '';
    console.log(
      `| ${r.model} | ${r.threads} | ${text(r.engineMs, 3)} | ${text(r.torchMs, 3)} | ${text(r.ratio, 2)}${range} | ${text(r.processorRatio, 2)} | ${text(r.cpuMs, 1)} | ${text(r.wasmMs, 1)} | ${text(r.tfjsNodeMs, 2)} | ${text(r.compileMs, 0)} | ${share} |`,
    );
  }
}

async function main(): Promise<void> {
  const missing = pytorchMissing();
  if (!options.quick) await loadBackends();
  const only = process.env['MODELS']?.split(',');
  const threads = [...new Set([1, ...(process.env['THREADS'] === '1' ? [] : [cpus().length])])];
  const rows: Row[] = [];
  for (const count of threads) {
    const gigaflops = await peak(count);
    console.error(`${count} thread(s): a large matrix product reaches ${gigaflops.toFixed(0)} GFLOP/s`);
    for (const benchmark of benchmarkModels.filter(
      ({ name }) => only?.some(part => name.startsWith(part)) ?? true,
    )) {
      const measured = await row(benchmark, count, gigaflops, missing === undefined);
      rows.push(measured);
      // TensorFlow.js's own backends take minutes for some rows: what was measured is not lost with the run.
      console.error(JSON.stringify(measured));
    }
  }
  if (missing !== undefined) console.error(`Not compared with PyTorch: ${missing}.`);
  if (options.json) console.log(JSON.stringify({ machine: cpus()[0]?.model, rows }));
  else print(rows);
}

void main();
