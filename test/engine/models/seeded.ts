import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { uniform } from '../../../src/engine/training-step/random-draws';

/** Keeps these numbers apart from those of batches, which the same generator draws. */
const WEIGHTS = 77;

/**
 * Gives every kernel of a model Glorot's uniform weights for a seed (TensorFlow.js's initializers draw new ones
 * each time), so that a proof has the same outcome whenever it runs. Vectors stay as they are.
 */
export function seedWeights(model: LayersModel, seed: number): void {
  tidy(() => {
    const drawn = model.getWeights().map((weight, i) => {
      if (weight.shape.length < 2) return weight;
      const [inputs, outputs] = weight.shape.slice(-2) as [number, number];
      const positions = weight.shape.slice(0, -2).reduce((product, size) => product * size, 1);
      const limit = Math.sqrt(6 / (positions * (inputs + outputs)));
      return tensor(
        uniform(weight.size, seed, WEIGHTS, i).map(x => (2 * x - 1) * limit),
        weight.shape,
      );
    });
    model.setWeights(drawn);
  });
}
