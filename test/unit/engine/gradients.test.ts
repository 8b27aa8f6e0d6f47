/**
 * What both executors share, so that comparing them with each other says nothing: checked against TensorFlow.js's own
 * layer, losses spelled out from plain operations, and TensorFlow.js's gradients of those.
 */
import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import {
  type Scalar,
  type Tensor,
  type Tensor4D,
  abs,
  add,
  avgPool,
  cast,
  div,
  exp,
  grad,
  grads,
  log,
  log1p,
  mean,
  mul,
  neg,
  oneHot,
  onesLike,
  pad,
  relu,
  reshape,
  scalar,
  slice,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { averagePooling } from '../../../src/engine/training-step/layers/average-pooling';
import { batchNormalisation } from '../../../src/engine/training-step/layers/batch-normalisation';
import { lossOf } from '../../../src/engine/training-step/losses-and-metrics';
import { clipGradients } from '../../../src/engine/training-step/optimizer/optimizers';
import { uniform } from '../../../src/engine/training-step/random-draws';
import type { LossSpec } from '../../../src/engine/training-step/step-definition';

let draws = 0;
const numbers = (shape: number[]): Tensor => {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tensor(
    uniform(size, 1, 0, draws++).map(x => 4 * x - 2),
    shape,
  );
};

function assertClose(actual: Tensor, expected: Tensor, what: string): void {
  assert.deepEqual(actual.shape, expected.shape, what);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  a.forEach((value, i) => {
    const other = b[i] as number;
    assert.ok(
      Math.abs(value - other) < 1e-5 * Math.max(1, Math.abs(other)),
      `${what} ${i}: ${value}, ${other}`,
    );
  });
}

describe('batch normalisation', () => {
  for (const shape of [
    [6, 4],
    [3, 5, 4],
    [3, 4, 5, 4],
  ])
    it(`is that of TensorFlow.js's layer, gradients and moving averages included, for [${shape.join(', ')}]`, () => {
      // Far from zero, where a mean square less a squared mean would lose most.
      const x = add(numbers(shape), 10);
      const cotangent = numbers(shape);
      const build = (): layers.Layer => {
        const layer = layers.batchNormalization({ momentum: 0.7, epsilon: 0.01 });
        layer.build(shape);
        return layer;
      };
      const [gamma, beta] = [numbers([4]), numbers([4])];
      const theirs = build();
      theirs.setWeights([gamma, beta, zeros([4]), zeros([4])]);
      const ours = build();
      ours.setWeights([gamma, beta, zeros([4]), zeros([4])]);
      const settings = (g: Tensor, b: Tensor): object =>
        Object.assign(Object.create(ours) as object, { gamma: { read: () => g }, beta: { read: () => b } });
      const normalised = (given: Tensor, g: Tensor, b: Tensor): Tensor =>
        batchNormalisation(given, settings(g, b)) as Tensor;
      const theirOutput = theirs.call(x, { training: true }) as Tensor;
      assertClose(normalised(x, gamma, beta), theirOutput, 'output');
      ours.getWeights().forEach((weight, i) => {
        assertClose(weight, theirs.getWeights()[i] as Tensor, `weight ${i}`);
      });
      // Spelled out: TensorFlow.js differentiates these by itself.
      const plain = (given: Tensor, g: Tensor, b: Tensor): Tensor => {
        const axes = shape.map((_, i) => i).slice(0, -1);
        const centred = sub(given, mean(given, axes, true));
        const deviation = sqrt(add(mean(square(centred), axes, true), 0.01));
        return add(mul(div(centred, deviation), g), b);
      };
      assertClose(plain(x, gamma, beta), theirOutput, 'the same spelled out');
      const gradients = (f: typeof plain): Tensor[] =>
        grads((...given) => sum(mul(f(...(given as [Tensor, Tensor, Tensor])), cotangent)))([x, gamma, beta]);
      const expected = gradients(plain);
      gradients(normalised).forEach((gradient, i) => {
        assertClose(gradient, expected[i] as Tensor, ['dx', 'dgamma', 'dbeta'][i] as string);
      });
    });
});

describe('average pooling with padding', () => {
  for (const [size, strides] of [
    [
      [3, 3],
      [2, 2],
    ],
    [
      [2, 3],
      [1, 2],
    ],
    [
      [4, 2],
      [3, 1],
    ],
  ] as const)
    it(`has the gradient of a mean over what a window sees, for windows of ${size.join(' x ')}, ${strides.join(' x ')} apart`, () => {
      const x = numbers([2, 5, 6, 3]);
      const layer = layers.averagePooling2d({ poolSize: [...size], strides: [...strides], padding: 'same' });
      const ours = (given: Tensor): Tensor => averagePooling(given, layer) as Tensor;
      const theirs = layer.call(x, {}) as Tensor;
      assertClose(ours(x), theirs, 'output');
      const cotangent = numbers(theirs.shape);
      // Sums of zeros and elements by sums of zeros and ones, neither of which pads.
      const [down, across] = [0, 1].map(axis => {
        const [window, step, all] = [size[axis]!, strides[axis]!, x.shape[axis + 1]!];
        const missing = Math.max(0, (Math.ceil(all / step) - 1) * step + window - all);
        return [Math.floor(missing / 2), Math.ceil(missing / 2)] as [number, number];
      }) as [[number, number], [number, number]];
      const pool = (given: Tensor): Tensor =>
        avgPool(pad(given as Tensor4D, [[0, 0], down, across, [0, 0]]), [...size], [...strides], 'valid');
      const plain = (given: Tensor): Tensor => div(pool(given), pool(onesLike(given)));
      assertClose(plain(x), theirs, 'the same spelled out');
      const gradient = (f: typeof plain): Tensor => grad(given => sum(mul(f(given), cotangent)))(x);
      assertClose(gradient(ours), gradient(plain), 'dx');
    });
});

/** The error of one example of one output, spelled out in plain operations, by element or by row of classes. */
function errorsOf({ kind, targets }: LossSpec, output: Tensor, target: Tensor): Tensor {
  if (kind === 'meanSquaredError') return square(sub(output, target));
  if (kind === 'sigmoidCrossEntropy')
    return add(sub(relu(output), mul(output, target)), log1p(exp(neg(abs(output)))));
  const classes = output.shape.at(-1) as number;
  const wanted =
    targets === 'probabilities' ? target : cast(oneHot(cast(target, 'int32'), classes), 'float32');
  const logarithms = sub(output, log(sum(exp(output), -1, true)));
  return neg(sum(mul(logarithms, wanted), -1));
}

/** The mean over all labels that are present, one after the other. */
function plainLoss(spec: LossSpec, output: Tensor, target: Tensor, mask: Tensor | undefined): Scalar {
  const errors = errorsOf(spec, output, target);
  if (!mask) return mul(mean(errors), spec.weight ?? 1);
  const present = [...mask.dataSync()];
  const flat = reshape(errors, [mask.size, -1]);
  let total: Tensor = scalar(0);
  present.forEach((isPresent, i) => {
    if (isPresent === 1) total = add(total, mean(slice(flat, [i, 0], [1, -1])));
  });
  return mul(total, (spec.weight ?? 1) / Math.max(1, present.filter(Boolean).length));
}

describe('losses', () => {
  const kinds: readonly LossSpec[] = [
    { kind: 'meanSquaredError' },
    { kind: 'sigmoidCrossEntropy', weight: 0.3 },
    { kind: 'softmaxCrossEntropy', weight: 2 },
    { kind: 'softmaxCrossEntropy', targets: 'probabilities' },
  ];
  for (const kind of kinds)
    for (const mask of [undefined, 'example', 'element'] as const)
      for (const shape of [
        [4, 3],
        [4, 5, 3],
        [1, 5, 3],
      ])
        it(`${JSON.stringify({ ...kind, mask })} for [${shape.join(', ')}] is the mean over the labels that are present`, () => {
          const spec: LossSpec = mask ? { ...kind, mask } : kind;
          const isClasses = kind.kind === 'softmaxCrossEntropy';
          const labels = isClasses ? shape.slice(0, -1) : shape;
          const count = labels.reduce((product, axis) => product * axis, 1);
          const output = numbers(shape);
          const target =
            isClasses && kind.targets === undefined
              ? tensor(
                  Int32Array.from({ length: count }, (_, i) => (i * 2) % 3),
                  labels,
                  'int32',
                )
              : isClasses
                ? softmax(numbers(shape))
                : div(add(numbers(shape), 2), 4);
          const size = mask === 'example' ? shape.slice(0, 1) : labels;
          const masks = [
            // Some, and none.
            ...[0.7, 0].map(some =>
              tensor(
                uniform(
                  size.reduce((product, axis) => product * axis, 1),
                  2,
                  0,
                  draws++,
                ).map(x => Number(x < some)),
                size,
              ),
            ),
          ];
          for (const given of mask ? masks : [undefined]) {
            const of = (loss: typeof plainLoss) => (x: Tensor) => loss(spec, x, target, given);
            assertClose(of(lossOf)(output), of(plainLoss)(output), 'loss');
            if (given && sum(given).dataSync()[0] === 0) {
              assertClose(grad(of(lossOf))(output), zeros(shape), 'gradient without labels');
              continue;
            }
            assertClose(grad(of(lossOf))(output), grad(of(plainLoss))(output), 'gradient');
          }
        });
});

describe('clipping', () => {
  const SGD = { kind: 'sgd', learningRate: 1 } as const;
  const vectors = [
    [3, -4],
    [0, 12, -0.5],
  ];
  const clip = (spec: Parameters<typeof clipGradients>[1]): number[][] =>
    tidy(() =>
      clipGradients(
        vectors.map(vector => tensor(vector)),
        spec,
      ).map(gradient => [...gradient.dataSync()]),
    );
  const near = (actual: number[][], expected: number[][]): void => {
    actual.flat().forEach((value, i) => {
      assert.ok(Math.abs(value - (expected.flat()[i] as number)) < 1e-6, `${value}`);
    });
  };

  it('cuts elements', () => {
    near(clip({ ...SGD, clipValue: 2 }), [
      [2, -2],
      [0, 2, -0.5],
    ]);
  });

  it('scales all gradients by their joint norm, down only', () => {
    const norm = Math.hypot(...vectors.flat());
    const scaled = vectors.map(vector => vector.map(value => (value * 2) / norm));
    near(clip({ ...SGD, clipNorm: 2 }), scaled);
    near(clip({ ...SGD, clipNorm: 100 }), vectors);
  });

  it('cuts elements first where both are asked for', () => {
    const norm = Math.hypot(2, 2, 2, 0.5);
    near(clip({ ...SGD, clipValue: 2, clipNorm: 1 }), [
      [2 / norm, -2 / norm],
      [0, 2 / norm, -0.5 / norm],
    ]);
  });
});
