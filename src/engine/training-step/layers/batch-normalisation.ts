import {
  add,
  customGrad,
  div,
  maximum,
  mean,
  mul,
  neg,
  ones,
  slice,
  sqrt,
  square,
  sub,
  sum,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';

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
  const batch = statistics(x, axes);
  const gamma = layer.gamma?.read() ?? ones(batch.mean.shape);
  const beta = layer.beta?.read() ?? zeros(batch.mean.shape);
  moveTowards(layer.movingMean, add(batch.origin, batch.mean), layer.momentum);
  moveTowards(layer.movingVariance, batch.variance, layer.momentum);
  return normalised(x, gamma, beta, batch, layer.epsilon, axes);
}

/** Mean and variance of each channel; both the mean and `shifted` count from `origin`. */
interface Statistics {
  readonly origin: Tensor;
  readonly shifted: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * The variance as the mean square less the squared mean: both sums at once, without waiting for the mean. What
 * that loses by cancellation is bounded by counting from the mean of the first example: for a batch of `n` examples
 * the squared mean is then at most `n` times the variance. Where a convolution made `x`, its bias does the shifting.
 */
function statistics(x: Tensor, axes: number[]): Statistics {
  const first = slice(x, axes.map(() => 0).concat(0), [1, ...x.shape.slice(1)]);
  const origin = mean(first, axes);
  const shifted = sub(x, origin);
  const average = mean(shifted, axes);
  const variance = maximum(sub(mean(square(shifted), axes), square(average)), 0);
  return { origin, shifted, mean: average, variance };
}

function moveTowards(parameter: Parameter, value: Tensor, momentum: number): void {
  const before = parameter.read();
  parameter.write(sub(before, mul(sub(before, value), 1 - momentum)));
}

/** gamma (x - mean) / deviation + beta, where mean and deviation are functions of `x` for the gradient. */
function normalised(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  batch: Statistics,
  epsilon: number,
  axes: number[],
): Tensor {
  const normalise = customGrad((...given) => {
    const [, factor, offset] = given as [Tensor, Tensor, Tensor];
    const save = given[3] as unknown as (tensors: Tensor[]) => void;
    const inverse = div(1, sqrt(add(batch.variance, epsilon)));
    const scale = mul(inverse, factor);
    save([batch.shifted, batch.mean, inverse, scale]);
    const value = add(mul(batch.shifted, scale), sub(offset, mul(batch.mean, scale)));
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => backward(dy, saved, axes);
    return { value, gradFunc };
  });
  return normalise(x, gamma, beta);
}

/** The gradients of input, gamma and beta: two sums over the data, then `dy` and the input scaled and added. */
function backward(dy: Tensor, saved: readonly Tensor[], axes: number[]): Tensor[] {
  const [shifted, average, inverse, scale] = saved as [Tensor, Tensor, Tensor, Tensor];
  const share = average.size / shifted.size;
  const level = sum(dy, axes);
  const slope = sub(sum(mul(dy, shifted), axes), mul(average, level));
  const pull = mul(mul(scale, square(inverse)), mul(slope, share));
  const rest = sub(mul(pull, average), mul(scale, mul(level, share)));
  const dx = add(mul(dy, scale), add(mul(shifted, neg(pull)), rest));
  return [dx, mul(slope, inverse), level];
}
