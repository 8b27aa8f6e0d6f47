import {
  add,
  customGrad,
  div,
  mean,
  mul,
  ones,
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
  const average = mean(x, axes);
  const variance = mean(square(sub(x, average)), axes);
  const gamma = layer.gamma?.read() ?? ones(average.shape);
  const beta = layer.beta?.read() ?? zeros(average.shape);
  moveTowards(layer.movingMean, average, layer.momentum);
  moveTowards(layer.movingVariance, variance, layer.momentum);
  return normalised({ x, gamma, beta, average, variance }, layer.epsilon, axes);
}

function moveTowards(parameter: Parameter, value: Tensor, momentum: number): void {
  const before = parameter.read();
  parameter.write(sub(before, mul(sub(before, value), 1 - momentum)));
}

interface Operands {
  readonly x: Tensor;
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly average: Tensor;
  readonly variance: Tensor;
}

/** gamma (x - mean) / deviation + beta, where mean and deviation are functions of `x` for the gradient. */
function normalised(operands: Operands, epsilon: number, axes: number[]): Tensor {
  const { x, gamma, beta, average, variance } = operands;
  const share = average.size / x.size;
  const normalise = customGrad((...given) => {
    const [input, factor, offset] = given as [Tensor, Tensor, Tensor];
    const save = given[3] as unknown as (tensors: Tensor[]) => void;
    const inverse = div(1, sqrt(add(variance, epsilon)));
    const centred = sub(input, average);
    save([centred, inverse, factor]);
    const value = add(mul(centred, mul(inverse, factor)), offset);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => backward(dy, saved, axes, share);
    return { value, gradFunc };
  });
  return normalise(x, gamma, beta);
}

/** The gradients of input, gamma and beta: four passes over the data and two sums. */
function backward(dy: Tensor, saved: readonly Tensor[], axes: number[], share: number): Tensor[] {
  const [centred, inverse, gamma] = saved as [Tensor, Tensor, Tensor];
  const level = sum(dy, axes);
  const slope = sum(mul(dy, centred), axes);
  const scale = mul(gamma, inverse);
  const pull = mul(mul(scale, mul(inverse, inverse)), mul(slope, share));
  const dx = sub(sub(mul(dy, scale), mul(centred, pull)), mul(scale, mul(level, share)));
  return [dx, mul(slope, inverse), level];
}
