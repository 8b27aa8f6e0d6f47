// Prints what mocha's `spec` prints and, where TEST_COUNTS names a file, leaves the counts and the failures there for scripts/test.mjs.
const { writeFileSync } = require('node:fs');
const { Runner, reporters } = require('mocha');

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.TEST_COUNTS;
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const failed = this.failures.map(test => ({
        test: test.titlePath().join(' › '),
        message: String(test.err?.message ?? test.err).slice(0, 2000),
      }));
      if (file) writeFileSync(file, JSON.stringify({ passes, failures, pending, failed }));
    });
  }
}

module.exports = CountingReporter;
