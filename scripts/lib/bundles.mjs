// What is built, from what, and how large it may become.
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

const browser = { platform: 'browser', format: 'cjs', target: 'es2022', external: ['vscode'] };

const node = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

/** Parts that are a bundle of their own, loaded when first needed: most of what the others do has no use for them. */
const parts = {
  data: 'src/data/index.ts',
  runs: 'src/experiments/index.ts',
  mcp: 'src/agents/mcp-server.ts',
};

const apart = name => ({
  name: `${name}-apart`,
  setup(build) {
    const entry = path.join(root, parts[name]);
    const asked = path.basename(path.dirname(entry));
    build.onResolve(
      { filter: new RegExp(`/(${asked}|${path.basename(entry, '.ts')})$`) },
      ({ path: wanted, resolveDir }) => {
        const file = path.join(resolveDir, wanted);
        return file === path.dirname(entry) || `${file}.ts` === entry
          ? { path: `./${name}.js`, external: true }
          : undefined;
      },
    );
  },
});

/** Compiled libraries, which their JavaScript looks for beside itself. */
const wasmFiles = ['node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm', '@cwasm/webp/webp.wasm'];

const withWasm = {
  name: 'with-wasm',
  setup(build) {
    const { resolve } = createRequire(import.meta.url);
    const { absWorkingDir = '.', outdir = '.', write } = build.initialOptions;
    if (write === false) return;
    const folder = path.resolve(absWorkingDir, outdir);
    build.onEnd(async () => {
      await mkdir(folder, { recursive: true });
      for (const file of wasmFiles) await copyFile(resolve(file), path.join(folder, path.basename(file)));
    });
  },
};

/** A page of the editor, or of a file: its script, with its style sheet beside it. */
const page = (name, folder, budget) => ({
  name: `webview/${name}`,
  budget,
  options: {
    entryPoints: { [`webview/${name}`]: `src/ui/browser/${folder}/${folder}-entry.ts` },
    platform: 'browser',
    format: 'iife',
    // What VS Code 1.100 has, and browsers of the last years.
    target: ['chrome120', 'firefox120', 'safari17'],
    // The texts are given, never looked up in files.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  },
});

/** A part of the extension that is loaded when first needed. */
const part = (name, entry, budget, plugins = []) => ({
  name,
  budget,
  options: { ...node, entryPoints: { [name]: entry }, external: ['vscode'], plugins },
});

/** The same for a browser. */
const partInBrowser = (name, entry, budget) => ({
  name: `web/${name}`,
  budget,
  options: { ...browser, entryPoints: { [`web/${name}`]: entry } },
});

/** `budget` is in bytes and is a promise to users; a build that breaks it fails. */
export const bundles = [
  {
    name: 'extension',
    budget: 200_000,
    options: {
      ...node,
      entryPoints: { extension: 'src/extension/extension.ts' },
      external: ['vscode'],
    },
  },
  {
    name: 'web/extension',
    budget: 200_000,
    options: { ...browser, entryPoints: { 'web/extension': 'src/extension/web-extension.ts' } },
  },
  part('language', 'src/extension/features/language/language-bundle.ts', 100_000),
  partInBrowser('language', 'src/extension/features/language/web-language-bundle.ts', 100_000),
  {
    name: 'cli',
    options: {
      ...node,
      entryPoints: { cli: 'src/cli/cli-entry.ts' },
      banner: { js: '#!/usr/bin/env node' },
      plugins: [apart('data'), apart('runs'), apart('mcp')],
    },
  },
  {
    name: 'mcp',
    options: {
      ...node,
      entryPoints: { mcp: 'src/agents/mcp-server.ts' },
    },
  },
  {
    name: 'count-worker',
    options: {
      ...node,
      entryPoints: { 'count-worker': 'src/extension/features/counting/count-worker.ts' },
      plugins: [apart('data')],
    },
  },
  {
    name: 'runs',
    budget: 300_000,
    options: {
      ...node,
      entryPoints: { runs: 'src/experiments/index.ts' },
      plugins: [apart('data')],
    },
  },
  {
    name: 'runner',
    options: {
      ...node,
      entryPoints: { runner: 'src/experiments/executors/runner-process.ts' },
      plugins: [apart('data')],
    },
  },
  part('agents', 'src/extension/features/agents/agents-bundle.ts', 100_000),
  partInBrowser('agents', 'src/extension/features/agents/web-agents-bundle.ts', 100_000),
  {
    name: 'pilots',
    options: {
      ...node,
      entryPoints: { pilots: 'src/extension/features/pilots/pilots-bundle.ts' },
      external: ['vscode'],
      plugins: [apart('runs'), apart('data')],
    },
  },
  page('run', 'run', 150_000),
  page('runs', 'runs', 100_000),
  page('report', 'report', 10_000),
  page('diagram', 'diagram', 120_000),
  part('diagram', 'src/extension/features/diagram/diagram-bundle.ts', 100_000),
  partInBrowser('diagram', 'src/extension/features/diagram/diagram-bundle.ts', 100_000),
  part('overview', 'src/extension/features/overview/overview-bundle.ts', 100_000, [
    apart('runs'),
    apart('data'),
  ]),
  partInBrowser('overview', 'src/extension/features/overview/web-overview-bundle.ts', 100_000),
  {
    name: 'trial-worker',
    options: {
      ...node,
      entryPoints: { 'trial-worker': 'src/experiments/executors/local/worker-process.ts' },
      // Native: the binaries of one platform go beside the bundle.
      external: ['onnxruntime-node'],
      plugins: [apart('data')],
    },
  },
  {
    name: 'data',
    budget: 800_000,
    options: {
      ...node,
      entryPoints: { data: 'src/data/index.ts' },
      // Native code for decoding JPEG images, which counting does without.
      external: ['@julusian/jpeg-turbo'],
      plugins: [withWasm],
    },
  },
];

/** What everything that ships is made of, in esbuild's words; nothing is written. */
export function metafiles() {
  return Promise.all(
    bundles.map(async ({ options }) => {
      const common = { absWorkingDir: root, outdir: 'dist', bundle: true, minify: true, logLevel: 'error' };
      const { metafile } = await build({ ...common, metafile: true, write: false, ...options });
      return metafile;
    }),
  );
}
