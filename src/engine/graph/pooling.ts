import {
  type GradientPhase,
  isPaired,
  pairedMaxPoolGradient,
  pairedMaxPoolPhases,
} from './blocked-max-pool-gradient';
import type { Geometry } from './convolution';
import { STEP_SLOPE, add, cast, elementwise, logical, mul, not, unary, where } from './elementwise';
import { padded, windows } from './filter-gradient';
import { type Attributes, type Value, filled, scalar, singleOutput, vector } from './nodes-and-values';
import { concat, pad, slice } from './slicing-and-joining';
import {
  BLOCKED_DOMAIN,
  channelBlock,
  channelsFirst,
  channelsLast,
  fromBlocked,
  imageBehind,
  reshape,
  toBlocked,
  viewOf,
} from './tensor-layout';

function attributesOf(g: Geometry): Attributes {
  return { kernel_shape: g.kernel, strides: g.strides, dilations: g.dilations, pads: g.pads };
}

/** Pools NHWC input in the layout it was computed in. */
export function pool(op: 'MaxPool' | 'AveragePool', x: Value, g: Geometry): Value {
  const shape = [g.batch, g.channelsOut, ...g.output];
  const blocked = viewOf(x)?.key === 'blocked';
  // AveragePool only knows dilations from a later operator set; TensorFlow.js never asks for them there.
  const { dilations, ...rest } = attributesOf(g);
  const attributes = op === 'MaxPool' ? { ...rest, dilations: dilations as readonly number[] } : rest;
  if (op === 'MaxPool' && !blocked && tiles(g) && viewOf(x) === undefined) return tiledMaxPool(x, g);
  if (blocked)
    return fromBlocked(
      singleOutput(op, [toBlocked(x)], attributes, shape, x.type, { domain: BLOCKED_DOMAIN }),
    );
  return channelsLast(singleOutput(op, [channelsFirst(x)], attributes, shape, x.type));
}

/** Max pooling of windows that tile NHWC input: the maximum of one tensor for each position of the window. */
function tiledMaxPool(x: Value, g: Geometry): Value {
  const [kh, kw] = g.kernel;
  const outer = g.batch * g.output[0];
  const whole = reshape(x, [outer, kh, g.output[1], kw * g.channelsIn]);
  const parts = Array.from({ length: kh * kw }, (_, i) => {
    const [row, column] = [Math.floor(i / kw), (i % kw) * g.channelsIn];
    return slice(whole, [row, column], [row + 1, column + g.channelsIn], [1, 3]);
  });
  return reshape(elementwise('Max', parts, x.type), [g.batch, ...g.output, g.channelsIn]);
}

/** Whether the windows tile the input exactly. */
function tiles(g: Geometry): boolean {
  return (
    g.pads.every(amount => amount === 0) &&
    g.dilations.every(step => step === 1) &&
    [0, 1].every(
      axis =>
        g.kernel[axis] === g.strides[axis] &&
        (g.output[axis] as number) * (g.strides[axis] as number) === g.input[axis],
    )
  );
}

/** The gradient of max pooling: each window's gradient goes to its first maximum. */
export function maxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  if (!tiles(g)) return overlappingMaxPoolGradient(x, y, dy, g);
  const blocked = viewOf(x)?.key === 'blocked' && viewOf(y)?.key === 'blocked';
  const dx =
    blocked && isPaired(g)
      ? fromBlocked(pairedMaxPoolGradient(toBlocked(x), toBlocked(y), toBlocked(dy), g))
      : tiledMaxPoolGradient(x, y, dy, g);
  gradients.set(dx, { x, y, dy, g });
  return dx;
}

/** What a gradient of max pooling was made from. */
interface MaxPoolGradient {
  readonly x: Value;
  readonly y: Value;
  readonly dy: Value;
  readonly g: Geometry;
}

const gradients = new WeakMap<Value, MaxPoolGradient>();

/**
 * The product of a gradient of max pooling and the derivative of the rectifier that made its input. Only maxima
 * carry gradient, and they are positive exactly where the pooled value is: the small tensor is masked instead.
 */
export function rectifiedMaxPoolGradient(dx: Value, rectified: Value): Value | undefined {
  const from = gradients.get(imageBehind(dx));
  if (from?.x !== imageBehind(rectified)) return undefined;
  return reshape(maxPoolGradient(from.x, from.y, mul(from.dy, positive(from.y)), from.g), dx.shape);
}

/** The phases of a gradient of max pooling and its geometry, where it has been taken apart. */
export function pooledPhases(
  value: Value,
): { readonly phases: GradientPhase[]; readonly pooling: Geometry } | undefined {
  const from = gradients.get(value);
  if (from === undefined || !isPaired(from.g) || viewOf(value)?.key !== 'blocked') return undefined;
  const [x, y, dy] = [from.x, from.y, from.dy].map(toBlocked) as [Value, Value, Value];
  const phases = pairedMaxPoolPhases(x, y, dy, from.g);
  return {
    phases: phases.map(phase => ({ ...phase, gradient: fromBlocked(phase.gradient) })),
    pooling: from.g,
  };
}

/**
 * What adds up to the same for each channel: a gradient of max pooling holds each element of the pooled gradient once.
 */
export function withSameSums(value: Value, axes: readonly number[]): Value {
  const image = imageBehind(value);
  const pooled = gradients.get(image)?.dy;
  const [n, height, width, channels] = pooled?.shape ?? [];
  if (
    pooled === undefined ||
    axes.join() !==
      value.shape
        .slice(1)
        .map((_, i) => i)
        .join()
  )
    return value;
  return image === value
    ? pooled
    : reshape(pooled, [n, (height as number) * (width as number), channels] as number[]);
}

/** 1 where a value that is never negative is positive, 0 elsewhere: one pass where comparing and converting take two. */
export function positive(value: Value): Value {
  return unary('HardSigmoid', value, { alpha: { float: STEP_SLOPE }, beta: { float: 0 } });
}

/**
 * Windows that tile the input: each position of the window is a tensor of the pooled size, cut out in runs of
 * whole channel blocks, so nothing is transposed.
 */
function tiledMaxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  const blocked = viewOf(x)?.key === 'blocked' && viewOf(y)?.key === 'blocked';
  const run = blocked ? channelBlock() : g.channelsIn;
  const layout = (value: Value): Value => (blocked ? toBlocked(value) : value);
  const [kh, kw] = g.kernel;
  const outer = (g.batch * g.channelsIn * g.output[0]) / run;
  const coarse = [outer, 1, g.output[1], run];
  const whole = reshape(layout(x), [outer, kh, g.output[1], kw * run]);
  const [pooled, gradient] = [reshape(layout(y), coarse), reshape(layout(dy), coarse)];
  let taken: Value | undefined;
  const rows = Array.from({ length: kh }, (_, i) => {
    const parts = Array.from({ length: kw }, (__, j) => {
      const hit = logical('Equal', slice(whole, [i, j * run], [i + 1, (j + 1) * run], [1, 3]), pooled);
      const first = taken ? logical('And', hit, not(taken)) : hit;
      taken = taken ? logical('Or', taken, hit) : hit;
      return mul(cast(first, 'float32'), gradient);
    });
    return concat(parts, 3);
  });
  const dx = concat(rows, 1);
  const shape = [g.batch, ...g.input, g.channelsIn];
  return blocked ? fromBlocked(reshape(dx, [g.batch, g.channelsIn, ...g.input])) : reshape(dx, shape);
}

/** Each element of an NCHW value repeated over its window. */
function repeated(value: Value, g: Geometry): Value {
  const scales = vector([1, 1, ...g.kernel], 'float32');
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
  const shape = [g.batch, g.channelsIn, ...g.input];
  return singleOutput('Resize', [value, undefined, scales], attributes, shape, value.type);
}

/** Any windows: the positions of the kernel one after the other, each taking what no earlier one has taken. */
function overlappingMaxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  const source = padded(x, g, [1, 2], -Infinity);
  let free: Value | undefined;
  const parts = windows(g).map(window => {
    const hit = logical('Equal', slice(source, window.start, window.end, [1, 2], window.steps), y);
    const taken = free ? logical('And', hit, free) : hit;
    free = free ? logical('And', free, not(hit)) : not(hit);
    return where(taken, dy, scalar(0));
  });
  return gathered(parts, g);
}

/** The gradient of average pooling. TensorFlow.js divides by the whole window, at the border too. */
export function averagePoolGradient(dy: Value, g: Geometry): Value {
  const share = mul(dy, scalar(1 / (g.kernel[0] * g.kernel[1])));
  if (tiles(g)) return channelsLast(repeated(channelsFirst(share), g));
  return gathered(
    windows(g).map(() => share),
    g,
  );
}

/** Adds what each kernel position hands back, at the places it read from. */
function gathered(parts: readonly Value[], g: Geometry): Value {
  const height = g.input[0] + g.pads[0] + g.pads[2];
  const width = g.input[1] + g.pads[1] + g.pads[3];
  const places = windows(g);
  const sum = parts
    .map((part, i) => {
      const { start } = places[i] as (typeof places)[number];
      const spread = dilated(dilated(part, 1, g.strides[0]), 2, g.strides[1]);
      const [, h, w] = spread.shape as [number, number, number, number];
      return pad(spread, [0, start[0], start[1], 0], [0, height - start[0] - h, width - start[1] - w, 0]);
    })
    .reduce((a, b) => add(a, b));
  return slice(sum, [g.pads[0], g.pads[1]], [g.pads[0] + g.input[0], g.pads[1] + g.input[1]], [1, 2]);
}

/** Puts `step - 1` zeros between neighbours along an axis. */
function dilated(value: Value, axis: number, step: number): Value {
  if (step === 1) return value;
  const length = value.shape[axis] as number;
  const outer = value.shape.slice(0, axis);
  const inner = value.shape.slice(axis + 1);
  const apart = reshape(value, [...outer, length, 1, ...inner]);
  const zeros = filled([...outer, length, step - 1, ...inner], 0, value.type);
  const joined = reshape(concat([apart, zeros], axis + 1), [...outer, length * step, ...inner]);
  return slice(joined, [0], [(length - 1) * step + 1], [axis]);
}
