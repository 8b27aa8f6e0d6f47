import {
  input,
  layers,
  model,
  sequential,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { LossSpec, StepDefinition } from '../../src/engine';

/** A network of the benchmark, also used by the proofs. */
export interface BenchmarkModel {
  readonly name: string;
  /** Class numbers and word numbers of random batches stay below this. */
  readonly classes: number;
  /** Floating-point operations of one step of 64 examples, in millions: three times the forward pass's. */
  readonly megaflops: number;
  readonly build: () => Pick<StepDefinition, 'model' | 'losses'>;
}

const CLASSES: LossSpec = { kind: 'softmaxCrossEntropy' };
const { dense, conv1d, conv2d, maxPooling1d, maxPooling2d, batchNormalization, activation, flatten } = layers;

function classifier(network: LayersModel): Pick<StepDefinition, 'model' | 'losses'> {
  return { model: network, losses: { out: CLASSES } };
}

function mlp(sizes: readonly number[]): LayersModel {
  const [first, ...rest] = sizes as [number, ...number[]];
  const last = rest.length - 1;
  return sequential({
    layers: rest.map((units, i) =>
      dense({
        units,
        ...(i === 0 ? { inputShape: [first] } : {}),
        ...(i < last ? { activation: 'relu' as const } : { name: 'out' }),
      }),
    ),
  });
}

function cnn(): LayersModel {
  const conv = { kernelSize: 3, padding: 'same', activation: 'relu' } as const;
  return sequential({
    layers: [
      conv2d({ ...conv, filters: 16, inputShape: [28, 28, 1] }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ ...conv, filters: 32 }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 10, name: 'out' }),
    ],
  });
}

function normalisedCnn(): LayersModel {
  const block = (filters: number, first = {}): layers.Layer[] => [
    // Normalisation takes the mean away, so a bias before it would have no gradient.
    conv2d({ kernelSize: 3, padding: 'same', filters, useBias: false, ...first }),
    batchNormalization({}),
    activation({ activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
  ];
  return sequential({
    layers: [
      ...block(16, { inputShape: [32, 32, 3] }),
      ...block(32),
      ...block(64),
      flatten(),
      dense({ units: 10, name: 'out' }),
    ],
  });
}

function audio(): LayersModel {
  const conv = { kernelSize: 5, padding: 'same', activation: 'relu' } as const;
  return sequential({
    layers: [
      conv1d({ ...conv, filters: 32, inputShape: [40, 32] }),
      maxPooling1d({ poolSize: 2 }),
      conv1d({ ...conv, filters: 64 }),
      layers.globalAveragePooling1d({}),
      dense({ units: 10, name: 'out' }),
    ],
  });
}

/** The text model for a vocabulary of `words`. */
export function text(words: number): LayersModel {
  return sequential({
    layers: [
      layers.inputLayer({ inputShape: [64], dtype: 'int32' }),
      layers.embedding({ inputDim: words, outputDim: 64 }),
      layers.globalAveragePooling1d({}),
      dense({ units: 10, name: 'out' }),
    ],
  });
}

function manyHeads(): Pick<StepDefinition, 'model' | 'losses'> {
  const [left, right] = [input({ shape: [16], name: 'left' }), input({ shape: [8], name: 'right' })];
  const hidden = (units: number, x: SymbolicTensor): SymbolicTensor =>
    dense({ units, activation: 'relu' }).apply(x) as SymbolicTensor;
  const both = layers.concatenate().apply([hidden(32, left), hidden(32, right)]) as SymbolicTensor;
  const shared = hidden(32, both);
  const head = (name: string, units: number): SymbolicTensor =>
    dense({ units, name }).apply(shared) as SymbolicTensor;
  return {
    model: model({ inputs: [left, right], outputs: [head('kind', 4), head('flags', 3), head('size', 1)] }),
    losses: {
      kind: { kind: 'softmaxCrossEntropy', mask: 'example' },
      flags: { kind: 'sigmoidCrossEntropy', mask: 'element' },
      size: { kind: 'meanSquaredError', mask: 'example', weight: 0.5 },
    },
  };
}

/** Three passes (forward, two gradients), two operations per multiplication, 64 examples, in millions. */
const step = (multiplications: number): number => (multiplications * 64 * 6) / 1e6;

export const benchmarkModels: readonly BenchmarkModel[] = [
  {
    name: 'mlp-16-32-32-4',
    classes: 4,
    megaflops: step(16 * 32 + 32 * 32 + 32 * 4),
    build: () => classifier(mlp([16, 32, 32, 4])),
  },
  {
    name: 'mlp-784-256-128-10',
    classes: 10,
    megaflops: step(784 * 256 * (2 / 3) + 256 * 128 + 1280),
    build: () => classifier(mlp([784, 256, 128, 10])),
  },
  {
    name: 'cnn-28x28',
    classes: 10,
    megaflops: step((9 * 16 * 784 * 2) / 3 + 9 * 16 * 32 * 196 + 15680),
    build: () => classifier(cnn()),
  },
  {
    name: 'cnn-bn-32x32x3',
    classes: 10,
    megaflops: step((27 * 16 * 1024 * 2) / 3 + 9 * 16 * 32 * 256 + 9 * 32 * 64 * 64 + 10240),
    build: () => classifier(normalisedCnn()),
  },
  {
    name: 'cnn1d-40x32',
    classes: 10,
    megaflops: step((5 * 32 * 32 * 40 * 2) / 3 + 5 * 32 * 64 * 20 + 640),
    build: () => classifier(audio()),
  },
  { name: 'text-5000x64', classes: 10, megaflops: step(640), build: () => classifier(text(5000)) },
  {
    name: 'multi-head-masked',
    classes: 4,
    megaflops: step(16 * 32 + 8 * 32 + 64 * 32 + 32 * 8),
    build: manyHeads,
  },
];
