import {
  avgPool,
  AvgPoolGrad,
  backend_util,
  customGrad,
  engine,
  expandDims,
  mul,
  squeeze,
  tensor,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** What is used of an average-pooling layer of TensorFlow.js. */
interface AveragePoolingLayer {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: string;
  readonly dataFormat: string;
}

type Pair = [number, number];

/**
 * Average pooling with padding `same`, with its true gradient. TensorFlow.js averages over what a window sees of the
 * input, and in the gradient divides by the whole window, so that borders learn too little. Other pooling is left to the
 * layer (`undefined`).
 */
export function averagePooling(x: Tensor, settings: object): Tensor | undefined {
  const { poolSize, strides, padding, dataFormat } = settings as AveragePoolingLayer;
  if (padding !== 'same' || dataFormat === 'channelsFirst') return undefined;
  if (x.rank === 4) return pooled(x, [...poolSize] as Pair, [...strides] as Pair);
  return squeeze(pooled(expandDims(x, 2), [poolSize[0] as number, 1], [strides[0] as number, 1]), [2]);
}

function pooled(x: Tensor, filterSize: Pair, strides: Pair): Tensor {
  const pool = customGrad((given, save) => {
    const input = given as Tensor4D;
    (save as (tensors: Tensor[]) => void)([input]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
      engine().runKernel(
        AvgPoolGrad,
        { dy: mul(dy, shares(input.shape, filterSize, strides)), input: saved[0] as Tensor },
        { filterSize, strides, pad: 'same' },
      );
    return { value: avgPool(input, filterSize, strides, 'same'), gradFunc };
  });
  return pool(x);
}

/** For each window, its size by how much it sees of the input. */
function shares(shape: Tensor4D['shape'], size: Pair, strides: Pair): Tensor {
  const { padInfo, outHeight, outWidth } = backend_util.computePool2DInfo(shape, size, strides, 1, 'same');
  const along = (axis: 0 | 1, count: number, before: number): number[] =>
    Array.from({ length: count }, (_, i) => {
      const start = i * strides[axis] - before;
      const end = Math.min(start + size[axis], shape[axis + 1] as number);
      return size[axis] / (end - Math.max(start, 0));
    });
  const columns = along(1, outWidth, padInfo.left);
  const rows = along(0, outHeight, padInfo.top);
  return tensor(
    rows.flatMap(row => columns.map(column => row * column)),
    [1, outHeight, outWidth, 1],
  );
}
