import path from 'node:path';

/** The folder of everything that runs keep, in a workspace folder. */
export function homeOf(workspace: string): string {
  return path.join(workspace, '.strategy-advisor');
}

export function runsFolder(workspace: string): string {
  return path.join(homeOf(workspace), 'runs');
}

/** Where decoded data is kept for all runs. */
export function cacheFolder(workspace: string): string {
  return path.join(homeOf(workspace), 'cache');
}

/** The workspace folder that a run's folder lies in. */
export function workspaceOf(run: string): string {
  return path.resolve(run, '..', '..', '..');
}

const MB = 1_000_000;

/** Bytes that our own files may have: each holds several times what the largest run that we know of needs. */
export const LIMITS = {
  /** `state.json`, `failure.json`, `checkpoint.json`, `.gitignore`. */
  small: MB,
  /** `run.json`, `job.json`: they name datasets, columns and jobs. */
  plan: 16 * MB,
  /** `report.json`: curves and intervals of all arms. */
  report: 64 * MB,
  /** `result.json`: the predictions of a test split. */
  result: 256 * MB,
  /** `metrics.jsonl`: of a longer file, the rest is left out. */
  metrics: 256 * MB,
  /** A file of a checkpoint: weights, and those of the optimizer. */
  weights: 2000 * MB,
} as const;

/** The files of a run. */
export const RUN = {
  manifest: 'run.json',
  state: 'state.json',
  report: 'report.json',
  race: 'race.json',
  lock: 'lock',
  /** Asks the process that executes the run to end it. */
  stop: 'stop',
  /** What that process says besides: where it crashes, mostly. */
  log: 'runner.log',
  jobs: 'jobs',
} as const;

/** The files of a job. */
export const JOB = {
  spec: 'job.json',
  metrics: 'metrics.jsonl',
  result: 'result.json',
  failure: 'failure.json',
  model: 'model',
  checkpoint: 'checkpoint',
  log: 'log.txt',
} as const;

export function jobFolder(run: string, job: string): string {
  return path.join(run, RUN.jobs, job);
}
