/**
 * Layouts. TensorFlow.js images are NHWC; convolutions want channels first, or in blocks. A value that was
 * computed in another layout reaches TensorFlow.js through a *view* (a transpose, or ONNX Runtime's block
 * reordering). Element-wise operations move below a view, and a view of the opposite view is nothing, so a
 * chain of convolutions stays in one layout: it is chosen once, not around every operation.
 */
import { type Node, type Value, constant, int64s, singleOutput } from './nodes-and-values';

/** The domain of ONNX Runtime's blocked convolutions. */
export const BLOCKED_DOMAIN = 'com.microsoft.nchwc';

let blockSize = 1;

/** How many channels this machine's blocked kernels take together; 1 when it has none. */
export function channelBlock(): number {
  return blockSize;
}

/** States the machine's channel block, found by `runtime/block-size.ts` before anything is traced. */
export function setChannelBlock(size: number): void {
  blockSize = size;
}

export function isIdentityPermutation(permutation: readonly number[]): boolean {
  return permutation.every((axis, i) => axis === i);
}

function permutationOf(value: Value): readonly number[] {
  const permutation = value.node.attributes['perm'];
  if (!Array.isArray(permutation)) throw new Error('A transpose without a permutation');
  return permutation as readonly number[];
}

/** Exchanges axes: output axis `i` is input axis `permutation[i]`. */
export function transpose(value: Value, permutation: readonly number[]): Value {
  if (isIdentityPermutation(permutation)) return value;
  if (value.node.op === 'Transpose') {
    const inner = permutationOf(value);
    const source = value.node.inputs[0] as Value;
    return transpose(
      source,
      permutation.map(axis => inner[axis] as number),
    );
  }
  const shape = permutation.map(axis => value.shape[axis] as number);
  return singleOutput('Transpose', [value], { perm: permutation }, shape, value.type);
}

/** Whether a node puts elements in another order, rather than giving the same ones another shape. */
function movesElements(node: Node): boolean {
  const source = node.inputs[0] as Value;
  // Channels that make up one block are NHWC already. What is given and what results have the same shapes.
  if (node.op === 'ReorderOutput') return source.shape[1] !== blockSize;
  if (node.op === 'ReorderInput')
    return node.attributes['channels_last'] !== 1 || source.shape[3] !== blockSize;
  if (node.op !== 'Transpose') return true;
  const order = (node.attributes['perm'] as readonly number[]).filter(axis => source.shape[axis] !== 1);
  return order.some((axis, i) => i > 0 && axis < (order[i - 1] as number));
}

const cheaper = new WeakMap<Node, Node>();

/** The node as it is written: a view that moves nothing is a reshape, which costs nothing. */
export function withoutIdleView(node: Node): Node {
  const [source, result] = [node.inputs[0], node.outputs[0]];
  if (source === undefined || result === undefined || movesElements(node)) return node;
  const known = cheaper.get(node);
  if (known !== undefined) return known;
  const inputs = [source, int64s(result.shape)];
  const plain = { ...node, op: 'Reshape', domain: '', inputs, attributes: { allowzero: 1 } };
  cheaper.set(node, plain);
  return plain;
}

/** The blocked value behind an NHWC view of it. */
export function fromBlocked(blocked: Value): Value {
  const [n, c, h, w] = blocked.shape as [number, number, number, number];
  return singleOutput(
    'ReorderOutput',
    [blocked],
    { channels: c, channels_last: 1 },
    [n, h, w, c],
    blocked.type,
    {
      domain: BLOCKED_DOMAIN,
    },
  );
}

/** An NHWC value in the blocked layout; its stated shape is NCHW. */
export function toBlocked(value: Value): Value {
  if (value.node.op === 'ReorderOutput') return value.node.inputs[0] as Value;
  const [n, h, w, c] = value.shape as [number, number, number, number];
  return singleOutput('ReorderInput', [value], { channels_last: 1 }, [n, c, h, w], value.type, {
    domain: BLOCKED_DOMAIN,
  });
}

const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];

export function channelsFirst(value: Value): Value {
  return transpose(value, TO_CHANNELS_FIRST);
}

export function channelsLast(value: Value): Value {
  return transpose(value, TO_CHANNELS_LAST);
}

/** How a value can be looked at in the layout it was computed in. */
export interface View {
  readonly source: Value;
  /** Equal for two views exactly when they rearrange elements in the same way. */
  readonly key: string;
  /** Puts a value computed from sources back under the view. */
  readonly wrap: (value: Value) => Value;
}

/** The view that `value` is, if it is one. */
export function viewOf(value: Value): View | undefined {
  const source = value.node.inputs[0];
  if (source === undefined) return undefined;
  if (value.node.op === 'Transpose') {
    const permutation = permutationOf(value);
    return { source, key: permutation.join(), wrap: inner => transpose(inner, permutation) };
  }
  if (value.node.op === 'ReorderOutput') return { source, key: 'blocked', wrap: fromBlocked };
  if (isRow(value)) {
    const shape = value.shape;
    return { source: source.node.inputs[0] as Value, key: BLOCKED_ROW, wrap: inner => rowOf(inner, shape) };
  }
  return undefined;
}

/** The key of a view of a blocked image of height one without its height: what one-dimensional layers see. */
export const BLOCKED_ROW = 'blocked row';

function isRow({ node, shape }: Value): boolean {
  const image = node.inputs[0];
  if (node.op !== 'Reshape' || image?.node.op !== 'ReorderOutput') return false;
  const [n, height, width, channels] = image.shape;
  return height === 1 && shape.length === 3 && shape[0] === n && shape[1] === width && shape[2] === channels;
}

/** The image of height one that a value is a row of, or else the value. */
export function imageBehind(value: Value): Value {
  return isRow(value) ? (value.node.inputs[0] as Value) : value;
}

function rowOf(blocked: Value, shape: readonly number[]): Value {
  return reshape(fromBlocked(blocked), shape);
}

/** The same elements under another shape. */
export function reshape(value: Value, shape: readonly number[]): Value {
  if (value.shape.length === shape.length && value.shape.every((d, i) => d === shape[i])) return value;
  if (value.data !== undefined) return constant(value.data, shape, value.type);
  if (value.node.op === 'Reshape') return reshape(value.node.inputs[0] as Value, shape);
  return singleOutput('Reshape', [value, int64s(shape)], { allowzero: 1 }, shape, value.type);
}
