import type { Arm, JobSpec, MetricSpec } from '../training/spec';
import type { JobFailure, MetricEvent, TrialResult } from '../training/result';
import type { PilotReport } from '../training/pilot/report';
import type { AdviseOutput } from '../advisor/output';

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
