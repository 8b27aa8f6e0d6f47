export {
  fitCurve,
  evaluateCurve,
  MAX_EXTRAPOLATION,
  type Curve,
  type FittedCurve,
  type IllBehaved,
} from './data-size-curve';
export { estimate, interval, pValue, type Estimate, type SeedResult } from './inference';
export { holm } from './inference';
export { metricsOf, scorer, type MetricError, type Scorer } from './bootstrap-metrics';
export type { SizeResults } from './data-size-curve';
export { drawResamples, type Resamples } from './bootstrap-metrics';
export { breakEven, effectiveExamples, type EffectiveExamplesInterval } from './effective-examples';
