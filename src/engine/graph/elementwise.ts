import { dataType } from '../onnx/onnx-protobuf';
import { fusedImageSum, scaledChannels } from './channelwise';
import {
  type Attributes,
  type ElementType,
  type Value,
  filled,
  sameShape,
  scalar,
  singleOutput,
  sizeOf,
} from './nodes-and-values';
import { expand } from './slicing-and-joining';
import { BLOCKED_ROW, type View, channelBlock, reshape, viewOf } from './tensor-layout';

/** The shape of an element-wise result, by NumPy's rules. */
export function broadcastShape(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map(shape => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dimensions = shapes.map(shape => shape[axis - rank + shape.length] ?? 1);
    return dimensions.find(dimension => dimension !== 1) ?? 1;
  });
}

/** An element-wise node, computed in the layout of its inputs where they share one. */
export function elementwise(
  op: string,
  inputs: readonly Value[],
  type: ElementType,
  attributes: Attributes = {},
): Value {
  const shape = broadcastShape(...inputs.map(input => input.shape));
  const view = inputs
    .map(viewOf)
    .find((candidate, i) => candidate && sameShape((inputs[i] as Value).shape, shape));
  const narrow = beforeSpreading(op, inputs, type, attributes, shape);
  if (narrow) return narrow;
  const below = view && inputsBelow(inputs, view, shape);
  if (view && below) return view.wrap(elementwise(op, below, type, attributes));
  return singleOutput(
    op,
    inputs.map(input => spreadOverImage(input, shape)),
    attributes,
    shape,
    type,
  );
}

/** A value that is spread over a larger shape, combined with single numbers: computed before it is spread. */
function beforeSpreading(
  op: string,
  inputs: readonly Value[],
  type: ElementType,
  attributes: Attributes,
  shape: readonly number[],
): Value | undefined {
  const at = inputs.findIndex(({ node }) => node.op === 'Expand');
  const source = inputs[at]?.node.inputs[0];
  const others = inputs.filter((_, i) => i !== at);
  const fits =
    sameShape(inputs[at]?.shape ?? [], shape) && others.every(({ shape: own }) => sizeOf(own) === 1);
  if (source === undefined || !fits) return undefined;
  const narrow = inputs.map((input, i) => (i === at ? source : reshape(input, [])));
  return expand(elementwise(op, narrow, type, attributes), shape);
}

/** Broadcasting runs shorter than this cost more than writing the vector out for one example. */
const SHORT_RUN = 128;

/** A short vector along the last axis of a large tensor, repeated over all axes but the first. */
function spreadOverImage(input: Value, shape: readonly number[]): Value {
  const channels = shape.at(-1) ?? 1;
  const isVector =
    channels > 1 &&
    channels < SHORT_RUN &&
    sizeOf(input.shape) === channels &&
    input.shape.at(-1) === channels;
  const inner = shape.slice(1);
  if (!isVector || shape.length < 3 || (shape[0] as number) < 4) return input;
  return expand(reshape(input, [channels]), inner);
}

/** The same for the blocked layout: the vector of one example, in blocks. */
function spreadOverBlocks(input: Value, shape: readonly number[]): Value {
  const [, height, width, channels] = shape as [number, number, number, number];
  const block = channelBlock();
  const blocks = reshape(input, [channels / block, 1, 1, block]);
  return reshape(expand(blocks, [channels / block, height, width, block]), [1, channels, height, width]);
}

/** The inputs as they are below `view`, or nothing when one of them does not fit there. */
function inputsBelow(inputs: readonly Value[], view: View, shape: readonly number[]): Value[] | undefined {
  const below: Value[] = [];
  for (const input of inputs) {
    const moved = inputBelow(input, view, shape);
    if (moved === undefined) return undefined;
    below.push(moved);
  }
  return below;
}

function inputBelow(input: Value, view: View, shape: readonly number[]): Value | undefined {
  if (sizeOf(input.shape) === 1 && input.shape.length <= shape.length) return reshape(input, []);
  if (input.uniform !== undefined && sameShape(input.shape, shape)) return scalar(input.uniform, input.type);
  const own = viewOf(input);
  if (own?.key === view.key && sameShape(input.shape, shape)) return own.source;
  return perChannelBelow(input, view, shape);
}

/** A vector along the last axis, broadcast along the axis that a transposing view puts it on. */
function perChannelBelow(input: Value, view: View, shape: readonly number[]): Value | undefined {
  const channels = shape[shape.length - 1];
  const isVector = sizeOf(input.shape) === channels && input.shape[input.shape.length - 1] === channels;
  if (!isVector) return undefined;
  if (view.key === 'blocked') return spreadOverBlocks(input, shape);
  if (view.key === BLOCKED_ROW) {
    const [n, ...row] = shape as [number, number, number];
    return spreadOverBlocks(input, [n, 1, ...row]);
  }
  const axis = view.key.split(',').map(Number)[shape.length - 1] as number;
  return reshape(
    input,
    shape.map((_, i) => (i === axis ? channels : 1)),
  );
}

/** A number that every element equals, when the value is a constant of that kind. */
function uniform(value: Value): number | undefined {
  return value.uniform;
}

/** Replaces a uniform constant by a scalar where the other operand already has the result's shape. */
function simplest(a: Value, b: Value): readonly [Value, Value] {
  const shape = broadcastShape(a.shape, b.shape);
  const shrink = (value: Value, other: Value): Value =>
    value.uniform !== undefined && value.shape.length > 0 && sameShape(other.shape, shape)
      ? scalar(value.uniform, value.type)
      : value;
  return [shrink(a, b), shrink(b, a)];
}

type Fold = (a: number, b: number) => number;

/** Folds two uniform constants; rounding is that of the element type. */
function fold(a: Value, b: Value, compute: Fold): Value | undefined {
  const [left, right] = [uniform(a), uniform(b)];
  if (left === undefined || right === undefined || a.type !== 'float32') return undefined;
  return filled(broadcastShape(a.shape, b.shape), compute(left, right), a.type);
}

function binary(op: string, a: Value, b: Value, compute: Fold): Value {
  const folded = fold(a, b, compute);
  if (folded) return folded;
  return elementwise(op, simplest(a, b), a.type);
}

/** Whether `value` may stand for the result of combining it with `other`: same shape after broadcasting. */
function keepsShape(value: Value, other: Value): boolean {
  return sameShape(broadcastShape(value.shape, other.shape), value.shape);
}

export function add(a: Value, b: Value): Value {
  if (uniform(b) === 0 && keepsShape(a, b)) return a;
  if (uniform(a) === 0 && keepsShape(b, a)) return b;
  return fusedImageSum(a, b) ?? fusedImageSum(b, a) ?? binary('Add', a, b, (x, y) => x + y);
}

export function sub(a: Value, b: Value): Value {
  if (uniform(b) === 0 && keepsShape(a, b)) return a;
  return binary('Sub', a, b, (x, y) => x - y);
}

export function mul(a: Value, b: Value): Value {
  if (uniform(b) === 1 && uniform(a) === undefined) return expand(a, broadcastShape(a.shape, b.shape));
  if (uniform(a) === 1 && uniform(b) === undefined) return expand(b, broadcastShape(a.shape, b.shape));
  return scaledChannels(a, b) ?? scaledChannels(b, a) ?? binary('Mul', a, b, (x, y) => x * y);
}

export function div(a: Value, b: Value): Value {
  if (uniform(b) === 1 && keepsShape(a, b)) return a;
  return binary('Div', a, b, (x, y) => x / y);
}

/** Converts elements as TensorFlow.js does: towards zero for integers, "not zero" for booleans. */
export function cast(value: Value, type: ElementType): Value {
  if (value.type === type) return value;
  if (value.uniform !== undefined && type !== 'int64' && value.type !== 'int64') {
    const number = type === 'bool' ? Number(value.uniform !== 0) : value.uniform;
    return filled(value.shape, type === 'int32' ? Math.trunc(number) | 0 : number, type);
  }
  return elementwise('Cast', [value], type, { to: dataType(type) });
}

/**
 * A steepness with which `HardSigmoid` compares with zero in one pass, also inside a convolution: the smallest normal
 * number is 1.2e-38, and sessions count smaller ones as zero.
 */
export const STEP_SLOPE = 1e38;

export function unary(op: string, value: Value, attributes: Attributes = {}): Value {
  return elementwise(op, [value], value.type, attributes);
}

/** A comparison or logical operation: any inputs, a boolean result. */
export function logical(op: string, ...inputs: readonly Value[]): Value {
  return elementwise(op, inputs, 'bool');
}

export function where(condition: Value, then: Value, otherwise: Value): Value {
  return elementwise('Where', [condition, then, otherwise], then.type);
}

export function not(value: Value): Value {
  return logical('Not', value);
}
