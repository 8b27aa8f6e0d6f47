import { type InputPreprocessing, columnWidth, isStandardized } from '../../data';
import { type Examples, widthOf } from '../datasets/examples';
import type { NumberTable } from './bins';

/** Of the numbers of an input that another one flags as missing, the place of the flag. */
export function missingFlags(input: InputPreprocessing): ReadonlyMap<number, number> {
  const flags = new Map<number, number>();
  if (input.kind !== 'columns') return flags;
  let at = 0;
  for (const column of input.columns) {
    if (isStandardized(column) && column.flagsMissing) flags.set(at, at + 1);
    at += columnWidth(column);
  }
  return flags;
}

/** The inputs as trees see them: what is flagged as missing is so, and does not stand at the mean. */
export function treeTable(
  { count, shape, inputs }: Examples,
  flags: ReadonlyMap<number, number>,
): NumberTable {
  const width = widthOf(shape);
  const values = Float32Array.from(inputs);
  for (const [place, flag] of flags)
    for (let row = 0; row < count; row++)
      if (values[row * width + flag] === 1) values[row * width + place] = NaN;
  return { count, width, values };
}

/**
 * The outputs of trees as networks give them: two classes have one logit, which networks with an output for each give as a
 * second one beside 0.
 */
export function treeLogits(scores: Float64Array, width: number, outputs: number): Float32Array {
  if (width === outputs) return Float32Array.from(scores);
  return Float32Array.from({ length: scores.length * 2 }, (_, i) =>
    i % 2 === 1 ? (scores[i >> 1] ?? 0) : 0,
  );
}
