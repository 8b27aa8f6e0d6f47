import { type Value, int64s, multipleOutputs, scalar, singleOutput, sizeOf } from './nodes-and-values';
import { reshape } from './tensor-layout';

/** A contiguous or strided part: `start`, `end` (exclusive) and `step` for each of `axes`. */
export function slice(
  value: Value,
  start: readonly number[],
  end: readonly number[],
  axes: readonly number[] = start.map((_, i) => i),
  steps: readonly number[] = start.map(() => 1),
): Value {
  const shape = [...value.shape];
  axes.forEach((axis, i) => {
    const [from, to, step] = [start[i] as number, end[i] as number, steps[i] as number];
    shape[axis] = Math.max(0, Math.ceil((to - from) / step));
  });
  const whole = axes.every(
    (axis, i) => start[i] === 0 && steps[i] === 1 && (end[i] as number) >= (value.shape[axis] as number),
  );
  if (whole) return value;
  return singleOutput(
    'Slice',
    [value, int64s(start), int64s(end), int64s(axes), int64s(steps)],
    {},
    shape,
    value.type,
  );
}

export function concat(values: readonly Value[], axis: number): Value {
  const [first] = values as [Value];
  if (values.length === 1) return first;
  const shape = [...first.shape];
  shape[axis] = values.reduce((sum, value) => sum + (value.shape[axis] as number), 0);
  return singleOutput('Concat', values, { axis }, shape, first.type);
}

/** Parts of the given sizes along an axis. */
export function split(value: Value, sizes: readonly number[], axis: number): readonly Value[] {
  if (sizes.length === 1) return [value];
  const outputs = sizes.map(size => ({
    shape: value.shape.map((dimension, i) => (i === axis ? size : dimension)),
    type: value.type,
  }));
  return multipleOutputs('Split', [value, int64s(sizes)], { axis }, outputs);
}

/** Surrounds each axis with `before` and `after` copies of `fill`; negative amounts crop. */
export function pad(
  value: Value,
  before: readonly number[],
  after: readonly number[],
  fill = 0,
  mode: 'constant' | 'reflect' = 'constant',
): Value {
  if ([...before, ...after].every(amount => amount === 0)) return value;
  const shape = value.shape.map((dimension, i) => dimension + (before[i] as number) + (after[i] as number));
  const amounts = int64s([...before, ...after]);
  const inputs = mode === 'constant' ? [value, amounts, scalar(fill, value.type)] : [value, amounts];
  return singleOutput('Pad', inputs, { mode }, shape, value.type);
}

/** Repeats the value along axes of length one (and new leading axes) until it has `shape`. */
export function expand(value: Value, shape: readonly number[]): Value {
  if (sizeOf(shape) === sizeOf(value.shape)) return reshape(value, shape);
  return singleOutput('Expand', [value, int64s(shape)], {}, shape, value.type);
}

/** The elements at `indices` along one axis; the axis is replaced by the indices' own shape. */
export function gather(value: Value, indices: Value, axis: number): Value {
  const shape = [...value.shape.slice(0, axis), ...indices.shape, ...value.shape.slice(axis + 1)];
  return singleOutput('Gather', [value, indices], { axis }, shape, value.type);
}

/** Reverses the order along axes. */
export function reverse(value: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return value;
  return singleOutput(
    'Slice',
    [
      value,
      int64s(axes.map(() => -1)),
      int64s(axes.map(() => -(2 ** 31))),
      int64s(axes),
      int64s(axes.map(() => -1)),
    ],
    {},
    value.shape,
    value.type,
  );
}
