import { channelSums } from './channelwise';
import { type ElementType, type Value, int64s, singleOutput } from './nodes-and-values';
import { BLOCKED_ROW, reshape, transpose, viewOf } from './tensor-layout';

export type Reduction =
  'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd' | 'ReduceSumSquare' | 'ReduceL2';

/** Combines elements along `axes` (not negative, without repetition). */
export function reduce(
  op: Reduction,
  value: Value,
  axes: readonly number[],
  keepDims = false,
  type: ElementType = value.type,
): Value {
  const kept = value.shape.map((dimension, i) => (axes.includes(i) ? 1 : dimension));
  const shape = keepDims ? kept : value.shape.filter((_, i) => !axes.includes(i));
  if (axes.length === 0) return value;
  if (axes.every(axis => value.shape[axis] === 1) && op !== 'ReduceSumSquare' && op !== 'ReduceL2') {
    return reshape(value, shape);
  }
  const below = reduceBelowTranspose(op, value, axes, type);
  if (below) return reshape(below, shape);
  return singleOutput(op, [value, int64s(axes)], { keepdims: keepDims ? 1 : 0 }, shape, type);
}

/** Reduces before a transpose rather than after it: the result is smaller, and often needs no transpose. */
function reduceBelowTranspose(
  op: Reduction,
  value: Value,
  axes: readonly number[],
  type: ElementType,
): Value | undefined {
  const view = viewOf(value);
  if (view === undefined) return undefined;
  if (view.key === 'blocked' || view.key === BLOCKED_ROW) {
    const positions = view.key === BLOCKED_ROW ? '0,1' : '0,1,2';
    return op === 'ReduceSum' && axes.join() === positions ? channelSums(view.source) : undefined;
  }
  const permutation = view.key.split(',').map(Number);
  const inner = axes.map(axis => permutation[axis] as number).sort((a, b) => a - b);
  const kept = view.source.shape.map((dimension, i) => (inner.includes(i) ? 1 : dimension));
  const reduced = singleOutput(op, [view.source, int64s(inner)], { keepdims: 1 }, kept, type);
  return transpose(reduced, permutation);
}
