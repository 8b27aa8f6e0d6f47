// Who may import whom, as docs/architecture.md draws it. Anything not listed here is forbidden.
const layers = {
  annotations: [],
  advisor: ['annotations'],
  language: ['annotations', 'advisor'],
  workspace: ['annotations', 'data'],
  data: [],
  engine: [],
  training: ['annotations', 'advisor', 'data', 'engine'],
  runs: ['annotations', 'advisor', 'data', 'engine', 'training'],
  tools: ['annotations', 'advisor', 'workspace', 'data'],
  mcp: [],
  webview: ['annotations', 'advisor', 'training', 'runs'],
  extension: [
    'annotations',
    'advisor',
    'language',
    'workspace',
    'data',
    'training',
    'runs',
    'tools',
    'webview',
  ],
  cli: ['annotations', 'advisor', 'workspace', 'data', 'training', 'runs', 'tools', 'mcp', 'webview'],
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
      from: { path: '^src/(annotations|advisor|language)/' },
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
