module.exports = {
  ui: 'bdd',
  spec: 'test/faults/*.test.ts',
  parallel: true,
  jobs: 2,
  reporter: './test/reporter.cjs',
  require: ['./test/user-state.cjs', 'tsx/cjs'],
  forbidOnly: true,
  timeout: 60000,
};
