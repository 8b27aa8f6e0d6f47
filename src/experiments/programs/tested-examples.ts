import type { Predictions } from '../../protocol/job-files';

/** Numbers may have been scaled, and rounded, but not more than this tells. */
const SAME_NUMBERS = 0.999;

/**
 * Whether the labels that a program gave with its predictions can be those of its test list, in the order of the list: as
 * many, and of equal labels in the data equal ones. A program may number classes as it likes, and scale numbers.
 *
 * @param listed the labels of the listed examples, as the data has them
 */
export function isOfTestList({ kind, labels }: Predictions, listed: readonly string[]): boolean {
  if (labels.length !== listed.length) return false;
  if (kind === 'values') return correlation(labels, listed.map(Number)) >= SAME_NUMBERS;
  const known = new Map<string, number>();
  return listed.every((text, i) => {
    const label = labels[i] ?? NaN;
    const before = known.get(text);
    if (before === undefined) known.set(text, label);
    return before === undefined || before === label;
  });
}

/** Pearson's; 1 where one of them does not vary or is no number, for then it tells nothing. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [centred(one), centred(other)];
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  const size = Math.sqrt(dot(a, a) * dot(b, b));
  return size > 0 ? Math.abs(dot(a, b)) / size : 1;
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map(value => value - mean);
}
