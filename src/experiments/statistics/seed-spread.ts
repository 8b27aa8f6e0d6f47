import { type SizeResults, varianceTrend } from './data-size-curve';
import { mean, type SeedSpread, variance } from './significance';
import { digamma, trigamma, trigammaInverse } from './distributions';

/** All comparisons together never count more than so many degrees of freedom beside a comparison's own seeds. */
const MOST_DF = 16;

/** Until the pilot itself has told so much, in degrees of freedom, the stated prior counts. */
const STATED_DF = 2;

/** All comparisons share the control's luck, so that together they tell about half of what they would tell apart. */
const INDEPENDENT = 0.5;

/**
 * How far two seeds are apart at a size, from the comparisons of all arms at all sizes: a trend over log n, for more data
 * makes trainings more alike. How much it counts follows from how alike the variances are about that trend (empirical
 * Bayes: Smyth, Linear models and empirical Bayes methods for assessing differential expression, 2004, §6.2). Where
 * there are hardly any comparisons with two seeds, a stated prior takes their place.
 *
 * @param comparisons each arm's paired differences to the control, at each size
 * @param stated the standard deviation of one seed's difference before anything is known, in the metric's unit
 */
export function seedSpread(comparisons: readonly SizeResults[], stated: number): (n: number) => SeedSpread {
  const several = comparisons.filter(({ seeds }) => seeds.length > 1);
  const known = INDEPENDENT * several.reduce((sum, { seeds }) => sum + seeds.length - 1, 0);
  const trend = varianceTrend(several);
  const measured = Math.min(MOST_DF, known, likeness(several, trend));
  const assumed = Math.max(0, STATED_DF - known);
  const df = measured + assumed;
  return n => ({ df, variance: df === 0 ? 0 : (measured * trend(n) + assumed * stated ** 2) / df });
}

/** Fewer variances than this do not tell how alike variances are. */
const FEWEST_VARIANCES = 3;
/** Where they do not, what they share counts like an arm's own five seeds. */
const UNKNOWN_LIKENESS = 4;

/** Degrees of freedom of the variances' common distribution: none where they have nothing in common. */
function likeness(points: readonly SizeResults[], trend: (n: number) => number): number {
  const known = points.filter(({ n }) => trend(n) > 0);
  if (known.length < FEWEST_VARIANCES) return UNKNOWN_LIKENESS;
  const logs = known.map(({ n, seeds }) => {
    const half = (seeds.length - 1) / 2;
    // Seeds that happen to agree have no logarithm.
    const ratio = Math.max(0.01, variance(seeds) / trend(n));
    return Math.log(ratio) - digamma(half) + Math.log(half);
  });
  const expected = mean(known.map(({ seeds }) => trigamma((seeds.length - 1) / 2)));
  const excess = variance(logs) - expected;
  return excess > 0 ? 2 * trigammaInverse(excess) : Infinity;
}
