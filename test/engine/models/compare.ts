import assert from 'node:assert/strict';
import { compileStep, type StepDefinition, type Weights } from '../../../src/engine';
import { randomChunk } from './data';
import { seedWeights } from './seeded';

/** The largest difference of any weight, relative to the largest element of its tensor; NaN where either has one. */
export function relativeDifference(a: Weights, b: Weights): number {
  if (a.size !== b.size) throw new Error(`${a.size} weights beside ${b.size}`);
  let worst = 0;
  for (const [name, values] of a) {
    const others = b.get(name);
    if (others?.length !== values.length) throw new Error(`${name} is missing or of another size`);
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    values.forEach((value, i) => {
      const difference = Math.abs(value - (others[i] as number)) / scale;
      // Unlike a comparison, it keeps what is not a number.
      worst = Math.max(worst, difference);
    });
  }
  return worst;
}

export const STEPS = 20;

/** Trains compiled and eagerly from the same weights on the same batches; compares weights, losses and inference. */
export async function compiledAgainstEager(
  definition: StepDefinition,
  classes = 4,
  seed = 1,
): Promise<{ weights: number; losses: number; evaluation: number; moved: number }> {
  seedWeights(definition.model, seed);
  const compiled = await compileStep(definition);
  const eager = await compileStep(definition, { executor: 'cpu' });
  const chunk = randomChunk(definition, STEPS, 11, classes);
  const before = await compiled.weights();
  const a = await compiled.run(chunk);
  const b = await eager.run(chunk);
  const weights = relativeDifference(await compiled.weights(), await eager.weights());
  const moved = relativeDifference(before, await compiled.weights());
  const reports = Object.entries(a.report).map(([name, values]) =>
    distance(values, b.report[name] as Float32Array),
  );
  const losses = Math.max(distance(a.losses, b.losses), ...reports);
  const one = randomChunk(definition, 1, 12, classes);
  const [c, d] = [await compiled.evaluate(one), await eager.evaluate(one)];
  const outputs = Object.entries(c.outputs).map(([name, values]) =>
    distance(values, d.outputs[name] as Float32Array),
  );
  const evaluation = Math.max(Math.abs(c.loss - d.loss), ...outputs);
  await compiled.dispose();
  await eager.dispose();
  return { weights, losses, evaluation, moved };
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - (b[i] as number)) / Math.max(1, Math.abs(value))),
    0,
  );
}

export const TOLERANCE = 1e-4;

/** Fails unless weights, losses and inference of the compiled and the eager step are the same. */
export async function checkAgainstEager(definition: StepDefinition, classes = 4): Promise<void> {
  const difference = await compiledAgainstEager(definition, classes);
  assert.ok(difference.moved > 1e-4, `training moved the weights by ${difference.moved} only`);
  assert.ok(difference.weights < TOLERANCE, `weights differ by ${difference.weights}`);
  assert.ok(difference.losses < TOLERANCE, `losses differ by ${difference.losses}`);
  assert.ok(difference.evaluation < 10 * TOLERANCE, `inference differs by ${difference.evaluation}`);
}
