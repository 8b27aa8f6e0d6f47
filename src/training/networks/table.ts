import { layers } from '@tensorflow/tfjs-layers';
import type { Block } from './encoder';
import { beforeRelu } from './initial';

const LEAST_UNITS = 32;
const MOST_UNITS = 256;

/** Two hidden layers, the first about twice as wide as the input, the second half of that. */
export function tableBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const width = shape.reduce((product, axis) => product * axis, 1);
  const units = Math.min(MOST_UNITS, Math.max(LEAST_UNITS, 2 ** Math.ceil(Math.log2(2 * width))));
  const dense = (of: number, place: string): layers.Layer =>
    layers.dense({ units: of, activation: 'relu', kernelInitializer: beforeRelu(seed, place) });
  const flat = shape.length > 1 ? [layers.flatten()] : [];
  return [[...flat, dense(units, 'dense-1')], [dense(Math.max(LEAST_UNITS, units / 2), 'dense-2')]];
}
