import assert from 'node:assert/strict';
import '@tensorflow/tfjs-backend-cpu';
import { scalar, tensor1d, train, variable, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import {
  learningRateAt,
  updateRule,
  type OptimizerSpec,
} from '../../../src/engine/training-step/optimizer/optimizers';

const START = [0.5, -1, 2, 0.001];
const gradientAt = (step: number): number[] => START.map((x, i) => Math.sin(x * 3 + step + i) * (i + 0.1));

/** Twenty updates by the engine's rule. */
function ours(spec: OptimizerSpec): number[] {
  const rule = updateRule(spec);
  let parameter: Tensor = tensor1d(START);
  let slots: readonly Tensor[] = Array.from({ length: rule.slots }, () => tensor1d(START.map(() => 0)));
  for (let step = 0; step < 20; step++) {
    const scalars = rule.at(step, learningRateAt(spec, step)).map(value => scalar(value));
    ({ parameter, slots } = rule.update(parameter, tensor1d(gradientAt(step)), slots, scalars));
  }
  return [...parameter.dataSync()];
}

/** The same by TensorFlow.js's own optimizer. */
function theirs(optimizer: Optimizer): number[] {
  const parameter = variable(tensor1d(START));
  for (let step = 0; step < 20; step++)
    optimizer.applyGradients({ [parameter.name]: tensor1d(gradientAt(step)) });
  return [...parameter.dataSync()];
}

const rules: readonly [OptimizerSpec, () => Optimizer][] = [
  [{ kind: 'sgd', learningRate: 0.1 }, () => train.sgd(0.1)],
  [{ kind: 'momentum', learningRate: 0.1, momentum: 0.9 }, () => train.momentum(0.1, 0.9)],
  [
    { kind: 'momentum', learningRate: 0.1, momentum: 0.9, nesterov: true },
    () => train.momentum(0.1, 0.9, true),
  ],
  [{ kind: 'rmsprop', learningRate: 0.01, momentum: 0.5 }, () => train.rmsprop(0.01, 0.9, 0.5, 1e-7)],
  [{ kind: 'adam', learningRate: 0.01 }, () => train.adam(0.01)],
];

describe('optimizer rules', () => {
  for (const [spec, optimizer] of rules) {
    it(`${JSON.stringify(spec)} is TensorFlow.js's`, () => {
      const [a, b] = [ours(spec), theirs(optimizer())];
      a.forEach((value, i) => {
        assert.ok(Math.abs(value - (b[i] as number)) < 1e-5, `${value} and ${String(b[i])}`);
      });
    });
  }

  it('decay the weights apart from the gradient', () => {
    const spec = { kind: 'adamw', learningRate: 0.1, weightDecay: 0.5 } as const;
    const rule = updateRule(spec);
    const zero = tensor1d([0]);
    const scalars = rule.at(0, 0.1).map(value => scalar(value));
    const { parameter } = rule.update(tensor1d([2]), zero, [zero, zero], scalars);
    assert.ok(Math.abs((parameter.dataSync()[0] as number) - 2 * (1 - 0.1 * 0.5)) < 1e-6);
  });
});
