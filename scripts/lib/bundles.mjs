// What is built, from what, and how large it may become.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/** The programs that Node runs. What several of them are made of stands once, in chunks that they share. */
const programs = {
  extension: 'src/extension/extension.ts',
  'count-worker': 'src/extension/features/counting/count-worker.ts',
  cli: 'src/cli/cli-entry.ts',
  runner: 'src/experiments/executors/runner-process.ts',
  'trial-worker': 'src/experiments/executors/local/worker-process.ts',
};

/** Compiled libraries, which their JavaScript looks for beside itself. */
const wasmFiles = [
  'node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm',
  '@cwasm/webp/webp.wasm',
  'minimp3-wasm/dist/decoder.opt.wasm',
  'web-tree-sitter/web-tree-sitter.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm',
];

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

/** The decoders of `geotiff`, all of which `src/data/images/tiff-library.ts` replaces, and what else is never used. */
const withoutReplaced = {
  name: 'without-replaced',
  setup(build) {
    const decoders = /^\.\/(?:raw|lzw|jpeg|deflate|packbits|lerc|zstd|webimage)\.js$/;
    build.onResolve({ filter: decoders }, ({ path: name, importer }) =>
      /geotiff[/\\]dist-module[/\\]compression[/\\]index\.js$/.test(importer)
        ? { path: name, namespace: 'replaced' }
        : undefined,
    );
    // A decoder of Opus that learns, of nine megabytes, which is loaded only where it is asked for.
    build.onResolve({ filter: /^@wasm-audio-decoders\/opus-ml$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'replaced',
    }));
    build.onLoad({ filter: /.*/, namespace: 'replaced' }, () => ({ contents: 'export {};' }));
  },
};

/** Decoders that print each error which they also return: the terminal is the program's. */
const withoutPrinting = {
  name: 'without-printing',
  setup(build) {
    build.onLoad({ filter: /[/\\](?:FLACDecoder|OpusDecoder)\.js$/ }, async ({ path: file }) => {
      const code = await readFile(file, 'utf8');
      return { contents: code.replace(/console\.error\(/g, 'Array.of(') };
    });
  },
};

/** A report stands still: its script has no components. */
const pageEntry = name => `src/ui/browser/${name}/${name}-entry.${name === 'report' ? 'ts' : 'tsx'}`;

/** A page of the editor, or of a file: its script, with its style sheet beside it. */
const page = (name, budget) => ({
  name: `webview/${name}`,
  budgets: { [pageEntry(name)]: { budget } },
  options: {
    entryPoints: { [`webview/${name}`]: pageEntry(name) },
    platform: 'browser',
    format: 'iife',
    // What VS Code 1.100 has, and browsers of the last years.
    target: ['chrome120', 'firefox120', 'safari17'],
    // The texts are given, never looked up in files.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  },
});

/** How programs are built: as modules that share chunks. What is imported dynamically is loaded when it is needed. */
export const programOptions = {
  platform: 'node',
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  target: 'node20',
  charset: 'utf8',
  mainFields: ['module', 'main'],
  // Native code, whose binaries of one platform go beside the programs, and what VS Code brings.
  external: ['vscode', 'onnxruntime-node', 'onnxruntime-web', '@julusian/jpeg-turbo'],
  // Libraries in CommonJS ask for the modules of Node, and for their own folder.
  banner: {
    js: "import{createRequire as makeRequire$}from'module';const require=makeRequire$(import.meta.url),__dirname=import.meta.dirname;",
  },
};

const extension = 'src/extension/extension.ts';
const feature = name => `src/extension/features/${name}.ts`;

/**
 * `budget` is how many bytes may be loaded with an entry, its own file and all that this imports, and is a promise to
 * users; a build that breaks it fails. `into` names the entry that has loaded its part before.
 */
export const bundles = [
  {
    name: 'programs',
    budgets: {
      [extension]: { budget: 200_000 },
      [feature('language/language-features')]: { into: extension, budget: 60_000 },
      [feature('overview/overview-tree')]: { into: extension, budget: 50_000 },
      [feature('diagram/diagram-panels')]: { into: extension, budget: 40_000 },
      [feature('agents/editor-agent-tools')]: { into: extension, budget: 50_000 },
      [feature('agents/dataset-count-tool')]: { into: extension, budget: 34_000 },
      [feature('pilots/pilots')]: { into: extension, budget: 960_000 },
      'src/experiments/index.ts': { into: 'src/data/index.ts', budget: 300_000 },
      'src/data/index.ts': { budget: 800_000 },
    },
    options: {
      ...programOptions,
      entryPoints: programs,
      plugins: [withWasm, withoutReplaced, withoutPrinting],
    },
  },
  {
    // The web host of VS Code runs one file of CommonJS: what other hosts load when it is needed is in it.
    name: 'web/extension',
    budgets: { 'src/extension/web-extension.ts': { budget: 300_000 } },
    options: {
      entryPoints: { 'web/extension': 'src/extension/web-extension.ts' },
      platform: 'browser',
      format: 'cjs',
      target: 'es2022',
      charset: 'utf8',
      external: ['vscode'],
    },
  },
  page('run', 150_000),
  page('runs', 100_000),
  page('report', 10_000),
  page('diagram', 120_000),
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
