import type { Encoder } from '../architectures/encoders';
import { type Head, composeModel } from '../architectures/network';
import type { Examples } from '../datasets/examples';
import type { TrialResult } from '../../protocol/job-files';
import { createPredictor, outputOf } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import { metricsOf } from '../metrics';
import { defaultMetric } from './learning-data';

/** The metric that fits each head's task, on the examples that are labelled for it. */
export async function testMetrics(
  encoder: Encoder,
  heads: readonly Head[],
  test: Examples,
  signal: AbortSignal,
): Promise<NonNullable<TrialResult['tasks']>> {
  const predictor = await createPredictor(composeModel(encoder, heads));
  try {
    const outputs = await predictor.predict(test, { signal });
    return Object.fromEntries(
      heads.flatMap(head => {
        const metrics = metricsOf(predictionsOf(head, outputOf(head, outputs), test));
        const metric = defaultMetric(head.label);
        const value = metrics[metric];
        return value === undefined ? [] : [[head.task, { metric, value }]];
      }),
    );
  } finally {
    await predictor.dispose();
  }
}
