// Who may import whom, as docs/architecture.md draws it. Anything not listed here is forbidden.
const pure = ['common', 'language', 'advisor', 'messages'];
const training = [...pure, 'protocol', 'data', 'engine'];
const layers = {
  common: [],
  language: ['common'],
  advisor: ['common', 'language'],
  messages: ['common', 'language', 'advisor'],
  'language-service': pure,
  protocol: pure,
  data: ['common', 'messages', 'protocol'],
  workspace: ['common', 'language', 'messages', 'protocol', 'data'],
  engine: ['common'],
  training,
  experiments: [...training, 'training'],
  agents: [...pure, 'protocol', 'data', 'workspace'],
  ui: [...pure, 'protocol', 'training', 'experiments'],
  cli: [...training, 'training', 'experiments', 'workspace', 'agents', 'ui'],
  extension: [...training, 'training', 'experiments', 'workspace', 'agents', 'ui', 'language-service'],
};

const downwards = Object.entries(layers).map(([layer, below]) => ({
  name: `${layer}-imports-downwards-only`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...below].join('|')})/` },
}));

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
      from: { path: '^src/(common|language|advisor|messages|language-service)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
