import { seededRandom, shuffle } from '../../common/random';
import type { LabelEncoding } from '../../data';
import { type Examples, labelledRows, takeRows } from './examples';
import { entryOf } from '../../common/named-entries';

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

/** Of labelled examples, a fifth is held back for validation: a quarter of what is trained on. */
const VALIDATION_SHARE = 0.2;

/** How many labelled examples of a target there are, by what they may be used for. */
export interface LabelledExamples {
  readonly train: number;
  readonly validation: number;
}

/** Labelled examples that a trial can use: all training examples, and as many for validation as go with them. */
export function usableExamples({ train, validation }: LabelledExamples): number {
  return train + Math.min(validation, Math.floor((train * VALIDATION_SHARE) / (1 - VALIDATION_SHARE)));
}

/**
 * Divides the labels of a size: those that rates and stopping are chosen by count as much as those that are trained on.
 *
 * @param n labelled examples in all; as many as there are where it is more
 */
export function divideSize(n: number, available: LabelledExamples): LabelledExamples {
  const all = Math.min(n, usableExamples(available));
  const wanted = Math.max(all - available.train, Math.ceil(all * VALIDATION_SHARE), 1);
  const validation = Math.min(available.validation, wanted);
  return { train: Math.max(1, Math.min(available.train, all - validation)), validation };
}

/** The training rows of a trial: the first `count` of an order that depends on the seed only. */
export function trainingRows(
  examples: Examples,
  task: string,
  label: LabelEncoding,
  { count, seed }: { readonly count: number; readonly seed: number },
): Int32Array {
  return nestedOrder(labelledRows(examples, task), classOf(examples, task, label), ['train', seed]).slice(
    0,
    count,
  );
}

/** The validation examples of a size: the same ones for all arms and seeds, those of a smaller size first. */
export function validationExamples(
  examples: Examples,
  task: string,
  label: LabelEncoding,
  count: number,
): Examples {
  const order = nestedOrder(labelledRows(examples, task), classOf(examples, task, label), ['validation']);
  return takeRows(examples, order.slice(0, count));
}

function classOf(
  { labels }: Examples,
  task: string,
  { kind }: LabelEncoding,
): ((row: number) => number) | undefined {
  const values = entryOf(labels, task)?.values;
  return kind === 'real' || !values ? undefined : row => values[row] ?? 0;
}
