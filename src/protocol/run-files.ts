import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { adviseReport } from './advise-schema';
import { type JobFailure, type JobSpec, type MetricEvent, type TrialResult } from './job-files';
import { arm, jobName, metricSpec } from './job-files';
import { type PilotReport, datasetInputs, doubt } from './pilot-report';
import { pilotDecision } from './project-file';
import { type RaceLook, effort } from './race-file';
import { byName, count, line, numbers, text, texts } from './schema-helpers';

const version = v.literal(1);

/**
 * How pilots compare: 1 in version 0.1; from 2 on inputs and held-out examples are kept apart across datasets, all labels
 * count in the size, and all arms have the same steps. Runs of another method stay readable and are marked.
 */
export const METHOD = 2;

export const runKind = v.picklist(['pilot', 'train']);

/** `run.json`: what a run is, written before its first job starts. Only `name` and `notes` change later. */
export const runManifest = v.object({
  version,
  /** The name of its folder. */
  id: jobName,
  kind: runKind,
  task: text,
  /** ISO 8601, UTC. */
  started: text,
  /** What the user calls it. */
  name: v.exactOptional(text),
  notes: v.exactOptional(text),
  metric: metricSpec,
  arms: v.array(arm),
  /** Training examples of the target, ascending. */
  sizes: numbers,
  seeds: numbers,
  /** The target's training examples in all. */
  available: v.number(),
  /** What the project decided of pilots when this one was planned. */
  decision: v.exactOptional(pilotDecision),
  /** How many of its trials it takes; absent of earlier versions, which ran all. */
  effort: v.exactOptional(effort),
  /** The {@link METHOD} that it was planned by; absent of runs of version 0.1. */
  method: v.exactOptional(v.number()),
  /** The ids of all jobs, in the order in which they start. */
  jobs: v.array(jobName),
  /** What the rules said. */
  rules: adviseReport,
  /** Hashes of what the verdict rests on; it is stale once one of them is another. */
  fingerprint: v.object({
    annotations: text,
    data: byName(text),
    /** Of the saved model that transfer starts from. */
    model: v.exactOptional(text),
  }),
  /** Where the target is declared: an absolute path and a line. */
  source: v.object({ file: text, line }),
  /** What the plan could not do as asked. */
  warnings: texts,
  /** What was found in the data that makes a verdict worth little. */
  doubts: v.exactOptional(v.array(doubt)),
  /** What becomes of the columns of the target's data. */
  inputs: v.exactOptional(v.array(datasetInputs)),
  /** Over its jobs and its folder, by the key of the user who started it. */
  signature: v.exactOptional(text),
});

/**
 * `running` with a process that is gone reads as `interrupted`; `stopped` is what a user or a budget ended: both
 * can be resumed.
 */
export const runStateName = v.picklist(['running', 'interrupted', 'stopped', 'finished', 'failed']);

/** The jobs of a run that another scheduler holds. */
export const queueState = v.object({
  pending: count,
  running: count,
  reason: v.exactOptional(v.pipe(text, v.description("What they wait for, in Slurm's own word."))),
});

/** `state.json` */
export const runState = v.object({
  state: runStateName,
  /** ISO 8601, UTC. */
  updated: text,
  /** The process that runs it. */
  pid: v.exactOptional(v.number()),
  /** How far it is, while it goes on; of a race also at its end. */
  progress: v.exactOptional(
    v.object({
      finished: count,
      failed: count,
      /** Jobs, and trials among them, that have run or may still run; absent where that is all. */
      total: v.exactOptional(count),
      trials: v.exactOptional(count),
      /** Absent until a job has finished. */
      secondsLeft: v.exactOptional(v.number()),
    }),
  ),
  /** Where Slurm runs it, while it does. */
  queue: v.exactOptional(queueState),
  /** Why it stopped or failed. */
  message: v.exactOptional(text),
});

export type RunKind = Infer<typeof runKind>;
export type RunManifest = Infer<typeof runManifest>;
export type RunStateName = Infer<typeof runStateName>;
export type QueueState = Infer<typeof queueState>;
export type RunState = Infer<typeof runState>;

export type JobStatus = 'waiting' | 'running' | 'finished' | 'failed';

export interface JobSnapshot {
  readonly spec: JobSpec;
  readonly status: JobStatus;
  readonly events: readonly MetricEvent[];
  readonly result?: TrialResult;
  readonly failure?: JobFailure;
}

/** What a run has come to, once it does not go on. */
export interface RunOutcome {
  readonly folder: string;
  readonly state: RunStateName;
  /** Why it stopped or failed, or what failed in it. */
  readonly message?: string;
  readonly report?: PilotReport;
  /** The trained model's folder, of a training that came to its end. */
  readonly model?: string;
  /** Its metric on the test split. */
  readonly value?: number;
}

/** All of a run as it stands on disk. */
export interface RunSnapshot {
  readonly manifest: RunManifest;
  readonly state: RunState;
  readonly jobs: readonly JobSnapshot[];
  readonly report?: PilotReport;
  /** What a race has decided so far. */
  readonly looks?: readonly RaceLook[];
}
