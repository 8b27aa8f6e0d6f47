import { seededRandom, shuffle } from '../../common/random';
import type { LabelEncoding } from '../../data';
import { type Examples, labelledRows, takeRows } from './examples';

/**
 * An order whose every beginning is a fair sample: one example of each class first, then the classes in their
 * proportions. The first 50 of it are among the first 200, so that data sizes nest.
 *
 * @param rows the rows to put in order
 * @param classOf the class of a row; `undefined` where labels are not classes
 * @param seed parts of the seed; equal ones give equal orders
 */
export function nestedOrder(
  rows: Int32Array,
  classOf: ((row: number) => number) | undefined,
  seed: readonly (string | number)[],
): Int32Array {
  const random = seededRandom('order', ...seed);
  const shuffled = shuffle(Int32Array.from(rows), random);
  if (!classOf) return shuffled;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(classOf(row), (counts.get(classOf(row)) ?? 0) + 1);
  const seen = new Map<number, number>();
  const offsets = new Map([...counts.keys()].sort((a, b) => a - b).map(of => [of, random()] as const));
  const keyed = Array.from(shuffled, row => {
    const of = classOf(row);
    const rank = seen.get(of) ?? 0;
    seen.set(of, rank + 1);
    const offset = offsets.get(of) ?? 0;
    return { row, key: rank === 0 ? offset - 1 : (rank + offset) / (counts.get(of) ?? 1) };
  });
  return Int32Array.from(
    keyed.sort((a, b) => a.key - b.key),
    ({ row }) => row,
  );
}

/** Someone with `n` training examples would hold back about a quarter as many for validation, … */
const VALIDATION_SHARE = 0.25;
/** … and with fewer than this, the choice of rate and stopping is by luck. */
const LEAST_VALIDATION = 50;

/** The training rows of a trial: the first `n` of an order that depends on the seed only. */
export function trainingRows(
  examples: Examples,
  task: string,
  label: LabelEncoding,
  { n, seed }: { readonly n: number; readonly seed: number },
): Int32Array {
  return nestedOrder(labelledRows(examples, task), classOf(examples, task, label), ['train', seed]).slice(
    0,
    n,
  );
}

/** The validation examples that go with `n` training examples: the same ones for all arms and seeds. */
export function validationExamples(
  examples: Examples,
  task: string,
  label: LabelEncoding,
  n: number,
): Examples {
  const order = nestedOrder(labelledRows(examples, task), classOf(examples, task, label), ['validation']);
  const count = Math.max(LEAST_VALIDATION, Math.ceil(n * VALIDATION_SHARE));
  return takeRows(examples, order.slice(0, count));
}

function classOf(
  { labels }: Examples,
  task: string,
  { kind }: LabelEncoding,
): ((row: number) => number) | undefined {
  const values = labels[task]?.values;
  return kind === 'real' || !values ? undefined : row => values[row] ?? 0;
}
