/** Trains for some steps, with `hide` where no native library loads, and prints on what, and what the losses were. */
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { compileStep, type StepDefinition } from '../../../src/engine';
import { runtimeKind } from '../../../src/engine/runtime/onnxruntime';
import { randomChunk } from './data';

if (process.argv[2] === 'hide')
  process.dlopen = () => {
    throw new Error('wrong ELF class');
  };

const kernelInitializer = initializers.glorotUniform({ seed: 3 });
const definition: StepDefinition = {
  model: sequential({
    layers: [
      layers.conv2d({
        ...{ filters: 16, kernelSize: 3, inputShape: [12, 12, 3], kernelInitializer, activation: 'relu' },
      }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 4, kernelInitializer, name: 'out' }),
    ],
  }),
  losses: { out: { kind: 'softmaxCrossEntropy' } },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 8,
};

async function main(): Promise<void> {
  const step = await compileStep(definition);
  const { losses } = await step.run(randomChunk(definition, 20, 1));
  const { loss } = await step.evaluate(randomChunk(definition, 1, 1));
  await step.dispose();
  console.log(JSON.stringify({ kind: await runtimeKind(), losses: [...losses, loss] }));
}

void main();
