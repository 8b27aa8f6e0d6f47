import {
  input as tfInput,
  layers,
  model,
  sequential,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { LossSpec, OptimizerSpec, StepDefinition } from '../../../src/engine';

/** One thing that a compiled step has to do as the eager step does. */
export interface Case {
  readonly name: string;
  readonly definition: () => StepDefinition;
}

const SGD: OptimizerSpec = { kind: 'sgd', learningRate: 0.05 };
const CLASSES: LossSpec = { kind: 'softmaxCrossEntropy' };
const { dense, conv1d, conv2d, flatten } = layers;

function network(body: readonly layers.Layer[], units = 4): LayersModel {
  return sequential({ layers: [...body, dense({ units, name: 'out' })] });
}

function layerCase(name: string, body: () => readonly layers.Layer[], optimizer = SGD): Case {
  return {
    name,
    definition: () => ({
      model: network(body()),
      losses: { out: CLASSES },
      optimizer,
      batchSize: 6,
      seed: 7,
    }),
  };
}

const image = { inputShape: [9, 8, 3] };
const wide = { inputShape: [4, 4, 16] };
const conv = { kernelSize: 3, filters: 5 };
const start = (): layers.Layer => conv2d({ ...conv, ...image, activation: 'tanh' });
const startWide = (): layers.Layer =>
  conv2d({ kernelSize: 3, filters: 16, padding: 'same', activation: 'relu', ...wide });

/** Whole numbers, of which a layer takes rows; an embedding that comes first would make them fractions. */
function embedded(words: number, columns: number, length: number): layers.Layer[] {
  return [
    layers.inputLayer({ inputShape: [length], dtype: 'int32' }),
    layers.embedding({ inputDim: words, outputDim: columns }),
  ];
}

export const layerCases: readonly Case[] = [
  layerCase('dense, relu', () => [dense({ units: 8, inputShape: [5], activation: 'relu' })]),
  layerCase('dense, tanh', () => [dense({ units: 8, inputShape: [5], activation: 'tanh' })]),
  layerCase('dense, sigmoid, L2 penalty', () => [
    dense({ units: 8, inputShape: [5], activation: 'sigmoid', kernelRegularizer: 'l1l2' }),
  ]),
  layerCase('dense, elu', () => [dense({ units: 8, inputShape: [5], activation: 'elu' })]),
  layerCase('leaky relu, prelu', () => [
    dense({ units: 8, inputShape: [5] }),
    layers.leakyReLU({}),
    layers.prelu({}),
  ]),
  layerCase('conv2d, valid', () => [
    conv2d({ ...conv, ...image, activation: 'relu' }),
    conv2d(conv),
    flatten(),
  ]),
  layerCase('conv2d, same', () => [start(), conv2d({ ...conv, padding: 'same' }), flatten()]),
  layerCase('conv2d, strides 2, valid', () => [start(), conv2d({ ...conv, strides: 2 }), flatten()]),
  layerCase('conv2d, strides 2, same', () => [
    start(),
    conv2d({ ...conv, strides: 2, padding: 'same' }),
    flatten(),
  ]),
  // TensorFlow.js itself has no gradient of a dilated convolution.
  layerCase('conv2d, dilation 2, frozen', () => [
    conv2d({ ...conv, ...image, dilationRate: 2, trainable: false }),
    flatten(),
  ]),
  layerCase('conv2d, blocked channels', () => [
    startWide(),
    conv2d({ kernelSize: 3, filters: 32, padding: 'same', activation: 'relu' }),
    conv2d({ kernelSize: 3, filters: 16 }),
    flatten(),
  ]),
  layerCase('conv2d, blocked channels, strides 2', () => [
    startWide(),
    conv2d({ kernelSize: 3, filters: 32, strides: 2, activation: 'relu' }),
    flatten(),
  ]),
  layerCase('conv1d, same, strides 2', () => [
    conv1d({ kernelSize: 3, filters: 6, inputShape: [12, 5], activation: 'relu' }),
    conv1d({ kernelSize: 5, filters: 4, strides: 2, padding: 'same' }),
    flatten(),
  ]),
  layerCase('depthwise conv2d', () => [
    start(),
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
    flatten(),
  ]),
  layerCase('separable conv2d, strides 2', () => [
    start(),
    layers.separableConv2d({ ...conv, strides: 2 }),
    flatten(),
  ]),
  layerCase('max pooling, tiles', () => [
    start(),
    conv2d({ kernelSize: 2, filters: 4 }),
    layers.maxPooling2d({ poolSize: [2, 1] }),
    flatten(),
  ]),
  layerCase('max pooling, blocked, relu', () => [
    startWide(),
    layers.maxPooling2d({ poolSize: 2 }),
    flatten(),
  ]),
  layerCase('max pooling, overlapping, same', () => [
    start(),
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    flatten(),
  ]),
  layerCase('average pooling, tiles', () => [
    startWide(),
    layers.averagePooling2d({ poolSize: 2 }),
    flatten(),
  ]),
  layerCase('average pooling, overlapping', () => [
    start(),
    layers.averagePooling2d({ poolSize: 3, strides: 2 }),
    flatten(),
  ]),
  layerCase('max pooling 1d', () => [
    conv1d({ kernelSize: 3, filters: 6, inputShape: [12, 5] }),
    layers.maxPooling1d({ poolSize: 2 }),
    flatten(),
  ]),
  layerCase('average pooling 1d, overlapping, same', () => [
    conv1d({ kernelSize: 3, filters: 6, inputShape: [12, 5] }),
    layers.averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' }),
    flatten(),
  ]),
  layerCase('global max pooling', () => [start(), layers.globalMaxPooling2d({})]),
  layerCase('global average pooling', () => [start(), layers.globalAveragePooling2d({})]),
  layerCase('average pooling, overlapping, same', () => [
    start(),
    layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    flatten(),
  ]),
  layerCase('global average pooling 1d', () => [
    conv1d({ kernelSize: 3, filters: 6, inputShape: [12, 5] }),
    layers.globalAveragePooling1d({}),
  ]),
  layerCase('batch normalisation of images', () => [
    start(),
    layers.batchNormalization({}),
    conv2d(conv),
    layers.batchNormalization({ scale: false }),
    flatten(),
  ]),
  layerCase('batch normalisation, blocked', () => [
    startWide(),
    layers.batchNormalization({}),
    layers.activation({ activation: 'relu' }),
    conv2d({ kernelSize: 3, filters: 16 }),
    layers.batchNormalization({ momentum: 0.9 }),
    flatten(),
  ]),
  layerCase('batch normalisation of sequences, blocked', () => [
    conv1d({ kernelSize: 3, filters: 16, padding: 'same', inputShape: [8, 16] }),
    layers.batchNormalization({}),
    layers.activation({ activation: 'relu' }),
    layers.maxPooling1d({ poolSize: 2 }),
    conv1d({ kernelSize: 3, filters: 16, padding: 'same', activation: 'relu' }),
    layers.globalAveragePooling1d({}),
  ]),
  layerCase('batch normalisation of vectors', () => [
    dense({ units: 8, inputShape: [5] }),
    layers.batchNormalization({ center: false }),
  ]),
  layerCase('layer normalisation', () => [
    dense({ units: 8, inputShape: [5] }),
    layers.layerNormalization({}),
  ]),
  layerCase('dropout', () => [
    dense({ units: 32, inputShape: [5], activation: 'relu' }),
    layers.dropout({ rate: 0.4 }),
  ]),
  layerCase('spatial dropout', () => [
    conv1d({ kernelSize: 3, filters: 6, inputShape: [12, 5] }),
    layers.spatialDropout1d({ rate: 0.3 }),
    flatten(),
  ]),
  layerCase('gaussian noise and dropout', () => [
    dense({ units: 8, inputShape: [5] }),
    layers.gaussianNoise({ stddev: 0.1 }),
    layers.gaussianDropout({ rate: 0.2 }),
  ]),
  layerCase('embedding', () => [...embedded(9, 6, 5), flatten()]),
  // Enough words for updates outside of the graph, which sum the rows of a gradient themselves.
  ...[32, 30].map(outputDim =>
    layerCase(`large embedding, ${outputDim} columns`, () => [...embedded(1100, outputDim, 2), flatten()]),
  ),
  layerCase(
    'mean of a large embedding',
    () => [...embedded(1100, 32, 2), layers.globalAveragePooling1d({})],
    { kind: 'adam', learningRate: 0.01 },
  ),
  layerCase('zero padding, cropping, repeat, permute', () => [
    layers.zeroPadding2d({ ...image, padding: 1 }),
    layers.cropping2D({
      cropping: [
        [1, 0],
        [0, 2],
      ],
    }),
    conv2d(conv),
    layers.permute({ dims: [3, 1, 2] }),
    flatten(),
  ]),
  layerCase('time distributed', () => [
    layers.timeDistributed({ layer: dense({ units: 3 }), inputShape: [4, 5] }),
    flatten(),
  ]),
  layerCase('simple recurrent network', () => [
    layers.simpleRNN({ units: 6, inputShape: [4, 5], recurrentInitializer: 'glorotUniform' }),
  ]),
  layerCase('frozen layer', () => [
    dense({ units: 8, inputShape: [5], activation: 'relu', trainable: false }),
    dense({ units: 6, activation: 'relu' }),
  ]),
];

/** A network with a second head. The sizes of the heads are unlike those of anything else in it. */
function twoHeads(units: number): LayersModel {
  const input = tfInput({ shape: [5] });
  const body = dense({ units, activation: 'relu' }).apply(input) as SymbolicTensor;
  const outputs = ['out', 'idle'].map(name => dense({ units: 3, name }).apply(body) as SymbolicTensor);
  return model({ inputs: input, outputs });
}

/** One of its heads has no loss; the optimizers would move a weight even by a gradient of zero. */
export const headCases: readonly Case[] = [8, 6000].flatMap(units =>
  [SGD, { kind: 'adamw', learningRate: 0.01, weightDecay: 0.1, clipNorm: 1 } as const].map(optimizer => ({
    name: `an output without a loss beside ${units} units, ${optimizer.kind}`,
    definition: () => ({
      model: twoHeads(units),
      losses: { out: CLASSES },
      optimizer,
      batchSize: 6,
    }),
  })),
);

const plain = (): LayersModel => network([dense({ units: 8, inputShape: [5], activation: 'relu' })], 3);

function lossCase(name: string, spec: LossSpec): Case {
  return {
    name,
    definition: () => ({
      model: plain(),
      losses: { out: spec },
      optimizer: SGD,
      batchSize: 6,
      metrics: { out: [spec.kind === 'meanSquaredError' ? 'meanAbsoluteError' : 'accuracy'] },
    }),
  };
}

export const lossCases: readonly Case[] = [
  lossCase('softmax cross-entropy, classes', CLASSES),
  lossCase('softmax cross-entropy, probabilities', { ...CLASSES, targets: 'probabilities' }),
  lossCase('softmax cross-entropy, masked', { ...CLASSES, mask: 'example', weight: 0.3 }),
  lossCase('sigmoid cross-entropy', { kind: 'sigmoidCrossEntropy' }),
  lossCase('sigmoid cross-entropy, masked by element', { kind: 'sigmoidCrossEntropy', mask: 'element' }),
  lossCase('sigmoid cross-entropy, masked by example', { kind: 'sigmoidCrossEntropy', mask: 'example' }),
  lossCase('mean squared error', { kind: 'meanSquaredError' }),
  lossCase('mean squared error, masked', { kind: 'meanSquaredError', mask: 'example' }),
];

/** A class for each of five positions, or none for the example; of an example alone too, where mean and sum differ. */
export const sequenceCases: readonly Case[] = (['example', 'element'] as const).flatMap(mask =>
  [6, 1].map(batchSize => ({
    name: `softmax cross-entropy of sequences, masked by ${mask}, ${batchSize} at a time`,
    definition: () => ({
      model: network([conv1d({ kernelSize: 3, filters: 6, padding: 'same', inputShape: [5, 4] })], 3),
      losses: { out: { ...CLASSES, mask } },
      optimizer: SGD,
      metrics: { out: ['accuracy'] },
      batchSize,
    }),
  })),
);

const OPTIMIZERS: readonly (readonly [string, OptimizerSpec])[] = [
  ['SGD', SGD],
  ['momentum', { kind: 'momentum', learningRate: 0.02, momentum: 0.9 }],
  ['Nesterov momentum', { kind: 'momentum', learningRate: 0.02, momentum: 0.9, nesterov: true }],
  ['RMSProp', { kind: 'rmsprop', learningRate: 0.005, momentum: 0.5 }],
  ['Adam', { kind: 'adam', learningRate: 0.01 }],
  ['AdamW', { kind: 'adamw', learningRate: 0.01, weightDecay: 0.1 }],
  ['clipped norm', { ...SGD, clipNorm: 0.2 }],
  ['clipped elements', { ...SGD, clipValue: 0.01 }],
  ['learning-rate schedule', { ...SGD, learningRate: step => 0.1 / (1 + step) }],
];

function optimizerCases(model: () => LayersModel): readonly Case[] {
  return OPTIMIZERS.map(([name, optimizer]) => ({
    name,
    definition: () => ({ model: model(), losses: { out: CLASSES }, optimizer, batchSize: 6, seed: 7 }),
  }));
}

/** Enough parameters to be updated outside of the graph, and all that a step carries or draws besides. */
const large = (): LayersModel =>
  network(
    [
      // No bias before the normalisation: its gradient is nothing but rounding, which Adam makes a step of.
      dense({ units: 203, inputShape: [163], useBias: false }),
      layers.batchNormalization(),
      layers.dropout({ rate: 0.2 }),
      dense({ units: 7, activation: 'tanh', trainable: false }),
    ],
    3,
  );

export const optimizersInGraph = optimizerCases(plain);
export const optimizersInPlace = optimizerCases(large).map(({ name, definition }) => ({
  name,
  definition: () => damped(definition()),
}));

/**
 * With an epsilon that keeps Adam from making a step of a gradient that is nothing but rounding, of which there is always
 * one among so many (docs/engine.md); with its own it is compared where there are few parameters, and in the networks.
 */
function damped(definition: StepDefinition): StepDefinition {
  const { optimizer } = definition;
  if (optimizer.kind !== 'adam' && optimizer.kind !== 'adamw') return definition;
  return { ...definition, optimizer: { ...optimizer, epsilon: 1e-4 } };
}
