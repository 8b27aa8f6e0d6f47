import { outputOf } from '../fit/judge';
import { createPredictor } from '../fit/predict';
import { predictionsOf } from '../fit/predictions';
import type { Examples } from '../material/examples';
import { metricsOf } from '../metrics';
import { composeModel } from '../networks/compose';
import type { Encoder } from '../networks/encoder';
import type { Head } from '../networks/heads';
import type { TrialResult } from '../result';
import { defaultMetric } from './data';

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
