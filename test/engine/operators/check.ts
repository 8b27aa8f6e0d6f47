import assert from 'node:assert/strict';
import { bundleSpecs, runSpecs, type Outcome } from './specs';

/** TensorFlow.js ships this many specs, give or take those that it skips on asynchronous backends. */
const AT_LEAST = 4000;

function report(title: string, outcome: Outcome, excluded: number): void {
  console.log(
    `      ${title}: ${outcome.passed} passed, ${outcome.failed.length} failed, ${excluded} not applicable, ${outcome.skipped} skipped by TensorFlow.js`,
  );
}

/** Runs all specs with channels in blocks of `block`, prints the counts, and fails on what the list does not excuse. */
export function checkSpecs(block: number): void {
  const outcome = runSpecs(bundleSpecs(block), block);
  const excluded = Object.values(outcome.notApplicable).reduce((sum, count) => sum + count, 0);
  report(`channels in blocks of ${block}`, outcome, excluded);
  assert.ok(outcome.passed + excluded >= AT_LEAST, `only ${outcome.passed + excluded} specs ran`);
  assert.deepEqual(
    outcome.failed.map(({ name, messages }) => `${name}: ${messages[0] ?? ''}`),
    [],
  );
}
