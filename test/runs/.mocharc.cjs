const { readdirSync } = require('node:fs');

/** It takes longest, and mostly waits: the other files run beside it. */
const FIRST = 'slurm.test.ts';

const files = readdirSync(__dirname).filter(file => file.endsWith('.test.ts'));

module.exports = {
  ui: 'bdd',
  spec: files.sort((a, b) => Number(b === FIRST) - Number(a === FIRST)).map(file => `test/runs/${file}`),
  parallel: true,
  jobs: 2,
  reporter: './test/reporter.cjs',
  require: ['./test/user-state.cjs', 'tsx/cjs'],
  forbidOnly: true,
  timeout: 120000,
};
