// Prints what mocha's `spec` prints, then where the time went, and, where TEST_COUNTS names a file, leaves the counts and the failures there for scripts/test.mjs.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { Runner, reporters } = require('mocha');

/** What takes less than this is not worth naming. */
const SLOW_MS = 2000;
const SHOWN = 12;

const seconds = milliseconds => `${(milliseconds / 1000).toFixed(1)} s`;

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.TEST_COUNTS;
    const slow = [];
    const files = new Map();
    const time = item => {
      const { duration = 0 } = item;
      const name = item.file === undefined ? '' : path.relative(process.cwd(), item.file);
      files.set(name, (files.get(name) ?? 0) + duration);
      if (duration >= SLOW_MS) slow.push({ duration, title: item.titlePath().join(' › ') });
    };
    for (const event of [Runner.constants.EVENT_TEST_END, Runner.constants.EVENT_HOOK_END])
      runner.on(event, time);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const failed = this.failures.map(test => ({
        test: test.titlePath().join(' › '),
        message: String(test.err?.message ?? test.err).slice(0, 2000),
      }));
      if (file) {
        writeFileSync(file, JSON.stringify({ passes, failures, pending, failed }));
        printSlowest([...files].map(([title, duration]) => ({ title, duration })));
        printSlowest(slow);
      }
    });
  }
}

function printSlowest(items) {
  const first = items
    .filter(({ duration }) => duration >= SLOW_MS)
    .sort((a, b) => b.duration - a.duration)
    .slice(0, SHOWN);
  for (const { duration, title } of first) console.log(`  ${seconds(duration).padStart(8)}  ${title}`);
}

module.exports = CountingReporter;
