/**
 * The gradient of max pooling over windows of two, in blocks: blocked kernels compare neighbours while they read
 * the image, so no position of the windows has to be cut out first.
 */
import type { Geometry } from './convolution';
import { cast, logical, mul, STEEP, sub } from './elementwise';
import { BLOCKED_DOMAIN, channelBlock, reshape } from './layout';
import { concat } from './rearrange';
import { constant, single, sizeOf, type Value } from './value';

/** Whether a pooling's windows are pairs, or squares of two pairs; that they tile the input is the caller's to know. */
export function isPaired({ kernel: [rows, columns] }: Geometry): boolean {
  return rows <= 2 && columns <= 2 && rows * columns > 1;
}

/**
 * Blocked in, blocked out. Each window's gradient goes to its first maximum, row by row: to the upper row where
 * that holds the maximum, and within a row to the left where the right is not greater.
 */
export function pairedMaxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  const [n, channels, , width] = dy.shape as [number, number, number, number];
  const [kh, kw] = g.kernel;
  const rows = kh === 1 ? dy : dealt(dy, upperHolds(x, y, g), width * channelBlock());
  const columns = kw === 1 ? rows : dealt(rows, leftHolds(x, g), channelBlock());
  return reshape(columns, [n, channels, ...g.input]);
}

/** Every run of elements followed by one like it: the gradient goes to the first where the mask is 1, else to the second. */
function dealt(gradient: Value, first: Value, run: number): Value {
  const taken = mul(reshape(gradient, first.shape), first);
  const left = sub(reshape(gradient, first.shape), taken);
  const shape = [sizeOf(first.shape) / run, 1, run];
  return concat([reshape(taken, shape), reshape(left, shape)], 1);
}

/** 1 for each window whose upper row holds the maximum. */
function upperHolds(x: Value, y: Value, g: Geometry): Value {
  const columns = g.kernel[1];
  const attributes = {
    kernel_shape: [1, columns],
    strides: [2, columns],
    dilations: [1, 1],
    pads: [0, 0, 0, 0],
  };
  const upper = single('MaxPool', [x], attributes, y.shape, x.type, { domain: BLOCKED_DOMAIN });
  return cast(logical('Equal', upper, y), 'float32');
}

/** 1 for each pair of neighbours in a row of which the left is not the smaller one. */
function leftHolds(x: Value, g: Geometry): Value {
  const [n, channels, height, width] = x.shape as [number, number, number, number];
  const block = channelBlock();
  const difference = Float32Array.from({ length: 2 * channels }, (_, i) =>
    i % (2 * block) < block ? 1 : -1,
  );
  const attributes = {
    kernel_shape: [1, 2],
    strides: [1, 2],
    dilations: [1, 1],
    pads: [0, 0, 0, 0],
    group: g.channelsIn,
    activation: 'HardSigmoid',
    activation_params: { floats: [STEEP, 1] },
  };
  const filter = constant(difference, [channels, 1, 1, 2], 'float32');
  return single('Conv', [x, filter], attributes, [n, channels, height, width / 2], x.type, {
    domain: BLOCKED_DOMAIN,
  });
}
