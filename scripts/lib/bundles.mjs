// What is built, from what, and how large it may become.

const node = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

/** `budget` is in bytes and is a promise to users; a build that breaks it fails. */
export const bundles = [
  {
    name: 'extension',
    budget: 200_000,
    options: {
      ...node,
      entryPoints: { extension: 'src/extension/main.ts' },
      external: ['vscode'],
    },
  },
  {
    name: 'web/extension',
    budget: 200_000,
    options: {
      entryPoints: { 'web/extension': 'src/extension/web.ts' },
      platform: 'browser',
      format: 'cjs',
      target: 'es2022',
      external: ['vscode'],
    },
  },
  {
    name: 'cli',
    options: {
      ...node,
      entryPoints: { cli: 'src/cli/main.ts' },
      banner: { js: '#!/usr/bin/env node' },
    },
  },
];
