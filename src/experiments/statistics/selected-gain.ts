import type { Interval } from '../../protocol/pilot-report';
import type { Estimate } from './significance';

/** Points at which the distribution of a gain is computed, and how far it reaches, in standard errors and scales. */
const POINTS = 4001;
const REACH = 12;

/** Degrees of freedom of the prior: most gains are near its scale, and a large one that is well measured stays large. */
const PRIOR_DF = 4;

/**
 * What a gain is worth that was picked because it was the largest of several, and large enough to be told from chance:
 * the measured value is too high on average, the more so the less certain it is. Before anything is measured, gains are
 * taken to be around zero, with a spread of `scale`; what the measurement adds follows from Bayes' rule, whose result
 * holds whichever arm is picked and for whatever reason (Efron, Tweedie's formula and selection bias, 2011). Both
 * distributions are Student's, so that the correction fades for gains of many standard errors.
 *
 * @param scale in the metric's unit: half of all gains that pilots look for are smaller, roughly
 * @returns the expected gain with the 95 % interval of its distribution
 */
export function selectedGain({ value, error, df }: Estimate, scale: number): Interval {
  if (!(error > 0) || !(scale > 0)) return { value, low: value, high: value };
  const spread = Math.max(error, scale);
  const [from, to] = [Math.min(0, value) - REACH * spread, Math.max(0, value) + REACH * spread];
  const step = (to - from) / (POINTS - 1);
  const at = (i: number): number => from + i * step;
  const weights = Float64Array.from({ length: POINTS }, (_, i) =>
    Math.exp(logT((value - at(i)) / error, df) + logT(at(i) / scale, PRIOR_DF)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = weights.reduce((sum, weight, i) => sum + weight * at(i), 0) / total;
  const quantileAt = (p: number): number => {
    let sum = 0;
    const place = weights.findIndex(weight => (sum += weight) >= p * total);
    return at(place < 0 ? POINTS - 1 : place);
  };
  return { value: mean, low: quantileAt(0.025), high: quantileAt(0.975) };
}

/** The logarithm of Student's t density, less what does not depend on `t`. */
function logT(t: number, df: number): number {
  return (-(df + 1) / 2) * Math.log1p((t * t) / df);
}
