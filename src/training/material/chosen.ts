import type { LabelPipeline } from '../../data';
import { labelledRows, takeRows, type Examples } from './examples';
import { nestedOrder } from './order';

/** Someone with `n` training examples would hold back about a quarter as many for validation, … */
const VALIDATION_SHARE = 0.25;
/** … and with fewer than this, the choice of rate and stopping is by luck. */
const LEAST_VALIDATION = 50;

/** The training rows of a trial: the first `n` of an order that depends on the seed only. */
export function trainingRows(
  examples: Examples,
  task: string,
  label: LabelPipeline,
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
  label: LabelPipeline,
  n: number,
): Examples {
  const order = nestedOrder(labelledRows(examples, task), classOf(examples, task, label), ['validation']);
  const count = Math.max(LEAST_VALIDATION, Math.ceil(n * VALIDATION_SHARE));
  return takeRows(examples, order.slice(0, count));
}

function classOf(
  { labels }: Examples,
  task: string,
  { kind }: LabelPipeline,
): ((row: number) => number) | undefined {
  const values = labels[task]?.values;
  return kind === 'real' || !values ? undefined : row => values[row] ?? 0;
}
