import { entryOf } from '../../common/named-entries';
import type { LabelEncoding } from '../../data';
import type { Examples } from '../datasets/examples';
import { balancedWeights } from '../loop/class-weights';

/** What each example should give, and how much it counts. */
export interface BaselineTargets {
  /** Class numbers, or numbers to predict. */
  readonly values: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** How many classes; 0 for numbers to predict. */
  readonly classes: number;
}

/** Classes of a label: two where one class is told from all others; 0 for numbers. */
export function classCount(label: LabelEncoding): number {
  if (label.kind === 'real') return 0;
  return label.kind === 'binary' ? 2 : label.classes.length;
}

/** @param isBalanced whether all classes count the same in sum */
export function targetsOf(
  examples: Examples,
  task: string,
  classes: number,
  isBalanced: boolean,
): BaselineTargets {
  const values = entryOf(examples.labels, task)?.values ?? new Float32Array(examples.count);
  const rows = Int32Array.from({ length: examples.count }, (_, row) => row);
  const balanced = isBalanced ? balancedWeights(examples, rows, task) : [];
  return { values, weights: Float64Array.from(values, value => balanced[value] ?? 1), classes };
}
