import { layers } from '@tensorflow/tfjs-layers';
import type { Block, Layer } from './encoder';
import { beforeRelu } from './initial';

/** Filters of the blocks; each halves the sides of the picture. */
const FILTERS = [32, 64, 128];
/** A picture with a shorter side than this is not halved once more. */
const LEAST_SIDE = 6;

/** Convolutions with batch normalisation, halved by pooling, then averaged over the picture. */
export function imageBlocks(shape: readonly number[], seed: number): readonly Block[] {
  const [height = 1, width = 1] = shape;
  const halvings = Math.max(0, Math.floor(Math.log2(Math.min(height, width) / LEAST_SIDE)) + 1);
  const filters = FILTERS.slice(0, Math.max(2, Math.min(FILTERS.length, halvings + 1)));
  return filters.map((count, i) => [
    ...(i === 0 && shape.length === 2 ? [layers.reshape({ targetShape: [height, width, 1] })] : []),
    ...convolution(count, seed, `conv-${i}`),
    ...(i < Math.min(halvings, filters.length - 1) ? [layers.maxPooling2d({ poolSize: 2 })] : []),
    ...(i === filters.length - 1 ? [layers.globalAveragePooling2d({})] : []),
  ]);
}

function convolution(filters: number, seed: number, place: string): Layer[] {
  return [
    layers.conv2d({
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
