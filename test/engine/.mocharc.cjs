const { readdirSync } = require('node:fs');
const { availableParallelism } = require('node:os');

/** What takes longest starts first; each file runs in a process of its own, as many at a time as there are cores. */
const LONGEST = ['networks-', 'operators-', 'compiled-', 'networks', 'blocked'];

function place(file) {
  const index = LONGEST.findIndex(start => file.startsWith(start));
  return index < 0 ? LONGEST.length : index;
}

const files = readdirSync(__dirname).filter(file => file.endsWith('.test.ts'));

module.exports = {
  ui: 'bdd',
  spec: files.sort((a, b) => place(a) - place(b)).map(file => `test/engine/${file}`),
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
  reporter: './test/reporter.cjs',
  require: ['tsx/cjs'],
  forbidOnly: true,
  timeout: 60000,
};
