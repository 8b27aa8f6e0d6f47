import type { InputArray, LabelColumn } from '../../data';
import { entryOf } from '../../common/named-entries';

/** Examples in memory. */
export interface Examples {
  readonly count: number;
  /** The shape of one example's input. */
  readonly shape: readonly number[];
  /** `[count, …shape]`, row by row. */
  readonly inputs: InputArray;
  /** By task; where `present` is 0, an example has no label for it. */
  readonly labels: Readonly<Record<string, LabelColumn>>;
  /** Which group each example is of, where the data has groups: equal numbers for equal groups. */
  readonly groups?: Int32Array;
}

export function widthOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** The rows that are labelled for a task, in the order of the data. */
export function labelledRows({ count, labels }: Examples, task: string): Int32Array {
  const present = entryOf(labels, task)?.present;
  return Int32Array.from({ length: count }, (_, row) => row).filter(row => present?.[row] === 1);
}

/** Some rows, in the given order, as examples of their own. */
export function takeRows(examples: Examples, rows: Int32Array): Examples {
  const width = widthOf(examples.shape);
  const inputs = sameType(examples.inputs, rows.length * width);
  rows.forEach((row, i) => {
    inputs.set(examples.inputs.subarray(row * width, (row + 1) * width), i * width);
  });
  const labels = Object.entries(examples.labels).map(([task, { values, present }]) => [
    task,
    {
      values: Float32Array.from(rows, row => values[row] ?? 0),
      present: Uint8Array.from(rows, row => present[row] ?? 0),
    },
  ]);
  return {
    count: rows.length,
    shape: examples.shape,
    inputs,
    labels: Object.fromEntries(labels) as Examples['labels'],
    ...(examples.groups && { groups: Int32Array.from(rows, row => examples.groups?.[row] ?? 0) }),
  };
}

/** The same examples without the labels that one task has beyond the chosen rows. */
export function keepLabels(examples: Examples, task: string, rows: Int32Array): Examples {
  const label = entryOf(examples.labels, task);
  if (!label) return examples;
  const present = new Uint8Array(examples.count);
  for (const row of rows) present[row] = label.present[row] ?? 0;
  return { ...examples, labels: { ...examples.labels, [task]: { values: label.values, present } } };
}

export function sameType(like: InputArray, length: number): InputArray {
  return like instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
}

/** One after the other; a task that one of them does not have is absent there. All inputs have one shape. */
export function concatenate(parts: readonly Examples[], tasks: readonly string[]): Examples {
  const [first] = parts;
  if (first && parts.length === 1 && tasks.every(task => entryOf(first.labels, task))) return first;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const shape = first?.shape ?? [];
  const width = widthOf(shape);
  const inputs = sameType(first?.inputs ?? new Float32Array(), count * width);
  const labels = Object.fromEntries(
    tasks.map(task => [task, { values: new Float32Array(count), present: new Uint8Array(count) }]),
  );
  const grouped = parts.some(part => part.groups);
  const groups = new Int32Array(grouped ? count : 0);
  let at = 0;
  for (const part of parts) {
    if (part.groups) groups.set(part.groups, at);
    inputs.set(part.inputs, at * width);
    for (const task of tasks) {
      const label = entryOf(part.labels, task);
      if (!label) continue;
      entryOf(labels, task)?.values.set(label.values, at);
      entryOf(labels, task)?.present.set(label.present, at);
    }
    at += part.count;
  }
  return { count, shape, inputs, labels, ...(grouped && { groups }) };
}
