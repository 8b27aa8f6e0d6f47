import type { InputPreprocessing } from '../data';
import type { Predictions, TrialResult, TrialSpec } from '../protocol/job-files';
import { inputIdentity } from './datasets/input-identity';
import { metricValue } from './loop/evaluation';
import { metricsOf } from './metrics';

/** What a trial had to learn from, and was measured on. */
interface TrialData {
  /** The training examples of its size. */
  readonly rows: { readonly length: number };
  readonly validation: { readonly count: number };
  readonly test: { readonly count: number };
  readonly material: { readonly input: InputPreprocessing };
}

/** The part of a trial's result that follows from its predictions on the test split, alike for networks and baselines. */
export type TestResult = Pick<
  TrialResult,
  'version' | 'id' | 'value' | 'metrics' | 'validation' | 'examples' | 'inputs'
> & { readonly test: Predictions };

/** @param validation the score that was chosen by: the run's metric on the validation split, negative where less is better */
export function testResult(
  { id, metric }: TrialSpec,
  { rows, validation: { count }, test: { count: tested }, material }: TrialData,
  test: Predictions,
  validation: number,
): TestResult {
  const metrics = metricsOf(test);
  return {
    version: 1,
    id,
    value: metricValue(metrics, metric, test),
    metrics,
    test,
    validation: metric.higherIsBetter ? validation : -validation,
    examples: { train: rows.length, validation: count, test: tested },
    inputs: inputIdentity(material.input, test),
  };
}
