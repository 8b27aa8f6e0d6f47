export { fitCurve, readCurve, FARTHEST, type Curve, type FittedCurve, type IllBehaved } from './curve';
export { estimate, interval, pValue, type Estimate, type SeedResult } from './estimate';
export { holm } from './holm';
export { metricsOf, scorer, MetricError, type Scorer } from './metrics';
export type { Point } from './points';
export { drawResamples, type Resamples } from './resample';
export { breakEven, effectiveExamples, type Worth } from './worth';
