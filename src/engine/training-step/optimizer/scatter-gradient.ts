import { type Value, sizeOf } from '../../graph/nodes-and-values';
import { LANES } from './update-kernels';

/** A gradient that is rows summed into those of a table: what an embedding gets. */
export interface ScatterGradient {
  /** For each row that is added, the table's row; int32, of any shape. */
  readonly indices: Value;
  /** What is added, float32; each row of it serves `repeat` indices that follow each other. */
  readonly rows: Value;
  readonly repeat: number;
  /** Elements of a row. */
  readonly width: number;
}

/**
 * What a gradient sums, where it is nothing but such a sum and the kernels can do it: rows have a multiple of their
 * lanes. Summed beside the update, the table of zeros and the rows that repeat each other need not be written.
 */
export function scatterGradientOf(gradient: Value): ScatterGradient | undefined {
  const { op, inputs, attributes } = gradient.node;
  const [table, indices, rows] = inputs;
  if (op !== 'ScatterND' || attributes['reduction'] !== 'add' || !table || !indices || !rows)
    return undefined;
  const width = sizeOf(rows.shape) / sizeOf(indices.shape);
  const narrow = indices.node.op === 'Cast' ? indices.node.inputs[0] : undefined;
  if (table.uniform !== 0 || indices.shape.at(-1) !== 1 || narrow?.type !== 'int32') return undefined;
  if (gradient.type !== 'float32' || width % LANES !== 0) return undefined;
  return { indices: narrow, width, ...repeated(rows, width) };
}

/** Rows without those that only repeat the row before. */
function repeated(rows: Value, width: number): Pick<ScatterGradient, 'rows' | 'repeat'> {
  const { op, inputs } = rows.node;
  const [from] = inputs;
  if (op === 'Reshape' && from) return repeated(from, width);
  const once = { rows, repeat: 1 };
  if (op !== 'Expand' || !from) return once;
  const to = rows.shape;
  const narrow = [...to.slice(from.shape.length).map(() => 1), ...from.shape];
  const start = narrow.findIndex((size, axis) => size !== to[axis]);
  const same = narrow.findLastIndex((size, axis) => size !== to[axis]) + 1;
  const isWhole = sizeOf(to.slice(same)) === width && narrow.slice(start, same).every(size => size === 1);
  return isWhole ? { rows: from, repeat: sizeOf(to.slice(start, same)) } : once;
}
