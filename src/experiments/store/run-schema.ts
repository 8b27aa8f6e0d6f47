import type { AdviseOutput } from '../../protocol/advise-output';
import type { JobFailure, MetricEvent, TrialResult } from '../../training/job-result';
import type { Arm, JobSpec, MetricSpec } from '../../training/job-spec';
import type { PilotReport } from '../report/pilot-report';

export type RunKind = 'pilot' | 'train';

/** What a run is, written before its first job starts. Only `name` and `notes` change later. */
export interface RunManifest {
  readonly version: 1;
  readonly id: string;
  readonly kind: RunKind;
  readonly task: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** What the user calls it. */
  readonly name?: string;
  readonly notes?: string;
  readonly metric: MetricSpec;
  readonly arms: readonly Arm[];
  /** Training examples of the target, ascending. */
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  /** The target's training examples in all. */
  readonly available: number;
  /** The ids of all jobs, in the order in which they start. */
  readonly jobs: readonly string[];
  /** What the rules said. */
  readonly rules: AdviseOutput;
  /** Hashes of what the verdict rests on; it is stale once one of them is another. */
  readonly fingerprint: {
    readonly annotations: string;
    readonly data: Readonly<Record<string, string>>;
    /** Of the saved model that transfer starts from. */
    readonly model?: string;
  };
  /** Where the target is declared: an absolute path and a line from 1. */
  readonly source: { readonly file: string; readonly line: number };
  /** What the plan could not do as asked. */
  readonly warnings: readonly string[];
}

/**
 * `running` with a process that is gone reads as `interrupted`; `stopped` is what a user or a budget ended: both
 * can be resumed.
 */
export type RunStateName = 'running' | 'interrupted' | 'stopped' | 'finished' | 'failed';

/** The jobs of a run that another scheduler holds. */
export interface QueueState {
  readonly pending: number;
  readonly running: number;
  /** The scheduler's word on why jobs wait: `Resources`, `Priority`, … */
  readonly reason?: string;
}

export interface RunState {
  readonly state: RunStateName;
  /** ISO 8601, UTC. */
  readonly updated: string;
  /** The process that runs it. */
  readonly pid?: number;
  /** Where Slurm runs it, while it does. */
  readonly queue?: QueueState;
  /** Why it stopped or failed. */
  readonly message?: string;
}

export type JobStatus = 'waiting' | 'running' | 'finished' | 'failed';

export interface JobSnapshot {
  readonly spec: JobSpec;
  readonly status: JobStatus;
  readonly events: readonly MetricEvent[];
  readonly result?: TrialResult;
  readonly failure?: JobFailure;
}

/** All of a run as it stands on disk. */
export interface RunSnapshot {
  readonly manifest: RunManifest;
  readonly state: RunState;
  readonly jobs: readonly JobSnapshot[];
  readonly report?: PilotReport;
}

// Files may be cut short, edited or written by others: what is used without a further look is looked at here.

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function asManifest(value: Fields): RunManifest | undefined {
  const { id, kind, task, started, metric, arms, sizes, seeds, jobs, available, rules, fingerprint, source } =
    value;
  const isWhole =
    isText(id) &&
    (kind === 'pilot' || kind === 'train') &&
    isText(task) &&
    isText(started) &&
    isFields(metric) &&
    isText(metric['name']) &&
    isList(arms) &&
    arms.every(arm => isFields(arm) && isText(arm['id']) && isText(arm['strategy'])) &&
    isList(sizes) &&
    sizes.every(isNumber) &&
    isList(seeds) &&
    isList(jobs) &&
    jobs.every(isJobName) &&
    isNumber(available) &&
    isFields(rules) &&
    isFields(fingerprint) &&
    isFields(source);
  return isWhole ? (value as unknown as RunManifest) : undefined;
}

/** A job's name becomes a folder's: one that leads elsewhere is refused. */
function isJobName(value: unknown): value is string {
  return isText(value) && /^[\w][\w.-]*$/.test(value);
}

export function asState(value: Fields): RunState | undefined {
  const { state, updated } = value;
  const states: readonly unknown[] = ['running', 'interrupted', 'stopped', 'finished', 'failed'];
  return states.includes(state) && isText(updated) ? (value as unknown as RunState) : undefined;
}

export function asJob(value: Fields): JobSpec | undefined {
  const { id, kind, seed, target, datasets, needs, settings } = value;
  const isWhole =
    isText(id) &&
    (kind === 'pretrain' || (kind === 'trial' && isFields(value['arm']) && isNumber(value['n']))) &&
    isNumber(seed) &&
    isFields(target) &&
    isList(datasets) &&
    isList(needs) &&
    isFields(settings);
  return isWhole ? (value as unknown as JobSpec) : undefined;
}

export function asResult(value: Fields): TrialResult | undefined {
  const { id, value: figure, metrics, examples, seconds, warnings } = value;
  const isWhole =
    isText(id) &&
    isNumber(figure) &&
    isFields(metrics) &&
    isFields(examples) &&
    isNumber(seconds) &&
    isList(warnings);
  return isWhole ? (value as unknown as TrialResult) : undefined;
}

export function asFailure(value: Fields): JobFailure | undefined {
  return isText(value['id']) && isText(value['message']) ? (value as unknown as JobFailure) : undefined;
}

export function asReport(value: Fields): PilotReport | undefined {
  const { run, task, metric, arms, complete, warnings } = value;
  const isWhole =
    isText(run) &&
    isText(task) &&
    isFields(metric) &&
    isList(arms) &&
    arms.every(arm => isFields(arm) && isList(arm['curve']) && isList(arm['differences'])) &&
    typeof complete === 'boolean' &&
    isList(warnings);
  return isWhole ? (value as unknown as PilotReport) : undefined;
}

/** One line of `metrics.jsonl`; `undefined` for a torn or foreign one. */
export function asEvent(line: string): MetricEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) && isNumber(value['t']) && isText(value['phase']) && isNumber(value['step'])
      ? (value as unknown as MetricEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
