import type { layers } from '@tensorflow/tfjs-layers';
import { inputShape, type InputPipeline } from '../../data';
import { imageBlocks } from './image';
import { sequenceBlocks } from './sequence';
import { tableBlocks } from './table';
import { textBlocks } from './text';

export type Layer = layers.Layer;

/** Layers that are frozen and unfrozen together. */
export type Block = readonly Layer[];

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
export function createEncoder(input: InputPipeline, seed: number): Encoder {
  const shape = inputShape(input);
  return {
    inputShape: shape,
    inputType: input.kind === 'text' ? 'int32' : 'float32',
    blocks: blocksOf(input, shape, seed),
  };
}

function blocksOf(input: InputPipeline, shape: readonly number[], seed: number): readonly Block[] {
  switch (input.kind) {
    case 'columns':
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
