import assert from 'node:assert/strict';
import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { lossOf } from '../../../src/engine/training-step/losses-and-metrics';

describe('engine: losses of weighted labels', () => {
  before(() => setBackend('cpu'));

  /** The loss of labels 1 at logits 0 under a mask: log 2 for each. */
  const lossAt = (mask: readonly number[], kind: 'sigmoidCrossEntropy' | 'softmaxCrossEntropy'): number =>
    tidy(() => {
      const count = mask.length;
      const [output, target]: [Tensor, Tensor] =
        kind === 'sigmoidCrossEntropy'
          ? [
              tensor(new Array<number>(count).fill(0), [count, 1]),
              tensor(new Array<number>(count).fill(1), [count, 1]),
            ]
          : [
              tensor(new Array<number>(2 * count).fill(0), [count, 2]),
              tensor(new Array<number>(count).fill(1), [count], 'int32'),
            ];
      return (
        lossOf({ kind, mask: 'example' }, output, target, tensor([...mask], [count])).dataSync()[0] ?? NaN
      );
    });

  for (const kind of ['sigmoidCrossEntropy', 'softmaxCrossEntropy'] as const)
    it(`divide by the number of labels, so that a weight counts in a batch with one label: ${kind}`, () => {
      const unit = Math.log(2);
      for (const [mask, expected] of [
        [[1, 1, 0, 0], 1],
        [[0, 0, 0, 0], 0],
        [[3, 0, 0, 0], 3],
        [[3, 1, 0, 0], 2],
      ] as const)
        assert.ok(
          Math.abs(lossAt(mask, kind) - expected * unit) < 1e-6,
          `${String(mask)}: ${lossAt(mask, kind) / unit}`,
        );
    });
});
