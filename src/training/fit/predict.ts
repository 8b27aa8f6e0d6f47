import type { LayersModel } from '@tensorflow/tfjs-layers';
import { compileInference, type Weights } from '../../engine';
import { throwIfAborted } from '../errors';
import { sameType, widthOf, type Examples } from '../material/examples';
import { INPUT } from '../networks/compose';

/** A compiled model's outputs for any number of examples. */
export interface Predictor {
  /** By the name of the output: `[count, width]`, row by row. */
  readonly predict: (
    examples: Examples,
    options: { readonly signal: AbortSignal; readonly weights?: Weights },
  ) => Promise<Readonly<Record<string, Float32Array>>>;
  readonly dispose: () => Promise<void>;
}

/** Examples to a batch: large enough for speed, small enough to stop soon. */
const BATCH = 64;

export async function createPredictor(model: LayersModel): Promise<Predictor> {
  const inference = await compileInference(model, { batchSize: BATCH, threads: 1 });
  return {
    dispose: inference.dispose,
    predict: async ({ count, shape, inputs }, { signal, weights }) => {
      const width = widthOf(shape);
      const outputs: Record<string, Float32Array> = {};
      for (let first = 0; first < count; first += BATCH) {
        throwIfAborted(signal);
        const rows = Math.min(BATCH, count - first);
        const batch = sameType(inputs, BATCH * width);
        batch.set(inputs.subarray(first * width, (first + rows) * width));
        for (const [name, values] of Object.entries(await inference.run({ [INPUT]: batch }, weights))) {
          const each = values.length / BATCH;
          const output = (outputs[name] ??= new Float32Array(count * each));
          output.set(values.subarray(0, rows * each), first * each);
        }
      }
      return outputs;
    },
  };
}
