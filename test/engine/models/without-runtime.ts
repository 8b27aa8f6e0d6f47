/** A process in which no native library loads: what the engine says then, and what it does. */
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { compileStep, isEngineError, type StepDefinition } from '../../../src/engine';
import { randomChunk } from './data';

process.dlopen = () => {
  throw new Error('wrong ELF class');
};

const definition: StepDefinition = {
  model: sequential({ layers: [layers.dense({ units: 4, inputShape: [5], name: 'out' })] }),
  losses: { out: { kind: 'softmaxCrossEntropy' } },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 8,
};

async function main(): Promise<void> {
  try {
    await compileStep(definition);
  } catch (error) {
    if (isEngineError(error)) console.log(`${error.code}: ${error.message}`);
    else throw error;
  }
  const step = await compileStep(definition, { allowEager: true });
  const { losses } = await step.run(randomChunk(definition, 2, 1));
  console.log(`${step.executor}: loss ${losses[1]}`);
}

void main();
