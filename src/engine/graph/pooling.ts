import { add, elementwise, logical, mul, not, where } from './elementwise';
import type { Geometry } from './convolution';
import { padded, windows } from './filter-gradient';
import { scalar, filled, vector } from './literal';
import { BLOCKED_DOMAIN, channelBlock, channelsFirst, channelsLast, fromBlocked, reshape, toBlocked, viewOf } from './layout';
import { concat, pad, slice } from './rearrange';
import { single, type Attributes, type Value } from './value';

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
  if (blocked) return fromBlocked(single(op, [toBlocked(x)], attributes, shape, x.type, { domain: BLOCKED_DOMAIN }));
  return channelsLast(single(op, [channelsFirst(x)], attributes, shape, x.type));
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
  return blocked ? blockedMaxPoolGradient(x, y, dy, g) : tiledMaxPoolGradient(x, y, dy, g);
}

/** Positive, and falling from the first to the last position of a window: the first of equals is the largest. */
function priorities(g: Geometry): number[] {
  const [kh, kw] = g.kernel;
  return Array.from({ length: kh * kw }, (_, i) => kh * kw - i);
}

/** Windows become axes of their own by a mere reshape, because a block of channels stays together. */
function blockedMaxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  const block = channelBlock();
  const [kh, kw] = g.kernel;
  const outer = (g.batch * g.channelsIn * g.output[0]) / block;
  const fine = [outer, kh, g.output[1], kw, block];
  const coarse = [outer, 1, g.output[1], 1, block];
  const pooled = (value: Value): Value => reshape(value, coarse);
  const hit = logical('Equal', reshape(toBlocked(x), fine), pooled(toBlocked(y)));
  const grid = reshape(vector(priorities(g), 'float32'), [1, kh, 1, kw, 1]);
  const score = where(hit, grid, scalar(0));
  const asImage = reshape(score, [g.batch, g.channelsIn, ...g.input]);
  const best = single('MaxPool', [asImage], { kernel_shape: g.kernel, strides: g.strides }, y.shape, x.type, {
    domain: BLOCKED_DOMAIN,
  });
  const first = logical('Equal', score, reshape(best, coarse));
  const dx = where(first, pooled(toBlocked(dy)), scalar(0));
  return fromBlocked(reshape(dx, [g.batch, g.channelsIn, ...g.input]));
}

/** The same in NCHW, where repeating pooled values by nearest neighbours is cheaper than more axes. */
function tiledMaxPoolGradient(x: Value, y: Value, dy: Value, g: Geometry): Value {
  const [kh, kw] = g.kernel;
  const repeat = (value: Value): Value => repeated(channelsFirst(value), g);
  const hit = logical('Equal', channelsFirst(x), repeat(y));
  const grid = single(
    'Tile',
    [reshape(vector(priorities(g), 'float32'), [1, 1, kh, kw]), vector([1, 1, ...g.output], 'int64')],
    {},
    [1, 1, ...g.input],
    'float32',
  );
  const score = elementwise('Where', [hit, grid, scalar(0)], x.type);
  const shape = [g.batch, g.channelsIn, ...g.output];
  const best = single('MaxPool', [score], { kernel_shape: g.kernel, strides: g.strides }, shape, x.type);
  const first = logical('Equal', score, repeated(best, g));
  return channelsLast(where(first, repeat(dy), scalar(0)));
}

/** Each element of an NCHW value repeated over its window. */
function repeated(value: Value, g: Geometry): Value {
  const scales = vector([1, 1, ...g.kernel], 'float32');
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
  const shape = [g.batch, g.channelsIn, ...g.input];
  return single('Resize', [value, undefined, scales], attributes, shape, value.type);
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
