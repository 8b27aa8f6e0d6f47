import { variance } from './estimate';
import { studentT, type Random } from './random';

/** A measured point of a data-size curve. */
export interface Point {
  readonly n: number;
  /** The metric of each seed. */
  readonly seeds: readonly number[];
}

/** A point with what is known of how far its mean may be off. */
export interface MeasuredPoint {
  readonly n: number;
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly df: number;
}

/** Weight of what all sizes tell of the variance against a size's own seeds, in degrees of freedom. */
const SHARED_DF = 4;

/**
 * The points in ascending order. Three seeds tell little of their own variance, so each size's is drawn towards what all
 * sizes tell: a line of its logarithm over log n, for more data makes trainings more alike (moderated variances with
 * a trend: Smyth 2004; Law et al., voom, 2014).
 *
 * @param like the points that tell of the variance, where these are too few to
 */
export function measuredPoints(
  points: readonly Point[],
  like: readonly Point[] = points,
): readonly MeasuredPoint[] {
  const sorted = points.filter(({ seeds }) => seeds.length > 0).sort((a, b) => a.n - b.n);
  const several = like.filter(({ seeds }) => seeds.length > 1);
  const trend = varianceTrend(several);
  const freedom = several.reduce((sum, { seeds }) => sum + seeds.length - 1, 0);
  const prior = Math.min(SHARED_DF, freedom);
  return sorted.map(({ n, seeds }) => {
    const own = seeds.length > 1 ? variance(seeds) : 0;
    const ownDf = seeds.length - 1;
    const df = Math.max(1, prior + ownDf);
    return {
      n,
      mean: seeds.reduce((sum, value) => sum + value, 0) / seeds.length,
      error: Math.sqrt((prior * trend(n) + ownDf * own) / df / seeds.length),
      df,
    };
  });
}

/** The variance never grows with n, nor falls faster than this power of it. */
const STEEPEST = -1.5;

/** The variance at any size, from those that were measured. */
function varianceTrend(points: readonly Point[]): (n: number) => number {
  const variances = points.map(({ seeds }) => variance(seeds));
  const average = variances.reduce((sum, each) => sum + each, 0) / Math.max(1, variances.length);
  if (average === 0) return () => 0;
  const at = points.map(({ n }, i) => ({
    x: Math.log(n),
    // Seeds that happen to agree would pull the line down without end.
    y: Math.log(Math.max(variances[i] ?? 0, average / 100)),
  }));
  const [x, y] = [meanOf(at.map(each => each.x)), meanOf(at.map(each => each.y))];
  const spread = at.reduce((sum, each) => sum + (each.x - x) ** 2, 0);
  const slope = spread === 0 ? 0 : at.reduce((sum, each) => sum + (each.x - x) * (each.y - y), 0) / spread;
  const power = Math.min(0, Math.max(STEEPEST, slope));
  // The line's height is that of the variances, not of their logarithms, whose mean is too low.
  const height = meanOf(points.map(({ n }, i) => (variances[i] ?? 0) / n ** power));
  return n => height * n ** power;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One way in which the means may as well have come out. */
export function drawMeans(points: readonly MeasuredPoint[], random: Random): readonly number[] {
  return points.map(({ mean, error, df }) => mean + error * studentT(random, df));
}
