/**
 * The gradient of max pooling over windows of two, in blocks: blocked kernels compare neighbours while they read
 * the image, so no position of the windows has to be cut out first.
 */
import type { Geometry } from './convolution';
import { STEP_SLOPE, cast, logical, mul, sub } from './elementwise';
import { type Value, constant, singleOutput, sizeOf } from './nodes-and-values';
import { concat, slice } from './slicing-and-joining';
import { BLOCKED_DOMAIN, channelBlock, reshape } from './tensor-layout';

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
  const rows = kh === 1 ? dy : alternating(splitByMask(dy, upperHolds(x, y, g)), width * channelBlock());
  const columns = kw === 1 ? rows : alternating(splitByMask(rows, leftHolds(x, g)), channelBlock());
  return reshape(columns, [n, channels, ...g.input]);
}

/** A position of the windows. */
export type WindowOffset = readonly [number, number];

/** A part of a gradient, of the pooled size: it counts at one position of all windows, and negatively at another. */
export interface GradientPhase {
  readonly gradient: Value;
  readonly at: WindowOffset;
  readonly less?: WindowOffset;
}

/**
 * The same in phases, for what sums over positions and does not care how they are arranged. What is left of a
 * gradient where a mask is 0 need not be computed: all of it counts there, less what went elsewhere.
 */
export function pairedMaxPoolPhases(x: Value, y: Value, dy: Value, g: Geometry): GradientPhase[] {
  const [kh, kw] = g.kernel;
  const [right, bottom] = [kw - 1, kh - 1];
  const rows = kh === 1 ? [dy] : splitByMask(dy, upperHolds(x, y, g));
  const all: GradientPhase = { gradient: dy, at: [bottom, right] };
  const upper: GradientPhase[] =
    kh === 1 ? [] : [{ gradient: rows[0] as Value, at: [0, right], less: [1, right] }];
  if (kw === 1) return [all, ...upper];
  const left = leftHolds(x, g);
  const run = (dy.shape[3] as number) * channelBlock();
  const lefts = rows.map((row, i): GradientPhase => {
    const mask = reshape(everyOther(left, run, i, kh), dy.shape);
    return { gradient: mul(row, mask), at: [i, 0], less: [i, right] };
  });
  return [all, ...upper, ...lefts];
}

/** The gradient where the mask is 1, and where it is 0. */
function splitByMask(gradient: Value, first: Value): [Value, Value] {
  const given = reshape(gradient, first.shape);
  const taken = mul(given, first);
  return [taken, sub(given, taken)];
}

/** A run of elements of the one, a run of the other, and so on. */
function alternating([first, second]: readonly [Value, Value], run: number): Value {
  const shape = [sizeOf(first.shape) / run, 1, run];
  return concat([reshape(first, shape), reshape(second, shape)], 1);
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
  const upper = singleOutput('MaxPool', [x], attributes, y.shape, x.type, { domain: BLOCKED_DOMAIN });
  return cast(logical('Equal', upper, y), 'float32');
}

/** One of every `step` runs of elements. */
function everyOther(value: Value, run: number, from: number, step: number): Value {
  return slice(reshape(value, [sizeOf(value.shape) / run / step, step, run]), [from], [from + 1], [1]);
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
    activation_params: { floats: [STEP_SLOPE, 1] },
  };
  const filter = constant(difference, [channels, 1, 1, 2], 'float32');
  return singleOutput('Conv', [x, filter], attributes, [n, channels, height, width / 2], x.type, {
    domain: BLOCKED_DOMAIN,
  });
}
