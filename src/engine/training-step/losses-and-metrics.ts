import {
  LogSoftmax,
  type Scalar,
  type Tensor,
  abs,
  add,
  argMax,
  cast,
  customGrad,
  div,
  engine,
  equal,
  exp,
  getBackend,
  getKernel,
  greater,
  log1p,
  logSoftmax,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  ones,
  relu,
  reshape,
  scalar,
  sigmoid,
  square,
  sub,
  sum,
} from '@tensorflow/tfjs-core';
import type { LossSpec, Metric } from './step-definition';

/** The mean error of an output over the labels that are present; zero when none is. */
export function lossOf(spec: LossSpec, output: Tensor, target: Tensor, mask: Tensor | undefined): Scalar {
  const loss = unweighted(spec, output, target, mask);
  return spec.weight === undefined || spec.weight === 1 ? loss : mul(loss, spec.weight);
}

function unweighted(spec: LossSpec, output: Tensor, target: Tensor, mask: Tensor | undefined): Scalar {
  switch (spec.kind) {
    case 'softmaxCrossEntropy':
      return softmaxCrossEntropy(spec, output, target, mask);
    case 'sigmoidCrossEntropy':
      return elementMean(sigmoidErrors(output, target), mask);
    case 'meanSquaredError':
      return elementMean(square(sub(output, target)), mask);
  }
}

/**
 * The weight of each label, so that their weighted sum is the mean over those present. A mask above 1 makes a label
 * count more: it is the number of labels that divides, as a batch with one rare label would lose its weight otherwise.
 */
function shares(count: number, mask: Tensor | undefined): Tensor {
  if (!mask) return scalar(1 / count);
  const present = sum(cast(greater(mask, 0), 'float32'));
  return div(mask, maximum(present, 1));
}

/** The share of each row; a mask of one number per example counts all rows of the example. */
function rowShares(rows: number, mask: Tensor | undefined): Tensor {
  const each = shares(rows, mask && reshape(mask, [-1, 1]));
  if (mask === undefined || mask.size === rows) return each;
  const perExample = rows / mask.size;
  return reshape(mul(div(each, perExample), ones([1, perExample])), [rows, 1]);
}

/** One target distribution per row of the logits; the gradient is written out, since it is so short. */
function softmaxCrossEntropy(
  spec: LossSpec,
  output: Tensor,
  target: Tensor,
  mask: Tensor | undefined,
): Scalar {
  const classes = output.shape[output.rank - 1] as number;
  const logits = reshape(output, [-1, classes]);
  const rows = logits.shape[0];
  const wanted =
    spec.targets === 'probabilities'
      ? reshape(target, [-1, classes])
      : cast(oneHot(reshape(target, [-1]), classes), 'float32');
  const weights = rowShares(rows, mask);
  const loss = customGrad((x, save) => {
    const logarithms = logarithmicSoftmax(x as Tensor);
    (save as (tensors: Tensor[]) => void)([logarithms, wanted, weights]);
    const value = neg(sum(mul(mul(logarithms, wanted), weights)));
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [logs, labels, each] = saved as [Tensor, Tensor, Tensor];
      return mul(mul(sub(exp(logs), labels), each), dy);
    };
    return { value, gradFunc };
  });
  return loss(logits) as Scalar;
}

/** One operation where the backend has it, and some ten otherwise. */
function logarithmicSoftmax(x: Tensor): Tensor {
  if ((getKernel(LogSoftmax, getBackend()) as unknown) === undefined) return logSoftmax(x);
  return engine().runKernel(LogSoftmax, { logits: x }, { axis: -1 });
}

/** Per element: max(x, 0) - x t + log(1 + exp(-|x|)), which does not overflow. Its gradient is sigmoid(x) - t. */
function sigmoidErrors(output: Tensor, target: Tensor): Tensor {
  const errors = customGrad((x, save) => {
    const logits = x as Tensor;
    (save as (tensors: Tensor[]) => void)([logits]);
    const value = add(sub(relu(logits), mul(logits, target)), log1p(exp(neg(abs(logits)))));
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
      mul(sub(sigmoid(saved[0] as Tensor), target), dy);
    return { value, gradFunc };
  });
  return errors(output);
}

/** The mean of errors per element; a mask of one number per example counts all elements of the example. */
function elementMean(errors: Tensor, mask: Tensor | undefined): Scalar {
  const examples = errors.shape[0];
  const rows = reshape(errors, [examples, -1]);
  const perExample = rows.shape[1] as number;
  if (mask === undefined) return mul(sum(rows), 1 / errors.size);
  if (mask.size === errors.size)
    return sum(mul(rows, shares(errors.size, reshape(mask, [examples, perExample]))));
  return sum(mul(rows, div(shares(examples, reshape(mask, [examples, 1])), perExample)));
}

/** A metric over the labels of a batch that are present. */
export function metricOf(
  metric: Metric,
  loss: LossSpec,
  output: Tensor,
  target: Tensor,
  mask: Tensor | undefined,
): Scalar {
  const values = metric === 'accuracy' ? hits(loss, output, target) : abs(sub(output, target));
  if (mask === undefined) return mean(values);
  const examples = values.shape[0];
  const weights =
    mask.size === values.size
      ? reshape(mask, values.shape)
      : reshape(mask, [examples, ...values.shape.slice(1).map(() => 1)]);
  const perLabel = values.size / mask.size;
  return div(sum(mul(values, weights)), mul(maximum(sum(mask), 1), perLabel));
}

/** 1 where the prediction is right: the most probable class, or each label's side of one half. */
function hits(loss: LossSpec, output: Tensor, target: Tensor): Tensor {
  if (loss.kind !== 'softmaxCrossEntropy') {
    return cast(equal(greater(output, 0), greater(target, 0.5)), 'float32');
  }
  const wanted = loss.targets === 'probabilities' ? argMax(target, -1) : target;
  const predicted = argMax(output, -1);
  return cast(equal(predicted, reshape(wanted, predicted.shape)), 'float32');
}
