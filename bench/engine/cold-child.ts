/** Compiles one model of the benchmark and prints the milliseconds of each phase. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '../../src/engine';
import type { StepDefinition } from '../../src/engine';
import { setChannelBlock } from '../../src/engine/graph/layout';
import { findChannelBlock } from '../../src/engine/runtime/block-size';
import { createSession, loadRuntime } from '../../src/engine/runtime/onnxruntime';
import { traceAndPlace } from '../../src/engine/step/place';
import { encodeGradients, encodeSteps } from '../../src/engine/step/program';
import { benchmarkModels } from './models';

// TensorFlow.js greets on this one.
console.log = () => undefined;

async function main(): Promise<void> {
  const benchmark = benchmarkModels.find(({ name }) => name.startsWith(process.argv[2] ?? ''));
  if (!benchmark) throw new Error(`No model is called ${String(process.argv[2])}.`);
  const definition: StepDefinition = {
    ...benchmark.build(),
    optimizer: { kind: 'adam', learningRate: 0.001 },
    batchSize: 64,
  };
  const times: Record<string, number> = {};
  let from = performance.now();
  const mark = (phase: string): void => {
    times[phase] = performance.now() - from;
    from = performance.now();
  };
  await loadRuntime();
  setChannelBlock(await findChannelBlock());
  mark('start');
  const { step, placed } = await traceAndPlace(definition);
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

void main();
