import { channelBlock, reshape, transpose } from './layout';
import type { Geometry } from './convolution';
import { convolvedFilterGradient, convolvesFast } from './convolved-filter-gradient';
import { gemm } from './linear';
import { concat, pad, slice } from './rearrange';
import { mul } from './elementwise';
import { reduce } from './reduce';
import type { Value } from './value';

/** Bounds of the part of the padded input that one position of the kernel meets. */
interface Window {
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
  readonly steps: readonly [number, number];
}

/** The windows of all kernel positions, row by row. */
export function windows(g: Geometry): Window[] {
  const [rows, columns] = g.kernel;
  return Array.from({ length: rows * columns }, (_, i) => {
    const start = [Math.floor(i / columns) * g.dilations[0], (i % columns) * g.dilations[1]] as const;
    const end = [
      start[0] + (g.output[0] - 1) * g.strides[0] + 1,
      start[1] + (g.output[1] - 1) * g.strides[1] + 1,
    ] as const;
    return { start, end, steps: g.strides };
  });
}

/** The input with zeros around it, and cropped where no kernel position reaches. */
export function padded(x: Value, g: Geometry, axes: readonly [number, number], fill = 0): Value {
  const before = x.shape.map(() => 0);
  const after = x.shape.map(() => 0);
  axes.forEach((axis, i) => {
    before[axis] = g.pads[i] as number;
    after[axis] = g.pads[i + 2] as number;
  });
  return pad(x, before, after, fill);
}

/**
 * The gradient of a convolution with respect to its filter, as (height, width, in, out): a blocked convolution, or a
 * matrix product for each position of the kernel; with few input channels, one product of all positions at once.
 */
export function convolveFilterGradient(x: Value, dy: Value, g: Geometry): Value {
  if (convolvesFast(g)) return convolvedFilterGradient(x, [{ dy, geometry: g }]);
  const positions = g.batch * g.output[0] * g.output[1];
  const gradients = reshape(dy, [positions, g.channelsOut]);
  const few = g.channelsIn < Math.max(channelBlock(), FEW_CHANNELS);
  const product = few
    ? gemm(columns(x, g, positions), gradients)
    : concat(
        windows(g).map(window => gemm(rows(x, g, window, positions), gradients, { transposeA: true })),
        0,
      );
  return reshape(product, [...g.kernel, g.channelsIn, g.channelsOut]);
}

const FEW_CHANNELS = 8;

function rows(x: Value, g: Geometry, window: Window, positions: number): Value {
  const part = slice(padded(x, g, [1, 2]), window.start, window.end, [1, 2], window.steps);
  return reshape(part, [positions, g.channelsIn]);
}

/** One row for each kernel position and channel, one column for each output position. */
function columns(x: Value, g: Geometry, positions: number): Value {
  const channelsOutermost = padded(transpose(x, [3, 0, 1, 2]), g, [2, 3]);
  const parts = windows(g).map(window =>
    slice(channelsOutermost, window.start, window.end, [2, 3], window.steps),
  );
  return reshape(concat(parts, 0), [parts.length * g.channelsIn, positions]);
}

/** The filter gradient of a depthwise convolution: (height, width, channels, multiplier). */
export function depthwiseFilterGradient(x: Value, dy: Value, g: Geometry): Value {
  const multiplier = g.channelsOut / g.channelsIn;
  const positions = g.batch * g.output[0] * g.output[1];
  const gradients = reshape(dy, [positions, g.channelsIn, multiplier]);
  const taps = windows(g).map(window => {
    const part = reshape(rows(x, g, window, positions), [positions, g.channelsIn, 1]);
    return reduce('ReduceSum', mul(part, gradients), [0], true);
  });
  return reshape(concat(taps, 0), [...g.kernel, g.channelsIn, multiplier]);
}
