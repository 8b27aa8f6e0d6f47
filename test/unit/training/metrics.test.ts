import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Predictions } from '../../../src/protocol/job-files';
import { metricsOf, scorer } from '../../../src/training/metrics';

// The expected figures were computed once with scikit-learn 1.2.1 from these same arrays, weighted ones with
// `sample_weight`.
const CLASSES: Predictions = {
  kind: 'classes',
  labels: [
    3, 2, 2, 3, 2, 3, 3, 0, 0, 1, 1, 3, 3, 0, 1, 3, 0, 3, 0, 1, 3, 1, 1, 1, 2, 1, 3, 1, 1, 2, 2, 2, 2, 3, 3,
    3, 2, 2, 1, 3,
  ],
  predictions: [
    3, 2, 1, 3, 2, 3, 3, 0, 2, 1, 1, 3, 3, 0, 3, 3, 0, 3, 3, 1, 3, 2, 1, 1, 1, 3, 3, 1, 1, 0, 2, 2, 2, 3, 3,
    3, 3, 2, 1, 3,
  ],
};
const CLASS_WEIGHTS = [
  2, 0, 3, 3, 0, 2, 0, 0, 1, 3, 3, 2, 2, 2, 0, 1, 3, 1, 0, 0, 2, 0, 3, 3, 2, 1, 3, 2, 1, 1, 1, 3, 0, 0, 2, 1,
  3, 0, 3, 0,
];
const SCORES: Predictions = {
  kind: 'scores',
  width: 3,
  labels: Array.from({ length: 20 }, (_, i) => i % 3),
  predictions: [
    0.471, 0.32, 0.209, 0.301, 0.503, 0.196, 0.362, 0.417, 0.221, 0.236, 0.35, 0.414, 0.138, 0.853, 0.009,
    0.441, 0.476, 0.083, 0.336, 0.656, 0.008, 0.326, 0.409, 0.265, 0.629, 0.198, 0.173, 0.404, 0.202, 0.394,
    0.511, 0.306, 0.183, 0.163, 0.572, 0.265, 0.485, 0.257, 0.258, 0.405, 0.333, 0.262, 0.25, 0.512, 0.238,
    0.648, 0.049, 0.303, 0.302, 0.552, 0.146, 0.367, 0.308, 0.325, 0.326, 0.503, 0.171, 0.615, 0.308, 0.077,
  ],
};
const BINARY: Predictions = {
  kind: 'scores',
  labels: [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
  predictions: [
    0.4, 0.3, 0.0, 0.7, 0.1, 0.4, 0.0, 0.2, 0.9, 0.3, 0.5, 0.4, 0.4, 0.4, 0.6, 0.0, 0.5, 0.6, 0.5, 0.3, 0.2,
    0.2, 0.1, 0.4, 0.5, 0.5, 0.8, 0.8, 0.4, 0.8,
  ],
};
const BINARY_WEIGHTS = [
  2, 2, 1, 0, 1, 1, 1, 1, 0, 1, 2, 0, 1, 1, 0, 1, 2, 2, 2, 2, 1, 0, 0, 2, 0, 2, 1, 2, 0, 0,
];
const VALUES: Predictions = {
  kind: 'values',
  labels: [0.36, 0.34, 2.03, -1.39, 0.89, -0.09, -0.01, -1.45, -0.46, 0.74, -0.08, 0.08, -0.29, 1.15, -0.02],
  predictions: [
    -0.74, -0.01, 1.05, -3.02, 0.62, 0.58, 0.01, -2.04, -0.93, 1.31, -0.0, 0.1, -0.32, 1.17, 0.38,
  ],
};
const VALUE_WEIGHTS = [2, 2, 2, 0, 2, 0, 2, 2, 1, 1, 2, 0, 0, 1, 0];

function isNear(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-12, `${value} is not ${expected}`);
}

describe('metrics', () => {
  it('are those of scikit-learn', () => {
    isNear(scorer(CLASSES, 'accuracy')(), 0.775);
    isNear(scorer(CLASSES, 'balanced-accuracy')(), 0.7318181818181818);
    isNear(scorer(CLASSES, 'macro-f1')(), 0.7425595238095237);
    isNear(scorer(SCORES, 'auroc')(), 0.5856227106227107);
    isNear(scorer(BINARY, 'auroc')(), 0.8349282296650717);
    isNear(scorer(VALUES, 'r2')(), 0.414725904693658);
    isNear(scorer(VALUES, 'mae')(), 0.48);
  });

  it('are those of scikit-learn on weighted examples', () => {
    isNear(scorer(CLASSES, 'accuracy')(CLASS_WEIGHTS), 0.8135593220338984);
    isNear(scorer(CLASSES, 'balanced-accuracy')(CLASS_WEIGHTS), 0.7720985155195681);
    isNear(scorer(CLASSES, 'macro-f1')(CLASS_WEIGHTS), 0.7619910282953761);
    isNear(scorer(BINARY, 'auroc')(BINARY_WEIGHTS), 0.680952380952381);
    isNear(scorer(VALUES, 'r2')(VALUE_WEIGHTS), 0.594829507820859);
    isNear(scorer(VALUES, 'mae')(VALUE_WEIGHTS), 0.4611764705882353);
  });

  it('come together as far as they fit', () => {
    assert.deepEqual(Object.keys(metricsOf(CLASSES)), ['accuracy', 'balanced-accuracy', 'macro-f1']);
    assert.deepEqual(Object.keys(metricsOf(VALUES)), ['r2', 'mae']);
    assert.deepEqual(Object.keys(metricsOf(SCORES)), ['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc']);
    const equal: Predictions = { kind: 'values', labels: [2, 2], predictions: [1, 2] };
    assert.deepEqual(metricsOf(equal), { mae: 0.5 });
    const one: Predictions = { kind: 'scores', labels: [1, 1], predictions: [0.2, 0.7] };
    assert.deepEqual(metricsOf(one), { accuracy: 0.5, 'balanced-accuracy': 0.5, 'macro-f1': 1 / 3 });
  });

  it('count a class that is predicted and never labelled, as scikit-learn does', () => {
    // f1_score([0, 0, 1, 1], [0, 2, 1, 1], average="macro"): the class 2 has an F1 of 0.
    const given: Predictions = { kind: 'classes', labels: [0, 0, 1, 1], predictions: [0, 2, 1, 1] };
    isNear(metricsOf(given)['macro-f1'] ?? NaN, (2 / 3 + 1 + 0) / 3);
    isNear(scorer(given, 'macro-f1')(), (2 / 3 + 1 + 0) / 3);
  });

  it('refuse predictions that are none', () => {
    const bad: readonly Predictions[] = [
      { kind: 'classes', labels: [], predictions: [] },
      { kind: 'classes', labels: [0, 1], predictions: [0] },
      { kind: 'scores', width: 2, labels: [0, 1], predictions: [0, 1, NaN, 0] },
      { kind: 'classes', labels: [0, Infinity], predictions: [0, 1] },
    ];
    for (const predictions of bad)
      assert.throws(() => scorer(predictions, 'accuracy'), { code: 'bad-metric' });
    assert.throws(() => scorer(VALUES, 'accuracy'), { code: 'bad-metric' });
    assert.throws(() => scorer(CLASSES, 'r2'), { code: 'bad-metric' });
  });

  it('lie between 0 and 1, whatever the order of the examples', () => {
    const example = fc.record({ label: fc.nat(3), guess: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 60 }), examples => {
        const of = (list: typeof examples): Predictions => ({
          kind: 'classes',
          labels: list.map(({ label }) => label),
          predictions: list.map(({ guess }) => guess),
        });
        for (const name of ['accuracy', 'balanced-accuracy', 'macro-f1'] as const) {
          const value = scorer(of(examples), name)();
          assert.ok(value >= 0 && value <= 1);
          assert.ok(Math.abs(value - scorer(of([...examples].reverse()), name)()) < 1e-12);
        }
      }),
    );
  });

  it('count an example as often as it was drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), weights => {
        fc.pre(weights.some(weight => weight > 0));
        const repeat = (values: readonly number[]): number[] =>
          values.flatMap((value, i) => new Array<number>(weights[i] ?? 0).fill(value));
        const repeated: Predictions = {
          kind: 'classes',
          labels: repeat(CLASSES.labels),
          predictions: repeat(CLASSES.predictions),
        };
        for (const name of ['accuracy', 'balanced-accuracy', 'macro-f1'] as const)
          isNear(scorer(CLASSES, name)(weights), scorer(repeated, name)());
      }),
    );
  });
});
