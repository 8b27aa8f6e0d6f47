/** Compiles one model of the benchmark, or trains it for some steps, and prints milliseconds and memory. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '../../src/engine';
import { type StepDefinition, compileStep } from '../../src/engine';
import { setChannelBlock } from '../../src/engine/graph/tensor-layout';
import { findChannelBlock } from '../../src/engine/runtime/channel-block';
import { createSession, loadRuntime } from '../../src/engine/runtime/onnxruntime';
import { encodeGradients, encodeSteps } from '../../src/engine/training-step/tracing/encode-step';
import { traceWithUpdatePlacement } from '../../src/engine/training-step/tracing/update-placement';
import { randomChunk } from '../../test/engine/models/data';
import { benchmarkModels } from './models';

const CHUNK = 100;

// TensorFlow.js greets on this one.
console.log = () => undefined;

async function main(): Promise<void> {
  const steps = Number(process.argv[3] ?? '0');
  const benchmark = benchmarkModels.find(({ name }) => name.startsWith(process.argv[2] ?? ''));
  if (!benchmark) throw new Error(`No model is called ${String(process.argv[2])}.`);
  const definition: StepDefinition = {
    ...benchmark.build(),
    optimizer: { kind: 'adam', learningRate: 0.001 },
    batchSize: 64,
  };
  if (steps > 0) {
    await trainFor(steps, definition, benchmark.classes);
    process.stdout.write(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 }));
    return;
  }
  const times: Record<string, number> = {};
  let from = performance.now();
  const mark = (phase: string): void => {
    times[phase] = performance.now() - from;
    from = performance.now();
  };
  await loadRuntime();
  setChannelBlock(await findChannelBlock());
  mark('start');
  const { step, placed } = await traceWithUpdatePlacement(definition);
  mark('trace');
  const encode = placed ? encodeGradients : encodeSteps;
  const bytes = encode(step, () => {
    throw new Error('The models of the benchmark have no frozen weights.');
  });
  mark('encode');
  await createSession(bytes);
  mark('session');
  process.stdout.write(JSON.stringify(times));
}

async function trainFor(steps: number, definition: StepDefinition, classes: number): Promise<void> {
  const step = await compileStep(definition);
  const chunk = randomChunk(definition, CHUNK, 1, classes);
  for (let done = 0; done < steps; done += CHUNK) await step.run(chunk);
  await step.dispose();
}

void main();
