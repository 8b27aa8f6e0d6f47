import { add, customGrad, div, mean, mul, sqrt, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

interface Parameter {
  read(): Tensor;
  write(value: Tensor): unknown;
}

/** What is used of a batch-normalisation layer of TensorFlow.js. */
interface BatchNormalisationLayer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: Parameter | null;
  readonly beta?: Parameter | null;
  readonly movingMean: Parameter;
  readonly movingVariance: Parameter;
}

/**
 * Normalises by the statistics of the batch and updates the moving ones, as the layer itself does; its gradient
 * is the closed form, which passes over the data three times where the recorded one passes some twenty times.
 * Other axes than the last are left to the layer (`undefined`).
 */
export function batchNormalisation(x: Tensor, settings: object): Tensor | undefined {
  const layer = settings as BatchNormalisationLayer;
  const axis = layer.axis < 0 ? layer.axis + x.rank : layer.axis;
  if (axis !== x.rank - 1) return undefined;
  const axes = x.shape.map((_, i) => i).slice(0, -1);
  const average = mean(x, axes);
  const variance = mean(square(sub(x, average)), axes);
  const gamma = layer.gamma?.read();
  const beta = layer.beta?.read();
  const normalised = standardised(x, average, variance, layer.epsilon, axes);
  moveTowards(layer.movingMean, average, layer.momentum);
  moveTowards(layer.movingVariance, variance, layer.momentum);
  const scaled = gamma ? mul(normalised, gamma) : normalised;
  return beta ? add(scaled, beta) : scaled;
}

function moveTowards(parameter: Parameter, value: Tensor, momentum: number): void {
  const before = parameter.read();
  parameter.write(sub(before, mul(sub(before, value), 1 - momentum)));
}

/** (x - mean) / deviation, whose statistics are functions of `x` for the gradient. */
function standardised(x: Tensor, average: Tensor, variance: Tensor, epsilon: number, axes: number[]): Tensor {
  const count = x.size / average.size;
  const normalise = customGrad((input, save) => {
    const inverse = div(1, sqrt(add(variance, epsilon)));
    const value = mul(sub(input as Tensor, average), inverse);
    (save as (tensors: Tensor[]) => void)([value, inverse]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [normal, factor] = saved as [Tensor, Tensor];
      const slope = mul(sum(mul(dy, normal), axes), 1 / count);
      const level = mul(sum(dy, axes), 1 / count);
      return mul(sub(sub(dy, level), mul(normal, slope)), factor);
    };
    return { value, gradFunc };
  });
  return normalise(x);
}
