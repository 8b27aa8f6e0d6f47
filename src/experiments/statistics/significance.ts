import type { Interval } from '../../protocol/pilot-report';
import type { Resamples, Scorer } from '../../training/metrics';
import { tCdf, tQuantile } from './distributions';

/** A figure with the standard error of both of its sources: the draw of the seeds and that of the test examples. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
  /** Degrees of freedom of the error, by Satterthwaite (1946). */
  readonly df: number;
  /** Where the error comes from; absent of an estimate that was not made of trials. */
  readonly parts?: VarianceParts;
}

/**
 * The components of a mixed model with seeds and test examples crossed, in the metric's unit squared: a seed's figure is
 * the truth, plus what is peculiar to its training, plus the draw of the examples, plus what is peculiar to that
 * training on those examples.
 */
export interface VarianceParts {
  /** Between trainings: of one seed, on infinitely many test examples. */
  readonly between: number;
  /** Of the draw of the test examples, however many seeds are tested on them. */
  readonly examples: number;
  /** Of one seed's training on these test examples, beyond the two. */
  readonly residual: number;
  readonly seeds: number;
  /** Test examples, or their groups where these are drawn whole; 0 where the predictions are not known. */
  readonly tested: number;
  /** Of `between`, the share that remains however many seeds there are. */
  readonly shared: number;
}

/** What one seed's trial came to: its metric, and how to compute it on other draws of the test examples. */
export interface SeedResult {
  readonly value: number;
  /** Absent where the predictions are not known; the test examples' share of the error is then left out. */
  readonly score?: Scorer;
}

/** What other comparisons tell of how far two seeds are apart: a variance, and how many degrees of freedom it counts. */
export interface SeedSpread {
  readonly variance: number;
  readonly df: number;
}

export interface EstimateOptions {
  /** The share of the training examples that any two seeds have in common. */
  readonly overlap?: number;
  /** What the seeds' own variance is drawn towards. Without it one seed says nothing of the seeds' share. */
  readonly spread?: SeedSpread;
  /** Where each seed was tested on other examples: the draws of each, and their number as a share of its training examples. */
  readonly apart?: { readonly resamples: readonly Resamples[]; readonly ratio: number };
  /** The least standard error: no test split resolves less than about one of its examples. */
  readonly floor?: number;
}

/**
 * The share of the variance between seeds that comes from which examples they were given. Where seeds share those, their
 * mean is off by as much as each of them, however many there are (Nadeau & Bengio, Inference for the generalization
 * error, 2003; the size of the share such that differences on 4,000 test examples are covered as stated).
 */
const FROM_DATA = 0.15;

/**
 * The mean over seeds, or with a control the mean of the paired differences to it.
 *
 * A percentile bootstrap over three to five seeds is far too narrow: it draws from too few, and its variance is too
 * small by (S − 1)/S. So the components are estimated apart (a crossed mixed model by moments): from the bootstrap draws
 * of the examples that all arms and seeds share follow those of the examples and the residual; what the seeds vary
 * beyond the residual is that between trainings. Few seeds tell little of their own variance, so it is drawn towards
 * `spread` (moderated variances: Smyth 2004). The sum is taken with Student's t (Efron & Tibshirani 1993; Satterthwaite
 * 1946; the sources as in Bouthillier et al., Accounting for variance in machine learning benchmarks, 2021).
 *
 * Where each seed is tested on other examples, the draws are its own, and the variance of the mean is that of repeated
 * splits: (1/S + n₂/n₁)·s², with n₂ test examples to n₁ training examples (Nadeau & Bengio 2003, eq. 8).
 *
 * @param seeds what each seed came to; `control` the same seeds of the control, in the same order
 */
export function estimate(
  seeds: readonly SeedResult[],
  resamples: Resamples,
  control?: readonly SeedResult[],
  { overlap = 0, spread, floor = 0, apart }: EstimateOptions = {},
): Estimate {
  const values = seeds.map(({ value }, i) => value - (control?.[i]?.value ?? 0));
  const count = values.length;
  const { ofMean, ofOne } = varianceOverExamples(
    seeds,
    apart?.resamples ?? seeds.map(() => resamples),
    control,
  );
  const seedDf = count - 1 + (spread?.df ?? 0);
  const own = count > 1 ? variance(values) : 0;
  const moderated =
    seedDf > 0 ? ((count - 1) * own + (spread?.df ?? 0) * (spread?.variance ?? 0)) / seedDf : 0;
  // A mean over S seeds has the residual's variance once in S, so that the two draws tell it from the examples'.
  const residual = count > 1 ? (Math.max(0, ofOne - ofMean) * count) / (count - 1) : 0;
  const between = Math.max(0, moderated - residual);
  const correlation = apart ? apart.ratio / (1 + apart.ratio) : FROM_DATA * overlap;
  const factor = (correlation + (1 - correlation) / count) / (1 - correlation);
  // Of test splits apart, the residual is shared as the trainings are: each tests on what the others train on.
  const repeated = apart ? residual * apart.ratio : 0;
  const total = ofMean + between * factor + repeated;
  const tested = (apart?.resamples ?? [resamples]).reduce(
    (sum, each) => sum + (each.groups ?? each[0]?.length ?? 0),
    0,
  );
  const parts = (moderated * factor) ** 2 / Math.max(1, seedDf) + ofMean ** 2 / Math.max(1, tested - 1);
  return {
    value: mean(values),
    error: Math.max(floor, Math.sqrt(total)),
    df: parts > 0 ? Math.max(1, total ** 2 / parts) : Math.max(1, seedDf),
    parts: {
      between,
      examples: Math.max(0, ofMean - residual / count) + repeated,
      residual,
      seeds: count,
      tested: ofMean > 0 ? tested : 0,
      shared: correlation,
    },
  };
}

/** The variance over draws of the test examples: of the mean over seeds, and of one seed on average. */
function varianceOverExamples(
  seeds: readonly SeedResult[],
  resamples: readonly Resamples[],
  control: readonly SeedResult[] | undefined,
): { readonly ofMean: number; readonly ofOne: number } {
  const scores = seeds.map(({ score }) => score);
  const against = control?.map(({ score }) => score) ?? [];
  if (![...scores, ...against].every(score => score !== undefined)) return { ofMean: 0, ofOne: 0 };
  const draws = Math.min(...resamples.map(({ length }) => length));
  const drawn = Array.from({ length: draws }, (_, draw) =>
    scores.map((score, i) => {
      const weights = resamples[i]?.[draw];
      return (score?.(weights) ?? 0) - (against[i]?.(weights) ?? 0);
    }),
  )
    // A draw without a class, or of equal labels, has no metric.
    .filter(values => !values.some(Number.isNaN));
  if (drawn.length < 2) return { ofMean: 0, ofOne: 0 };
  const each = scores.map((_, i) => variance(drawn.map(values => values[i] ?? 0)));
  // Drawing from few groups is off by (G − 1)/G; of many examples that is nothing.
  const groups = resamples[0]?.groups;
  const few = groups === undefined || groups < 2 ? 1 : groups / (groups - 1);
  return { ofMean: few * variance(drawn.map(mean)), ofOne: few * mean(each) };
}

/** The interval of an estimate, of 95 % unless another level is given. */
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
