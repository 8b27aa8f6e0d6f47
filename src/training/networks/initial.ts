import { initializers } from '@tensorflow/tfjs-layers';
import { seedOf } from '../random';

type Initializer = ReturnType<typeof initializers.heNormal>;

/** For layers before a ReLU (He et al. 2015): the same weights for the same seed and place. */
export function beforeRelu(seed: number, place: string): Initializer {
  return initializers.heNormal({ seed: seedOf('weights', place, seed) });
}

/** For layers whose outputs are read as they are (Glorot and Bengio 2010). */
export function beforeOutput(seed: number, place: string): Initializer {
  return initializers.glorotUniform({ seed: seedOf('weights', place, seed) });
}
