import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import { type Tensor, scalar, tensor1d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { compileWat } from '../../../scripts/lib/wat.mjs';
import { placeholder } from '../../../src/engine/graph/nodes-and-values';
import {
  type OptimizerSpec,
  learningRateAt,
  updateRule,
} from '../../../src/engine/training-step/optimizer/optimizers';
import { updateModule } from '../../../src/engine/training-step/optimizer/update-module';
import {
  type ParameterMemory,
  allocateParameters,
  isFasterOutsideGraph,
} from '../../../src/engine/training-step/tracing/update-placement';

/** Enough elements to be placed, in parameters whose sizes are no multiples of four. */
const SIZES = [32_769, 1, 6];
const ADAM: OptimizerSpec = { kind: 'adam', learningRate: 0.01 };

function place(spec: OptimizerSpec): ParameterMemory {
  const placed = allocateParameters(
    spec,
    SIZES.map(size => ({ size })),
  );
  assert.ok(placed);
  return placed;
}

interface Table {
  readonly count: number;
  readonly width: number;
  readonly repeat: number;
  readonly indices: readonly number[];
  readonly rows: readonly number[];
}

/** A table that SGD updates, with these rows as its gradient. */
function placeTable({ count, width, repeat, indices, rows }: Table): ParameterMemory {
  const scattered = {
    indices: placeholder('indices', [indices.length], 'int32'),
    rows: placeholder('rows', [rows.length / width, width], 'float32'),
    ...{ repeat, width },
  };
  const placed = allocateParameters({ kind: 'sgd', learningRate: 1 }, [{ size: count * width, scattered }]);
  assert.ok(placed);
  placed.summands[0]?.indices.set(indices);
  placed.summands[0]?.rows.set(rows);
  return placed;
}

function numbersAt(spec: OptimizerSpec, step: number): readonly number[] {
  return updateRule(spec).at(step, learningRateAt(spec, step));
}

/** Some steps in place on the first elements of the second and third parameter; all else has no gradient. */
function inPlace(spec: OptimizerSpec, start: readonly number[], gradients: readonly (readonly number[])[]) {
  const placed = place(spec);
  placed.parameters[2]?.set(start);
  gradients.forEach((gradient, step) => {
    placed.gradients[2]?.set(gradient);
    placed.update(numbersAt(spec, step));
  });
  return placed;
}

function inGraph(spec: OptimizerSpec, start: readonly number[], gradients: readonly (readonly number[])[]) {
  const rule = updateRule(spec);
  let parameter: Tensor = tensor1d([...start]);
  let slots: readonly Tensor[] = Array.from({ length: rule.slots }, () => tensor1d(start.map(() => 0)));
  gradients.forEach((gradient, step) => {
    const scalars = numbersAt(spec, step).map(value => scalar(value));
    ({ parameter, slots } = rule.update(parameter, tensor1d([...gradient]), slots, scalars));
  });
  return [...parameter.dataSync()];
}

const specs: readonly OptimizerSpec[] = [
  { kind: 'sgd', learningRate: step => 0.1 / (step + 1) },
  { kind: 'momentum', learningRate: 0.1, momentum: 0.9 },
  { kind: 'momentum', learningRate: 0.1, momentum: 0.9, nesterov: true },
  { kind: 'rmsprop', learningRate: 0.01, momentum: 0.5 },
  ADAM,
  { kind: 'adamw', learningRate: 0.01, weightDecay: 0.1 },
];

describe('updates in place', () => {
  it('are what update.wat compiles to', async () => {
    const module = await compileWat('src/engine/training-step/optimizer/update.wat');
    assert.equal(module.toString('base64'), updateModule);
  });

  for (const spec of specs) {
    it(`${JSON.stringify(spec)} agrees with the rule in the graph`, () => {
      const number = fc.float({ min: -100, max: 100, noNaN: true });
      const six = fc.array(number, { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(six, fc.array(six, { minLength: 1, maxLength: 8 }), (start, gradients) => {
          const placed = inPlace(spec, start, gradients);
          const ours = [...(placed.parameters[2] ?? [])];
          inGraph(spec, start, gradients).forEach((value, i) => {
            const near = Math.abs((ours[i] as number) - value) <= 1e-5 * Math.max(1, Math.abs(value));
            assert.ok(near, `${String(ours[i])} and ${value}`);
          });
          // Its neighbours have no gradient, and are left alone.
          assert.ok(placed.parameters[0]?.every(value => value === 0));
          assert.deepEqual([...(placed.parameters[1] ?? [])], [0]);
        }),
        { numRuns: 20 },
      );
    });
  }

  it('hand on what is not a number', () => {
    for (const spec of specs) {
      const [first, second] = inPlace(spec, [1, 1, 1, 1, 1, 1], [[NaN, 1, 1, 1, 1, 1]]).parameters[2] ?? [];
      assert.ok(Number.isNaN(first), spec.kind);
      assert.ok(Number.isFinite(second), spec.kind);
    }
  });

  it('let moments fade to zero, not to numbers below the normal ones', () => {
    const gradients = Array.from({ length: 900 }, (_, step) => Array<number>(6).fill(step === 0 ? 1e-3 : 0));
    const { slots } = inPlace(ADAM, [1, 1, 1, 1, 1, 1], gradients);
    assert.deepEqual([...(slots[0]?.[2] ?? [])], [0, 0, 0, 0, 0, 0]);
    const square = slots[1]?.[2]?.[0] as number;
    assert.ok(square > 1e-7 && square < 1e-6, String(square));
  });

  it('sum rows into those of a table, as often as each is meant', () => {
    const [count, width] = [1024, 32];
    const index = fc.integer({ min: -count, max: count - 1 });
    const sums = fc.record({ repeat: fc.constantFrom(1, 2, 5), indices: fc.array(index, { maxLength: 6 }) });
    fc.assert(
      fc.property(sums, ({ repeat, indices }) => {
        const each = indices.flatMap(first => Array.from({ length: repeat }, (_, i) => (first >> i) % count));
        const rows = indices.map((_, i) => Array.from({ length: width }, (_, j) => i + j / 64));
        const placed = placeTable({ count, width, repeat, indices: each, rows: rows.flat() });
        const expected = new Float32Array(count * width);
        each.forEach((row, i) => {
          rows[Math.floor(i / repeat)]?.forEach((value, j) => {
            expected[((row + count) % count) * width + j]! += value;
          });
        });
        for (const rate of [1, 0]) placed.update([rate]);
        assert.deepEqual(placed.gradients[0], expected);
        assert.ok(placed.parameters[0]?.every((value, i) => value === 0 - (expected[i] as number)));
      }),
      { numRuns: 50 },
    );
  });

  it('stop at a row that the table does not have', () => {
    for (const row of [1024, -1025, 2 ** 30]) {
      const rows = Array<number>(32).fill(1);
      const placed = placeTable({ count: 1024, width: 32, repeat: 1, indices: [row], rows });
      assert.throws(() => {
        placed.update([1]);
      }, /unreachable/);
    }
  });

  it('do not go with few parameters', () => {
    assert.equal(isFasterOutsideGraph([1000, 1000]), false);
    assert.equal(isFasterOutsideGraph(SIZES), true);
  });

  it('do not go with more than a memory holds', () => {
    assert.equal(allocateParameters(ADAM, [{ size: 2 ** 29 }]), undefined);
  });
});
