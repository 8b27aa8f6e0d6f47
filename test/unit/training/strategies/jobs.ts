import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunPlan, planPilot, planTraining } from '../../../../src/experiments/plan/plan-run';
import type { Dataset } from '../../../../src/language/learning-problem';
import type { JobCheckpoints } from '../../../../src/training/job-context';
import type { JobSpec, MetricEvent, TrialResult } from '../../../../src/protocol/job-files';
import { runJob } from '../../../../src/training/run-job';
import { problemOf } from '../../advisor/helpers';

/** A folder with tables, and what was planned and run on them. */
export interface Bench {
  readonly root: string;
  readonly plan: (annotations: readonly string[], task: string, arm?: string) => Promise<RunPlan>;
  readonly run: (job: JobSpec, options?: RunOptions) => Promise<TrialResult>;
  readonly folderOf: (job: string) => string;
  readonly remove: () => void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: MetricEvent) => void;
  readonly checkpoints?: JobCheckpoints;
}

export function createBench(files: Readonly<Record<string, string>>): Bench {
  const root = mkdtempSync(path.join(tmpdir(), 'strategies-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  const folderOf = (job: string): string => {
    const folder = path.join(root, 'jobs', job);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const cache = path.join(root, 'cache');
  return {
    root,
    folderOf,
    plan(annotations, task, arm) {
      const options = {
        cache,
        locate: (dataset: Pick<Dataset, 'path'>) =>
          dataset.path === undefined
            ? undefined
            : { kind: 'local' as const, path: path.resolve(root, dataset.path), exists: true },
        seeds: 1,
        settings: { learningRates: [0.01] },
      };
      const problem = problemOf(...annotations);
      return arm === undefined
        ? planPilot(problem, task, options)
        : planTraining(problem, task, { ...options, arm });
    },
    run: (job, { signal = new AbortController().signal, onEvent = () => undefined, checkpoints } = {}) =>
      runJob(job, {
        folder: folderOf(job.id),
        folderOf,
        cache,
        signal,
        onEvent,
        ...(checkpoints && { checkpoints }),
      }),
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Checkpoints in memory, after every validation. */
export function memoryCheckpoints(): JobCheckpoints & {
  readonly again: () => JobCheckpoints;
} {
  const files = new Map<string, Uint8Array>();
  const store = {
    read: (name: string) => Promise.resolve(files.get(name)),
    write: (name: string, content: Uint8Array) => {
      files.set(name, Uint8Array.from(content));
      return Promise.resolve();
    },
  };
  return {
    files: store,
    index: undefined,
    every: 0,
    again() {
      const text = files.get('checkpoint.json');
      const index = text && (JSON.parse(new TextDecoder().decode(text)) as JobCheckpoints['index']);
      return { files: store, index: index, every: 0 };
    },
  };
}

/** Numbers from 0 to 1 that a seed decides. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

/** A table of `columns` inputs and of what `labels` makes of each row; '' is a label that is missing. */
export function table(
  rows: number,
  columns: number,
  seed: number,
  labels: Readonly<Record<string, (row: readonly number[]) => string | number>>,
): string {
  const next = numbers(seed);
  const names = Array.from({ length: columns }, (_, i) => `x${i}`);
  const lines = Array.from({ length: rows }, () => {
    const row = names.map(() => next() * 2 - 1);
    return [...row.map(value => value.toFixed(4)), ...Object.values(labels).map(label => label(row))].join(
      ',',
    );
  });
  return `${[...names, ...Object.keys(labels)].join(',')}\n${lines.join('\n')}\n`;
}
