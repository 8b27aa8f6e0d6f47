// npm run bench:editor [-- --json] [--files N] [--tries N]: what a user waits for, in a real VS Code, on a folder of
// 20,000 files and a file of 5,000 lines.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { removeFolder, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { mulberry32 } from '../../src/common/random';
import { scanSync } from '../../src/workspace/annotation-scan';
import { launchBrowser, stayOnThisMachine } from '../../test/vscode/browser';
import { installServer } from '../../test/vscode/install';
import { root } from '../../test/vscode/paths';
import { runAndExit } from '../../test/vscode/run';
import { startServer, type Server } from '../../test/vscode/server';
import { createProgram } from '../edit/program';
import { createTree } from '../index/tree';
import type { Measured, Task } from './measured';

const LINES = 5000;
const ANNOTATIONS = 100;
const LIMIT_MS = 300_000;
/** How often the window is opened again: what an activation takes depends on what VS Code starts beside it. */
const AGAIN = 4;
/** Files that `.gitignore` names one by one are opened before they are left out, every time: the tree has two. */
const REREAD = 2;
/** The budgets of the design; what has none is shown all the same. */
const BUDGETS = { activate: 30, edit: 5, bundle: 200_000 } as const;

runAndExit(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      files: { type: 'string', default: '20000' },
      tries: { type: 'string', default: '200' },
    },
  });
  const say = (text: string): void => {
    if (!values.json) console.log(text);
  };
  await installServer();
  const host = await bundleHost();
  const work = temporaryFolder('strategy-advisor-bench-editor-');
  try {
    const files = Number(values.files);
    say(`writing ${files} files`);
    const folder = path.join(work, 'folder');
    createTree(folder, files);
    const file = path.join(folder, 'train.py');
    writeFileSync(file, createProgram(mulberry32(1), LINES, ANNOTATIONS).join('\n'));
    const task: Task = {
      ...{ output: path.join(work, 'measured.json'), file, tries: Number(values.tries) },
      names: namesIn(folder),
    };
    // A file that has just been written is read again: its stamp might not tell of another change.
    await new Promise(resolve => setTimeout(resolve, 2500));
    say('opening a window');
    const first = await inWindow(folder, host, task);
    say('opening it again');
    const again: Measured[] = [];
    for (let i = 0; i < AGAIN; i++) again.push(await first.again({ ...task, tries: 0 }));
    await first.stop();
    return report(first.measured, again, values.json);
  } finally {
    await removeFolder(work);
  }
});

async function bundleHost(): Promise<string> {
  const outfile = path.join(root, 'dist', 'test', 'bench-editor.js');
  await build({
    ...{ absWorkingDir: root, outfile, entryPoints: ['bench/editor/host.ts'], bundle: true },
    ...{ platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], logLevel: 'warning' },
  });
  return outfile;
}

/** As many as the workspace symbols are to be: every annotation with a name. */
function namesIn(folder: string): number {
  return scanSync([folder]).files.flatMap(({ annotations }) => annotations.filter(({ name }) => name)).length;
}

interface Opened {
  readonly measured: Measured;
  /** The same folder in another window, with what the first has kept. */
  readonly again: (task: Task) => Promise<Measured>;
  readonly stop: () => Promise<void>;
}

async function inWindow(folder: string, host: string, task: Task): Promise<Opened> {
  const taskFile = `${task.output}.task`;
  const server = await startServer({ environment: { BENCH_TASK: taskFile } });
  const measure = (what: Task): Promise<Measured> => {
    writeFileSync(taskFile, JSON.stringify(what));
    return measureIn(server, folder, host, what.output);
  };
  try {
    return {
      measured: await measure(task),
      again: measure,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function measureIn(server: Server, folder: string, host: string, output: string): Promise<Measured> {
  rmSync(output, { force: true });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await stayOnThisMachine(context);
    const page = await context.newPage();
    const errors: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, values: readonly unknown[]) => {
      if (type === 'error') errors.push(values.map(String).join(' '));
    });
    const ended = new Promise<number>((resolve, reject) => {
      setTimeout(() => {
        reject(new Error(`The window did not end within ${LIMIT_MS / 1000} s.`));
      }, LIMIT_MS).unref();
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(
      server.url({ folder, payload: { extensionDevelopmentPath: root, extensionTestsPath: host } }),
    );
    await Promise.race([ended, server.failure]);
    if (!existsSync(output)) throw new Error(['Nothing was measured.', ...errors.slice(-5)].join('\n'));
    return JSON.parse(readFileSync(output, 'utf8')) as Measured;
  } finally {
    await browser.close();
  }
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'kB' | 'files';
  readonly budget?: number;
}

/** Bytes of a file in dist/ and of what it imports, one through the other, but not on demand. */
function sizeWithImports(entry: string): number {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(path.join(root, 'dist', file), 'utf8');
    for (const [, imported] of text.matchAll(/\b(?:from|import)\s*"\.\/([^"]+)"/g)) files.add(imported ?? '');
  }
  return [...files].reduce((sum, file) => sum + statSync(path.join(root, 'dist', file)).size, 0);
}

function report(first: Measured, again: readonly Measured[], json: boolean): number {
  const bundle = sizeWithImports('extension.mjs') / 1000;
  const times = (name: string, values: readonly number[], budget?: number): Row[] => [
    { name: `${name}, median`, value: percentile(values, 0.5), unit: 'ms' },
    {
      ...{ name: `${name}, 95%`, value: percentile(values, 0.95), unit: 'ms' },
      ...(budget === undefined ? {} : { budget }),
    },
  ];
  const rows: readonly Row[] = [
    { name: 'the part loaded at activation', value: bundle, unit: 'kB', budget: BUDGETS.bundle / 1000 },
    { name: 'loading it', value: first.load, unit: 'ms' },
    { name: 'activate(), first window', value: first.activate, unit: 'ms' },
    {
      ...{ name: `activate(), median of ${again.length + 1} windows`, unit: 'ms', budget: BUDGETS.activate },
      value: median([first, ...again].map(each => each.activate)),
    },
    { name: 'the folder known, first window', value: first.index, unit: 'ms' },
    { name: 'files read, first window', value: first.filesRead, unit: 'files' },
    {
      name: 'the folder known, opened again, median',
      value: median(again.map(each => each.index)),
      unit: 'ms',
    },
    {
      ...{ name: 'files read, opened again, at most', unit: 'files', budget: REREAD },
      value: Math.max(...again.map(each => each.filesRead)),
    },
    { name: 'memory of extension and index', value: first.memory / 1e6, unit: 'MB' },
    ...times('edit to its diagnostics, in the extension', first.edits, BUDGETS.edit),
    ...times('keystroke to its diagnostics, in the editor', first.keystrokes),
    ...times('hover', first.hovers),
    ...times('completion', first.completions),
  ];
  const isWithin = ({ value, budget }: Row): boolean => budget === undefined || value <= budget;
  const within = rows.every(isWithin);
  const [load = NaN] = loadavg();
  if (json)
    console.log(
      JSON.stringify({
        ...{ lines: LINES, annotations: ANNOTATIONS, cores: availableParallelism(), load },
        ...{ filesAnnotated: first.filesAnnotated, rows, within },
      }),
    );
  else {
    console.log(
      `${LINES} lines with ${ANNOTATIONS} annotations; ${first.filesAnnotated} files with annotations; ` +
        `${availableParallelism()} cores, load ${load.toFixed(1)}`,
    );
    for (const row of rows) {
      const { name, value, unit, budget } = row;
      const limit =
        budget === undefined ? '' : `  budget ${budget} ${unit}${isWithin(row) ? '' : '  EXCEEDED'}`;
      console.log(
        `${name.padEnd(46)} ${value.toFixed(unit === 'files' ? 0 : 1).padStart(9)} ${unit.padEnd(5)}${limit}`,
      );
    }
  }
  return within ? 0 : 1;
}
