import type { WindowOffset } from './blocked-max-pool-gradient';
import type { Geometry } from './convolution';
import { mul, sub } from './elementwise';
import { gemm } from './matrix-product';
import { type Value, singleOutput, sizeOf } from './nodes-and-values';
import { reduce } from './reduction';
import { concat, pad, slice } from './slicing-and-joining';
import {
  BLOCKED_DOMAIN,
  channelBlock,
  fromBlocked,
  reshape,
  toBlocked,
  transpose,
  viewOf,
} from './tensor-layout';

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
  if (isBlockedFilterGradientFaster(g)) return blockedFilterGradient(x, [{ dy, geometry: g }]);
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

/**
 * The gradient of a convolution's filter, as a blocked convolution itself: of the input, with the output's gradient
 * as filter, each with examples in the place of channels. Its result has as many positions as the kernel has.
 */

/** Below it, the registers of a blocked kernel stay too empty. */
const FEWEST_CHANNELS = 8;

/** Whether the examples can take the place of channels. */
export function canConvolveFilterGradient(g: Geometry): boolean {
  const block = channelBlock();
  const onePosition = g.kernel[0] * g.kernel[1] === 1;
  return block > 1 && g.batch % block === 0 && g.channelsOut % block === 0 && !onePosition;
}

/** Whether the gradient is faster that way, though both operands have to be rearranged. */
function isBlockedFilterGradientFaster(g: Geometry): boolean {
  return canConvolveFilterGradient(g) && g.channelsIn >= FEWEST_CHANNELS;
}

/** A gradient of the output, or of those of its positions that `geometry` describes as an output of their own. */
export interface OutputGradient {
  readonly dy: Value;
  readonly geometry: Geometry;
  /** Positions of which the same gradient is taken away. */
  readonly less?: Geometry;
}

/** (height, width, in, out), from NHWC operands: summed over the gradients. */
export function blockedFilterGradient(x: Value, gradients: readonly OutputGradient[]): Value {
  let sum: Value | undefined;
  for (const { dy, geometry, less } of gradients) {
    const batch = geometry.batch / partsOf(geometry);
    for (let from = 0; from < geometry.batch; from += batch) {
      const [image, part] = [x, dy].map(value => examplesOf(value, from, from + batch)) as [Value, Value];
      const read = examplesAsChannels(image, { ...geometry, batch });
      const source = less ? sub(read, examplesAsChannels(image, { ...less, batch })) : read;
      sum = convolved(source, part, { ...geometry, batch }, sum);
    }
  }
  return transpose(fromBlocked(sum as Value), [1, 2, 0, 3]);
}

/** The geometry of every second row or column (or both) of the output, from `offset` on. */
export function phaseGeometry(g: Geometry, pooling: Geometry, offset: WindowOffset): Geometry {
  const [top, left, bottom, right] = g.pads;
  const pads = [top - offset[0] * g.strides[0], left - offset[1] * g.strides[1], bottom, right] as const;
  const strides = [g.strides[0] * pooling.strides[0], g.strides[1] * pooling.strides[1]] as const;
  return { ...g, strides, pads, output: pooling.output };
}

/** What the second cache of most processors holds beside other things. Every channel's convolution reads all of `dy`. */
const WHOLE = 2 ** 19;
const PART = 2 ** 18;

/** How many equal parts of the batch are convolved one after the other, so that a part of `dy` stays in the cache. */
function partsOf(g: Geometry): number {
  const [block, perExample] = [channelBlock(), g.channelsOut * sizeOf(g.output)];
  if (g.batch * perExample <= WHOLE) return 1;
  const blocks = g.batch / block;
  for (let parts = 2; parts < blocks; parts++) {
    if (blocks % parts === 0 && (g.batch / parts) * perExample <= PART) return parts;
  }
  return blocks;
}

function examplesOf(value: Value, from: number, to: number): Value {
  const { raw, blocked } = rawOf(value);
  const part = slice(raw, [from], [to]);
  return blocked ? fromBlocked(part) : part;
}

function convolved(source: Value, dy: Value, g: Geometry, sum: Value | undefined): Value {
  const attributes = {
    kernel_shape: g.output,
    strides: g.dilations,
    dilations: g.strides,
    pads: [0, 0, 0, 0],
  };
  const inputs = [source, examplesAsFilterChannels(dy, g)];
  const shape = [g.channelsIn, g.channelsOut, ...g.kernel];
  return singleOutput('Conv', sum ? [...inputs, undefined, sum] : inputs, attributes, shape, dy.type, {
    domain: BLOCKED_DOMAIN,
  });
}

/** (channels, examples in blocks, height, width), with the margin that the kernel reaches. */
function examplesAsChannels(x: Value, g: Geometry): Value {
  const block = channelBlock();
  const [blocks, size] = [g.batch / block, sizeOf(x.shape) / g.batch];
  const { raw, blocked } = rawOf(x);
  // To this reordering the examples are channels, and all of an example is one row of positions.
  const shape = [1, g.batch, 1, size];
  const reordered = singleOutput('ReorderInput', [reshape(raw, shape)], {}, shape, x.type, {
    domain: BLOCKED_DOMAIN,
  });
  const moved = blocked
    ? transpose(
        reshape(reordered, [blocks, g.channelsIn / block, ...g.input, block, block]),
        [1, 4, 0, 2, 3, 5],
      )
    : transpose(reshape(reordered, [blocks, ...g.input, g.channelsIn, block]), [3, 0, 1, 2, 4]);
  const reach = [0, 1].map(i => span(g, i)) as [number, number];
  const [top, left] = g.pads;
  const after = reach.map((length, i) => length - (g.input[i] as number) - (g.pads[i] as number));
  const whole = reshape(moved, [g.channelsIn, blocks, ...g.input, block]);
  return reshape(pad(whole, [0, 0, top, left, 0], [0, 0, ...after, 0]), [g.channelsIn, g.batch, ...reach]);
}

/** How many positions of the padded input a kernel meets along an axis. */
function span(g: Geometry, axis: number): number {
  const [kernel, dilation] = [g.kernel[axis] as number, g.dilations[axis] as number];
  const [output, stride] = [g.output[axis] as number, g.strides[axis] as number];
  return (kernel - 1) * dilation + (output - 1) * stride + 1;
}

/** A filter with the output channels and the examples in blocks. */
function examplesAsFilterChannels(dy: Value, g: Geometry): Value {
  const block = channelBlock();
  const [blocks, filters, positions] = [g.batch / block, g.channelsOut / block, sizeOf(g.output)];
  const { raw, blocked } = rawOf(dy);
  const filter = blocked
    ? transpose(reshape(raw, [blocks, block, filters, positions, block]), [2, 0, 3, 1, 4])
    : transpose(reshape(raw, [blocks, block, positions, filters, block]), [3, 0, 2, 1, 4]);
  return reshape(filter, [g.channelsOut, g.batch, ...g.output]);
}

function rawOf(value: Value): { readonly raw: Value; readonly blocked: boolean } {
  const blocked = viewOf(value)?.key === 'blocked';
  return { raw: blocked ? toBlocked(value) : value, blocked };
}
