import { createPredictor } from '../fit/predict';
import type { Examples } from '../material/examples';
import { composeEncoder, featureShape } from '../networks/compose';
import type { Encoder } from '../networks/encoder';

/**
 * What frozen blocks make of examples, computed once. They run as in prediction: their batch normalisation keeps the
 * statistics that it has, and its averages do not move.
 *
 * @param to the first block that is not frozen
 */
export async function featuresOf(
  encoder: Encoder,
  to: number,
  examples: Examples,
  signal: AbortSignal,
): Promise<Examples> {
  if (to === 0) return examples;
  const predictor = await createPredictor(composeEncoder(encoder, 0, to));
  try {
    const outputs = await predictor.predict(examples, { signal });
    const [inputs = new Float32Array()] = Object.values(outputs);
    return { ...examples, shape: featureShape(encoder, to), inputs };
  } finally {
    await predictor.dispose();
  }
}
