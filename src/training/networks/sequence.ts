import { layers } from '@tensorflow/tfjs-layers';
import type { Block, Layer } from './encoder';
import { beforeRelu } from './initial';

const FILTERS = [64, 96, 128];
/** A sequence with fewer steps than this is not halved once more. */
const LEAST_STEPS = 8;

/** Convolutions along time with batch normalisation, halved by pooling, then averaged over time. */
export function sequenceBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const [steps = 1] = shape;
  const halvings = Math.max(0, Math.floor(Math.log2(steps / LEAST_STEPS)) + 1);
  return FILTERS.map((filters, i) => [
    ...convolution(filters, seed, `conv-${i}`),
    ...(i < Math.min(halvings, FILTERS.length - 1) ? [layers.maxPooling1d({ poolSize: 2 })] : []),
    ...(i === FILTERS.length - 1 ? [layers.globalAveragePooling1d()] : []),
  ]);
}

function convolution(filters: number, seed: number, place: string): Layer[] {
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
