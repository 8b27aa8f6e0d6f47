// Who may import whom, as docs/architecture.md draws it. Anything not listed here is forbidden.
const layers = require('./scripts/lib/layers.json');

const downwards = layers.map(({ name, imports }) => ({
  name: `${name}-imports-downwards-only`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...imports].join('|')})/` },
}));

const pure = layers.filter(layer => layer.pure).map(({ name }) => name);

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'vscode-only-in-extension',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/extension/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'pure-layers-stay-pure',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-from-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
