// npm run bench:index [-- --json] [--files N] [--rounds N]: finding the annotations of a tree, beside ripgrep.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { scan, scanSync, type Scan } from '../../src/workspace/annotation-scan';
import { findRipgrep, matchesOf, runRipgrep } from './ripgrep';
import { createTree, type Tree } from './tree';

const CLI = path.join(__dirname, '../../dist/cli.mjs');
/** Indexing may take this many times as long as ripgrep. */
const BUDGET = 2;

type Contestant = () => unknown;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      files: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '15' },
    },
  });
  const ripgrep = findRipgrep();
  if (!ripgrep) {
    console.error(
      'There is no ripgrep to measure against. Install it (`apt install ripgrep`) and try again.',
    );
    return 1;
  }
  const root = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-bench-'));
  try {
    const tree = createTree(root, Number(values.files));
    const start = performance.now();
    const first = scanSync([root]);
    const firstTime = performance.now() - start;
    checkSameLines(tree, first, ripgrep.program);
    const contestants: Record<string, Contestant> = {
      ripgrep: () => runRipgrep(ripgrep.program, root),
      'index, without a pause': () => scanSync([root]),
      'index, yielding': () => scan([root]),
      ...(existsSync(CLI)
        ? {
            'command line, whole process': () => {
              runCli(root);
            },
          }
        : {}),
    };
    const times = await measure(contestants, Number(values.rounds));
    return report(tree, ripgrep.version, { ...times, 'first in its process': [firstTime] }, values.json);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function runCli(root: string): void {
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'datasets', root, '--json'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  if (status !== 0) throw new Error(`datasets ended with ${status}: ${stderr}`);
}

/** Both find exactly the lines that were written: the index the annotations, ripgrep the other mentions too. */
function checkSameLines(tree: Tree, found: Scan, program: string): void {
  assertSame('index', linesOf(found, tree.root), tree.annotations);
  const all = new Set([...tree.annotations, ...tree.decoys]);
  assertSame('ripgrep', matchesOf(runRipgrep(program, tree.root)), all);
}

function linesOf({ files }: Scan, root: string): Set<string> {
  return new Set(
    files.flatMap(file =>
      file.annotations.map(({ range }) => {
        const name = path.relative(root, file.path).split(path.sep).join('/');
        return `${name}:${range.start.line + 1}`;
      }),
    ),
  );
}

function assertSame(who: string, found: ReadonlySet<string>, expected: ReadonlySet<string>): void {
  const missed = [...expected].filter(line => !found.has(line));
  const extra = [...found].filter(line => !expected.has(line));
  if (missed.length + extra.length > 0)
    throw new Error(`${who} missed ${missed.slice(0, 5).join(' ')} and found ${extra.slice(0, 5).join(' ')}`);
}

/** Milliseconds of each contestant in each round, taking turns; the first two rounds warm up. */
async function measure(
  contestants: Record<string, Contestant>,
  rounds: number,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  for (let round = -2; round < rounds; round++)
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      await run();
      const time = performance.now() - start;
      if (round >= 0) (times[name] ??= []).push(time);
    }
  return times;
}

function report(tree: Tree, version: string, times: Record<string, number[]>, json: boolean): number {
  const baseline = median(times['ripgrep'] ?? []);
  const rows = Object.entries(times).map(([name, values]) => ({
    name,
    median: median(values),
    fastest: Math.min(...values),
    ratio: median(values) / baseline,
  }));
  const within = rows.every(({ name, ratio }) => !name.startsWith('index') || ratio <= BUDGET);
  const { sourceFiles, annotations, decoys } = tree;
  if (json)
    console.log(
      JSON.stringify({
        sourceFiles,
        annotations: annotations.size,
        ripgrep: version,
        node: process.version,
        cores: availableParallelism(),
        milliseconds: rows,
        budget: BUDGET,
        within,
      }),
    );
  else {
    console.log(
      `${sourceFiles} source files, ${annotations.size} annotations, ${decoys.size} other mentions`,
    );
    console.log(`${version}; Node.js ${process.version}; ${availableParallelism()} cores; file cache warm`);
    for (const { name, median: middle, fastest, ratio } of rows)
      console.log(
        `${name.padEnd(30)} ${middle.toFixed(0).padStart(5)} ms (fastest ${fastest.toFixed(0)})  ${ratio.toFixed(2)}x`,
      );
    console.log(`index within ${BUDGET}x of ripgrep: ${within ? 'yes' : 'NO'}`);
  }
  return within ? 0 : 1;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

void main().then(
  status => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
