import {
  abs,
  argMax,
  cast,
  div,
  equal,
  greater,
  maximum,
  mean,
  mul,
  reshape,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LossSpec, Metric } from './definition';

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
