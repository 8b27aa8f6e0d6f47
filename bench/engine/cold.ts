/**
 * npm run bench:compile: what the first compilation of a process takes, each in a process of its own, built as the
 * product is. The runtime's own start (its library, the search for the block of its kernels) is told apart from
 * tracing, encoding and the session. Then the memory that a small model takes at most. Fails above a limit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const RUNS = Number(process.env['RUNS'] ?? '9');
const MODELS = ['mlp-784', 'cnn-28x28', 'cnn-bn', 'cnn1d', 'text'];
/** Milliseconds that tracing and the session may take. */
const LIMIT = 150;
const SMALL = 'mlp-16';
const STEPS = 10_000;
/** Megabytes that a process may have taken after so many steps of a small model. */
const MEMORY_LIMIT = 250;

type Phases = Readonly<Record<'start' | 'trace' | 'encode' | 'session', number>>;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

async function main(): Promise<void> {
  // Within the project, so that the runtime is found.
  const folder = mkdtempSync(path.join(process.cwd(), 'dist', 'cold-'));
  try {
    const outfile = path.join(folder, 'child.cjs');
    await build({
      entryPoints: [path.join(__dirname, 'cold-child.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      external: ['onnxruntime-node'],
      logLevel: 'error',
    });
    console.log('| model | start of the runtime | trace | encode | session | the last three | limit |');
    console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
    for (const model of MODELS) {
      const runs = Array.from({ length: RUNS }, () => run(outfile, [model]) as Phases);
      const of = (phase: keyof Phases): string => median(runs.map(times => times[phase])).toFixed(0);
      const sums = runs.map(({ trace, encode, session }) => trace + encode + session);
      const range = `${Math.min(...sums).toFixed(0)} to ${Math.max(...sums).toFixed(0)}`;
      const total = `${median(sums).toFixed(0)} (${range})`;
      if (median(sums) > LIMIT) process.exitCode = 1;
      console.log(
        `| ${model} | ${of('start')} | ${of('trace')} | ${of('encode')} | ${of('session')} | ${total} | ${LIMIT} |`,
      );
    }
    const { peak } = run(outfile, [SMALL, String(STEPS)]) as { readonly peak: number };
    if (peak / 1e6 > MEMORY_LIMIT) process.exitCode = 1;
    console.log(
      `\nA process that has trained ${SMALL} for ${STEPS} steps took ${(peak / 1e6).toFixed(0)} MB at most (limit ${MEMORY_LIMIT} MB).`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(file: string, values: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...values], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

void main();
