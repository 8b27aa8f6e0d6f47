import type { Interval } from '../../protocol/pilot-report';
import type { Resamples, Scorer } from '../../training/metrics';
import { tCdf, tQuantile } from './student-t';

/** A figure with the standard error of both of its sources: the draw of the seeds and that of the test examples. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
  /** Degrees of freedom of the error, by Satterthwaite (1946). */
  readonly df: number;
}

/** What one seed's trial came to: its metric, and how to compute it on other draws of the test examples. */
export interface SeedResult {
  readonly value: number;
  /** Absent where the predictions are not known; the test examples' share of the error is then left out. */
  readonly score?: Scorer;
}

/**
 * The share of the variance between seeds that comes from which examples they were given. Where seeds share those, their
 * mean is off by as much as each of them, however many there are (Nadeau & Bengio, Inference for the generalization
 * error, 2003; the size of the share such that differences on 4,000 test examples are covered as stated).
 */
const FROM_DATA = 0.15;

/**
 * The variance of the mean over seeds that share training data.
 *
 * @param overlap the share of their training examples that any two seeds have in common
 */
function varianceOfMean(values: readonly number[], overlap: number): number {
  const correlation = FROM_DATA * overlap;
  return (variance(values) / (1 - correlation)) * (correlation + (1 - correlation) / values.length);
}

/**
 * The mean over seeds, or with a control the mean of the paired differences to it.
 *
 * A percentile bootstrap over three to five seeds is far too narrow: it draws from too few, and its variance is too
 * small by (S − 1)/S. So the two shares are kept apart: that of the seeds is s²/S with S − 1 degrees of freedom, that of
 * the test examples the variance, over bootstrap draws of the examples that all arms and seeds share, of the mean
 * over seeds. Their sum is taken with Student's t (Efron & Tibshirani 1993; Satterthwaite 1946; the two sources as in
 * Bouthillier et al., Accounting for variance in machine learning benchmarks, 2021).
 *
 * @param seeds what each seed came to; `control` the same seeds of the control, in the same order
 * @param overlap the share of training examples that any two seeds have in common
 */
export function estimate(
  seeds: readonly SeedResult[],
  resamples: Resamples,
  control?: readonly SeedResult[],
  overlap = 0,
): Estimate {
  const values = seeds.map(({ value }, i) => value - (control?.[i]?.value ?? 0));
  const count = values.length;
  const value = mean(values);
  const seedVariance = count > 1 ? varianceOfMean(values, overlap) : 0;
  const { ofMean, ofOne } = varianceOverExamples(seeds, resamples, control);
  const exampleVariance = ofMean;
  // What is peculiar to one training on one example is in both shares; counted twice, the interval would be too wide.
  const inBoth = count > 1 ? Math.max(0, ofOne - ofMean) / (count - 1) : 0;
  const total = Math.max(seedVariance, exampleVariance, seedVariance + exampleVariance - inBoth);
  const examples = resamples.groups ?? resamples[0]?.length ?? 0;
  const parts = seedVariance ** 2 / Math.max(1, count - 1) + exampleVariance ** 2 / Math.max(1, examples - 1);
  return { value, error: Math.sqrt(total), df: parts > 0 ? total ** 2 / parts : Math.max(1, count - 1) };
}

/** The variance over draws of the test examples: of the mean over seeds, and of one seed on average. */
function varianceOverExamples(
  seeds: readonly SeedResult[],
  resamples: Resamples,
  control: readonly SeedResult[] | undefined,
): { readonly ofMean: number; readonly ofOne: number } {
  const scores = seeds.map(({ score }) => score);
  const against = control?.map(({ score }) => score) ?? [];
  if (![...scores, ...against].every(score => score !== undefined)) return { ofMean: 0, ofOne: 0 };
  const drawn = resamples
    .map(weights => scores.map((score, i) => (score?.(weights) ?? 0) - (against[i]?.(weights) ?? 0)))
    // A draw without a class, or of equal labels, has no metric.
    .filter(values => !values.some(Number.isNaN));
  if (drawn.length < 2) return { ofMean: 0, ofOne: 0 };
  const each = scores.map((_, i) => variance(drawn.map(values => values[i] ?? 0)));
  // Drawing from few groups is off by (G − 1)/G; of many examples that is nothing.
  const { groups } = resamples;
  const few = groups === undefined || groups < 2 ? 1 : groups / (groups - 1);
  return { ofMean: few * variance(drawn.map(mean)), ofOne: few * mean(each) };
}

/** The 95 % interval. With one seed nothing is known of the seeds' share: it is as wide as the examples' alone. */
export function interval({ value, error, df }: Estimate, level = 0.95): Interval {
  const half = error === 0 ? 0 : error * tQuantile(0.5 + level / 2, df);
  return { value, low: value - half, high: value + half };
}

/** How often a difference this large or larger, either way, comes by chance alone. */
export function pValue({ value, error, df }: Estimate): number {
  if (error === 0) return value === 0 ? 1 : 0;
  return 2 * tCdf(-Math.abs(value) / error, df);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The unbiased variance. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/**
 * p-values after Holm's correction (A simple sequentially rejective multiple test procedure, 1979): rejecting those
 * below 0.05 is wrong about any of them at most once in twenty times, however they depend on each other.
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((value, place) => ({ value, place })).sort((a, b) => a.value - b.value);
  const corrected = new Array<number>(values.length).fill(1);
  let largest = 0;
  order.forEach(({ value, place }, rank) => {
    largest = Math.max(largest, Math.min(1, value * (values.length - rank)));
    corrected[place] = largest;
  });
  return corrected;
}
