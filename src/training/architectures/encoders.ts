import { initializers, layers } from '@tensorflow/tfjs-layers';
import { seedFrom } from '../../common/random';
import { type InputPreprocessing, inputShape } from '../../data';

type Initializer = ReturnType<typeof initializers.heNormal>;

/** For layers before a ReLU (He et al. 2015): the same weights for the same seed and place. */
function beforeRelu(seed: number, place: string): Initializer {
  return initializers.heNormal({ seed: seedFrom('weights', place, seed) });
}

/** For layers whose outputs are read as they are (Glorot and Bengio 2010). */
export function beforeOutput(seed: number, place: string): Initializer {
  return initializers.glorotUniform({ seed: seedFrom('weights', place, seed) });
}

/** Filters of the blocks; each halves the sides of the picture. */
const IMAGE_FILTERS = [32, 64, 128];
/** A picture with a shorter side than this is not halved once more. */
const LEAST_SIDE = 6;
/**
 * From this side on, the first convolution halves the picture itself: on CIFAR-10 at 32 × 32 as accurate as a
 * convolution and a pooling, in three quarters of the time.
 */
const STRIDED_FROM = 24;
/** From this side on, it is halved once more before the second convolution, which would take too long otherwise. */
const TWICE_FROM = 56;

/** Convolutions with batch normalisation, each at half the size of the one before, then averaged over the picture. */
function imageBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const [height = 1, width = 1] = shape;
  const side = Math.min(height, width);
  const halvings = Math.max(0, Math.floor(Math.log2(side / LEAST_SIDE)) + 1);
  const filters = IMAGE_FILTERS.slice(0, Math.max(2, halvings + 1));
  return filters.map((count, i) => {
    const isLast = i === filters.length - 1;
    const isStrided = i === 0 && side >= STRIDED_FROM;
    return [
      ...(i === 0 && shape.length === 2 ? [layers.reshape({ targetShape: [height, width, 1] })] : []),
      ...convolution2d(
        count,
        isStrided ? { kernelSize: 5, strides: 2 } : { kernelSize: 3 },
        seed,
        `conv-${i}`,
      ),
      ...(!isLast && i < halvings && (!isStrided || side >= TWICE_FROM)
        ? [layers.maxPooling2d({ poolSize: 2 })]
        : []),
      ...(isLast ? [layers.globalAveragePooling2d({})] : []),
    ];
  });
}

function convolution2d(
  filters: number,
  size: { readonly kernelSize: number; readonly strides?: number },
  seed: number,
  place: string,
): Layer[] {
  return [
    layers.conv2d({
      filters,
      ...size,
      padding: 'same',
      useBias: false,
      kernelInitializer: beforeRelu(seed, place),
    }),
    layers.batchNormalization({ momentum: 0.9 }),
    layers.activation({ activation: 'relu' }),
  ];
}

const SEQUENCE_FILTERS = [64, 96, 128];
/** A sequence with fewer steps than this is not halved once more. */
const LEAST_STEPS = 8;

/** Convolutions along time with batch normalisation, halved by pooling, then averaged over time. */
function sequenceBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const [steps = 1] = shape;
  const halvings = Math.max(0, Math.floor(Math.log2(steps / LEAST_STEPS)) + 1);
  return SEQUENCE_FILTERS.map((filters, i) => [
    ...convolution1d(filters, seed, `conv-${i}`),
    ...(i < Math.min(halvings, SEQUENCE_FILTERS.length - 1) ? [layers.maxPooling1d({ poolSize: 2 })] : []),
    ...(i === SEQUENCE_FILTERS.length - 1 ? [layers.globalAveragePooling1d()] : []),
  ]);
}

function convolution1d(filters: number, seed: number, place: string): Layer[] {
  return [
    layers.conv1d({
      filters,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      kernelInitializer: beforeRelu(seed, place),
    }),
    layers.batchNormalization({ momentum: 0.9 }),
    layers.activation({ activation: 'relu' }),
  ];
}

const LEAST_UNITS = 32;
const MOST_UNITS = 256;

/** Two hidden layers, the first about twice as wide as the input, the second half of that. */
function tableBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const width = shape.reduce((product, axis) => product * axis, 1);
  const units = Math.min(MOST_UNITS, Math.max(LEAST_UNITS, 2 ** Math.ceil(Math.log2(2 * width))));
  const dense = (of: number, place: string): layers.Layer =>
    layers.dense({ units: of, activation: 'relu', kernelInitializer: beforeRelu(seed, place) });
  const flat = shape.length > 1 ? [layers.flatten()] : [];
  return [[...flat, dense(units, 'dense-1')], [dense(Math.max(LEAST_UNITS, units / 2), 'dense-2')]];
}

const DIMENSIONS = 64;
const UNITS = 64;

/** A vector for each word, their mean, and a hidden layer. @param words size of the vocabulary, special ids included */
function textBlocks(shape: readonly number[], words: number, seed: number): readonly Block[] {
  const embedding = layers.embedding({
    inputDim: words,
    outputDim: DIMENSIONS,
    inputLength: shape[0] ?? 1,
    // Means of many words are small: vectors of about unit length keep them in the range that layers learn from.
    embeddingsInitializer: initializers.randomNormal({
      mean: 0,
      stddev: 0.3,
      seed: seedFrom('weights', 'words', seed),
    }),
  });
  const hidden = layers.dense({
    units: UNITS,
    activation: 'relu',
    kernelInitializer: beforeRelu(seed, 'dense-1'),
  });
  return [
    [embedding],
    [layers.globalAveragePooling1d(), layers.batchNormalization({ momentum: 0.9 }), hidden],
  ];
}

export type Layer = layers.Layer;

/** Layers that are frozen and unfrozen together. */
type Block = readonly Layer[];

/**
 * What turns an input into features, whatever is predicted from them: a chain of layers, cut into blocks from the
 * input upwards. Models that are built from the same layers share their weights.
 */
export interface Encoder {
  /** The shape of one example's input. */
  readonly inputShape: readonly number[];
  /** Token ids are whole numbers, all else is 32-bit floats. */
  readonly inputType: 'float32' | 'int32';
  readonly blocks: readonly Block[];
}

/** A new encoder for a kind of input. Its size depends on the input alone: all arms and data sizes compare. */
export function createEncoder(input: InputPreprocessing, seed: number): Encoder {
  const shape = inputShape(input);
  return {
    inputShape: shape,
    inputType: input.kind === 'text' ? 'int32' : 'float32',
    blocks: blocksOf(input, shape, seed),
  };
}

function blocksOf(input: InputPreprocessing, shape: readonly number[], seed: number): readonly Block[] {
  switch (input.kind) {
    case 'columns':
    case 'checkpoint':
      return tableBlocks(shape, seed);
    case 'image':
      return imageBlocks(shape, seed);
    case 'audio':
      return sequenceBlocks(shape, seed);
    case 'text':
      return textBlocks(shape, input.vocabulary.length + 2, seed);
    case 'vector':
      return arrayBlocks(shape, seed);
  }
}

/** Arrays of two axes of like lengths are pictures, others are steps of a sequence. */
const MAX_ASPECT = 2;

function arrayBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const [height = 1, width = 1] = shape;
  if (shape.length === 1) return tableBlocks(shape, seed);
  if (shape.length === 3) return imageBlocks(shape, seed);
  if (shape.length > 3) return tableBlocks(shape, seed);
  const isPicture = Math.max(height, width) <= MAX_ASPECT * Math.min(height, width);
  return isPicture ? imageBlocks(shape, seed) : sequenceBlocks(shape, seed);
}
