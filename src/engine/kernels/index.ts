import { binaryLowerings } from './binary';
import { convolutionLowerings } from './convolution';
import { gatherLowerings } from './gather';
import type { Lowerings } from './lowering';
import { matrixLowerings } from './matrix';
import { normalisationLowerings } from './normalisation';
import { poolingLowerings } from './pooling';
import { reductionLowerings } from './reduction';
import { shapeLowerings } from './shape';
import { unaryLowerings } from './unary';

/** Every TensorFlow.js kernel that compiles, by its name. */
export const lowerings: Lowerings = {
  ...unaryLowerings,
  ...binaryLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...gatherLowerings,
  ...matrixLowerings,
  ...convolutionLowerings,
  ...poolingLowerings,
  ...normalisationLowerings,
};
