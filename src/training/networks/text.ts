import { initializers, layers } from '@tensorflow/tfjs-layers';
import { seedOf } from '../random';
import type { Block } from './encoder';
import { beforeRelu } from './initial';

const DIMENSIONS = 64;
const UNITS = 64;

/** A vector for each word, their mean, and a hidden layer. @param words size of the vocabulary, special ids included */
export function textBlocks(shape: readonly number[], words: number, seed: number): readonly Block[] {
  const embedding = layers.embedding({
    inputDim: words,
    outputDim: DIMENSIONS,
    inputLength: shape[0] ?? 1,
    // Means of many words are small: vectors of about unit length keep them in the range that layers learn from.
    embeddingsInitializer: initializers.randomNormal({
      mean: 0,
      stddev: 0.3,
      seed: seedOf('weights', 'words', seed),
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
