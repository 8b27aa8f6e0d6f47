// npm run bench:pilot [-- --json]: a pilot, and the same trials in PyTorch, one after the other in one run.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../src/common/random';
import { openDataset } from '../../src/data';
import type { JobSpec, TrialSpec } from '../../src/protocol/job-files';
import { pytorchCommand, pytorchMissing } from '../engine/pytorch';
import { REAL_DATA } from '../real/real-data';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIGITS = path.join(REAL_DATA, 'digits.csv');
const CORES = availableParallelism();
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Timed {
  readonly seconds: number;
  readonly values: ReadonlyMap<string, number>;
  /** Of all jobs together. */
  readonly jobSeconds: number;
}

/** Half of the digits with the digit itself, to learn from, the other half with the parity, which is asked for. */
function writeProject(folder: string): string {
  const [header = '', ...rows] = (existsSync(DIGITS) ? readFileSync(DIGITS, 'utf8') : generated())
    .trim()
    .split(/\r?\n/);
  const names = header.split(',').slice(0, -1).join(',');
  const source = rows.filter((_, i) => i % 2 === 0);
  const target = rows
    .filter((_, i) => i % 2 === 1)
    .map(row => row.replace(/,(\d)$/, (_, digit: string) => `,${Number(digit) % 2 ? 'odd' : 'even'}`));
  writeFileSync(path.join(folder, 'source.csv'), `${names},digit\n${source.join('\n')}\n`);
  writeFileSync(path.join(folder, 'target.csv'), `${names},parity\n${target.join('\n')}\n`);
  writeFileSync(
    path.join(folder, 'train.py'),
    [
      `# @dataset source task=digit input=tabular:64 num_examples=${source.length} label=digit path=source.csv`,
      `# @dataset target task=parity input=tabular:64 num_examples=${target.length} label=parity path=target.csv`,
      '# @task parity target output=class:2 metric=balanced_accuracy shares_features_with=digit',
      '',
    ].join('\n'),
  );
  return existsSync(DIGITS) ? 'digits.csv' : 'generated digits of the same shape';
}

/** Ten noisy prototypes of 64 values from 0 to 16, 1,797 rows. */
function generated(): string {
  const next = seededRandom('digits');
  const prototypes = Array.from({ length: 10 }, () => Array.from({ length: 64 }, () => next() * 16));
  const rows = Array.from({ length: 1797 }, (_, i) => {
    const values = prototypes[i % 10]?.map(value =>
      Math.round(Math.min(16, Math.max(0, value + (next() - 0.5) * 16))),
    );
    return [...(values ?? []), i % 10].join(',');
  });
  return `${Array.from({ length: 64 }, (_, i) => `pixel_${i}`).join(',')},digit\n${rows.join('\n')}\n`;
}

function runOf(folder: string): string {
  const runs = path.join(folder, '.strategy-advisor/runs');
  return path.join(runs, readdirSync(runs)[0] ?? '');
}

function jobsOf(run: string): readonly JobSpec[] {
  const { jobs } = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as {
    jobs: readonly string[];
  };
  return jobs.map(
    job => JSON.parse(readFileSync(path.join(run, 'jobs', job, 'job.json'), 'utf8')) as JobSpec,
  );
}

/** A pilot as a user starts it, from the first process to the printed report. */
function ours(folder: string, workers: number): Timed {
  rmSync(path.join(folder, '.strategy-advisor'), { recursive: true, force: true });
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'dist/cli.mjs'),
      'pilot',
      folder,
      '--task',
      'parity',
      '--sizes',
      '20,50,130,330,716',
      '--seeds',
      '3',
      '--workers',
      String(workers),
      '--json',
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  const run = runOf(folder);
  const results = jobsOf(run).map(({ id, kind }) => ({
    id,
    kind,
    ...(JSON.parse(readFileSync(path.join(run, 'jobs', id, 'result.json'), 'utf8')) as {
      value: number;
      seconds: number;
    }),
  }));
  return {
    seconds,
    values: new Map(results.filter(({ kind }) => kind === 'trial').map(({ id, value }) => [id, value])),
    jobSeconds: results.reduce((sum, each) => sum + each.seconds, 0),
  };
}

/** The same splits, standardised in the same way, for the script to read. */
async function writeJobs(folder: string): Promise<string> {
  // PyTorch trains no linear model; what ours takes stays in our time.
  const jobs = jobsOf(runOf(folder)).filter(
    job => job.kind === 'pretrain' || job.arm.strategy !== 'baseline',
  );
  const data: Record<string, Record<string, unknown>> = {};
  for (const spec of jobs.flatMap(({ datasets }) => datasets)) {
    if (data[spec.name]) continue;
    const dataset = await openDataset(spec.path, spec.request, { cache: path.join(folder, 'cache') });
    const [task = ''] = Object.keys(spec.request.labels);
    const splits: Record<string, unknown> = {};
    for (const split of ['train', 'validation', 'test'] as const) {
      const inputs: number[][] = [];
      const labels: number[] = [];
      for await (const chunk of dataset.read(split)) {
        const width = chunk.inputs.length / chunk.count;
        for (let i = 0; i < chunk.count; i++) {
          inputs.push([...chunk.inputs.subarray(i * width, (i + 1) * width)]);
          labels.push(chunk.labels[task]?.values[i] ?? 0);
        }
      }
      splits[split] = { inputs, labels: { [task]: labels } };
    }
    data[spec.name] = splits;
  }
  const file = path.join(folder, 'jobs.json');
  writeFileSync(file, JSON.stringify({ jobs, data }));
  return file;
}

function theirs(file: string): Timed {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    pytorchCommand(),
    [path.join(ROOT, 'bench/pilot_torch.py'), file, String(CORES)],
    { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, OMP_NUM_THREADS: '1' } },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { values, seconds: each } = JSON.parse(stdout) as {
    values: Record<string, number>;
    seconds: Record<string, number>;
  };
  return {
    seconds,
    values: new Map(Object.entries(values)),
    jobSeconds: Object.values(each).reduce((sum, one) => sum + one, 0),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Means over all trials of an arm. */
function byArm(jobs: readonly JobSpec[], values: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const trials = jobs.filter((job): job is TrialSpec => job.kind === 'trial');
  const arms = [...new Set(trials.map(({ arm }) => arm.id))];
  return new Map(
    arms.map(arm => {
      const own = trials.filter(job => job.arm.id === arm).map(({ id }) => values.get(id) ?? NaN);
      return [arm, own.reduce((sum, value) => sum + value, 0) / own.length];
    }),
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-bench-'));
  mkdirSync(folder, { recursive: true });
  try {
    const data = writeProject(folder);
    const missing = pytorchMissing();
    const [all, one, torch]: Timed[][] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      one?.push(ours(folder, 1));
      all?.push(ours(folder, CORES));
      if (missing === undefined) torch?.push(theirs(await writeJobs(folder)));
    }
    const jobs = jobsOf(runOf(folder));
    const seconds = (timed: readonly Timed[] = []): number => median(timed.map(each => each.seconds));
    const [first] = all ?? [];
    const share = first ? first.jobSeconds / (first.seconds * CORES) : NaN;
    const result = {
      machine: cpus()[0]?.model,
      cores: CORES,
      data,
      trials: jobs.filter(({ kind }) => kind === 'trial').length,
      seconds: seconds(all),
      secondsOnOneCore: seconds(one),
      speedUp: seconds(one) / seconds(all),
      torchSeconds: missing === undefined ? seconds(torch) : null,
      ratio: missing === undefined ? seconds(torch) / seconds(all) : null,
      shareInJobs: share,
      accuracies: Object.fromEntries(byArm(jobs, first?.values ?? new Map())),
      torchAccuracies: torch?.[0] ? Object.fromEntries(byArm(jobs, torch[0].values)) : null,
    };
    if (process.argv.includes('--json')) {
      console.log(JSON.stringify(result));
      return;
    }
    console.log(
      `${result.machine ?? ''}, ${CORES} cores; ${data}, ${result.trials} trials; medians of ${ROUNDS}`,
    );
    console.log(`| | seconds |\n| --- | ---: |`);
    console.log(`| Strategy Advisor, ${CORES} workers | ${result.seconds.toFixed(1)} |`);
    console.log(`| Strategy Advisor, 1 worker | ${result.secondsOnOneCore.toFixed(1)} |`);
    if (result.torchSeconds !== null)
      console.log(`| PyTorch, ${CORES} processes | ${result.torchSeconds.toFixed(1)} |`);
    console.log(`\n${CORES} workers against 1: ${result.speedUp.toFixed(2)}`);
    if (result.ratio !== null) console.log(`PyTorch's time by ours: ${result.ratio.toFixed(2)}`);
    console.log(
      `in trials (reading and training): ${(100 * share).toFixed(0)} % of the cores' time; the rest is start-up, planning and statistics\n`,
    );
    console.log('| arm | balanced accuracy | in PyTorch |\n| --- | ---: | ---: |');
    for (const [arm, value] of Object.entries(result.accuracies))
      console.log(`| ${arm} | ${value.toFixed(3)} | ${result.torchAccuracies?.[arm]?.toFixed(3) ?? ''} |`);
    if (missing !== undefined) console.log(`Not compared with PyTorch: ${missing}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
