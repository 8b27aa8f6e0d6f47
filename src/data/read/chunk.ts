import type { InputArray } from './encode';
import type { LabelColumn } from './labels';

/** Some examples of one split, ready for training. */
export interface Chunk {
  readonly count: number;
  /** `[count, …shape]`, row by row. */
  readonly inputs: InputArray;
  readonly labels: Readonly<Record<string, LabelColumn>>;
}

export function emptyChunk(
  rows: number,
  width: number,
  type: 'float32' | 'int32',
  tasks: readonly string[],
): Chunk {
  return {
    count: rows,
    inputs: type === 'int32' ? new Int32Array(rows * width) : new Float32Array(rows * width),
    labels: Object.fromEntries(
      tasks.map(task => [task, { values: new Float32Array(rows), present: new Uint8Array(rows) }]),
    ),
  };
}

/** Moves the kept rows together and cuts the chunk to them. */
export function keepRows(chunk: Chunk, keep: readonly boolean[], width: number): Chunk {
  let count = 0;
  keep.forEach((isKept, row) => {
    if (!isKept) return;
    if (count !== row) {
      chunk.inputs.copyWithin(count * width, row * width, (row + 1) * width);
      for (const { values, present } of Object.values(chunk.labels)) {
        values.copyWithin(count, row, row + 1);
        present.copyWithin(count, row, row + 1);
      }
    }
    count++;
  });
  return {
    count,
    inputs: chunk.inputs.subarray(0, count * width),
    labels: Object.fromEntries(
      Object.entries(chunk.labels).map(([task, { values, present }]) => [
        task,
        { values: values.subarray(0, count), present: present.subarray(0, count) },
      ]),
    ),
  };
}
