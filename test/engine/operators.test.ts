import assert from 'node:assert/strict';
import { findChannelBlock } from '../../src/engine/runtime/block-size';
import { bundleSpecs, runSpecs, type Outcome } from './operators/specs';

/** TensorFlow.js ships this many specs, give or take those that it skips on asynchronous backends. */
const AT_LEAST = 4000;

function report(title: string, outcome: Outcome): void {
  const excluded = Object.values(outcome.notApplicable).reduce((sum, count) => sum + count, 0);
  console.log(
    `      ${title}: ${outcome.passed} passed, ${outcome.failed.length} failed, ${excluded} not applicable, ${outcome.skipped} skipped by TensorFlow.js`,
  );
}

describe("TensorFlow.js's own operator specs", function () {
  this.timeout(180_000);
  before(bundleSpecs);

  async function check(block: number): Promise<void> {
    const outcome = runSpecs(block);
    report(`channels in blocks of ${block}`, outcome);
    const excluded = Object.values(outcome.notApplicable).reduce((sum, count) => sum + count, 0);
    assert.ok(outcome.passed + excluded >= AT_LEAST, `only ${outcome.passed + excluded} specs ran`);
    assert.deepEqual(
      outcome.failed.map(({ name, messages }) => `${name}: ${messages[0] ?? ''}`),
      [],
    );
    await Promise.resolve();
  }

  it('agree in plain layouts', () => check(1));

  it('agree in the blocked layout of this processor', async function () {
    const block = await findChannelBlock();
    if (block === 1) this.skip();
    await check(block);
  });
});
