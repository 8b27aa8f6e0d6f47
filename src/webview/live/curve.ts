import type { Column } from './points';

export type Quantity = Extract<Column, 'loss' | 'validationLoss' | 'metric'>;
export type Axis = Extract<Column, 'epoch' | 'step' | 'seconds'>;

/** What training is watched by, in the order of its charts. */
export const QUANTITIES: readonly Quantity[] = ['loss', 'validationLoss', 'metric'];

export type ByQuantity<T> = Readonly<Record<Quantity, T>>;

export function mapQuantities<T>(make: (quantity: Quantity) => T): ByQuantity<T> {
  return { loss: make('loss'), validationLoss: make('validationLoss'), metric: make('metric') };
}

/** A line of a chart; it never changes. */
export interface Curve {
  readonly id: string;
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string;
  readonly n?: number;
  /** Absent for a mean. */
  readonly seed?: number;
  readonly xs: Float64Array;
  /** NaN where a value left the numbers. */
  readonly ys: Float64Array;
  /** The band about a mean of several seeds. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
  /** Whether it still grows. */
  readonly live: boolean;
}

/** An exponential moving average without the pull of its start (as Adam corrects its moments); gaps stay gaps. */
export function smoothed(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  let [sum, mass] = [0, 0];
  return values.map(value => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return sum / mass;
  });
}
