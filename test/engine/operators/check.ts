import assert from 'node:assert/strict';
import { lowerings } from '../../../src/engine/tfjs-backend/kernel-registry';
import notApplicable from './not-applicable.json';
import { type Outcome, type Share, bundleSpecs, runSpecs } from './specs';

/** Of the specs in float32, int32 and bool that call kernels with a lowering, at least this share passes. */
const SHARE = 0.9;

function portion({ passed, all }: Share): string {
  return `${passed} of ${all}, ${((100 * passed) / all).toFixed(1)} %`;
}

function report(title: string, outcome: Outcome): void {
  const reasons = Object.entries(outcome.notApplicable).sort(([, a], [, b]) => b - a);
  const excluded = reasons.reduce((sum, [, count]) => sum + count, 0);
  const low = [...outcome.kernels].filter(([, { passed, all }]) => passed < SHARE * all);
  const lines = [
    `${title}: ${outcome.passed} passed, ${outcome.failed.length} failed, ${excluded} not applicable, ${outcome.skipped} skipped by TensorFlow.js`,
    `of kernels with a lowering, in float32, int32 and bool: ${portion(outcome.within)}`,
    ...low.map(([kernel, share]) => `  below ${SHARE * 100} %: ${kernel} (${portion(share)})`),
    'not applicable:',
    ...reasons.map(([reason, count]) => `  ${count}: ${reason}`),
  ];
  console.log(lines.map(line => `      ${line}`).join('\n'));
}

/** Runs all specs with channels in blocks of `block`, prints the counts, and fails unless they are those on the list. */
export function checkSpecs(block: number): void {
  const outcome = runSpecs(bundleSpecs(block), block);
  report(`channels in blocks of ${block}`, outcome);
  assert.deepEqual(
    outcome.failed.map(({ name, messages }) => `${name}: ${messages[0] ?? ''}`),
    [],
  );
  const { passed, skipped, notApplicable: reasons } = outcome;
  assert.deepEqual({ passed, skipped, notApplicable: reasons }, notApplicable.counts);
  assert.ok(outcome.within.passed >= SHARE * outcome.within.all, portion(outcome.within));
  const lowered = Object.keys(notApplicable.kernels).filter(name => name in lowerings);
  assert.deepEqual(lowered, [], 'kernels that have a lowering are on the list of those without one');
}
