import type { CheckpointIndex, MetricEvent, TrialResult } from '../protocol/job-files';
import type { CheckpointFiles } from './loop/checkpoints';

/** What a job has to do with the world around it, besides its spec. */
export interface JobContext {
  /** The job's own folder; artifacts go to `model/` in it. */
  readonly folder: string;
  /** The folder of a finished job of the same run, by id. */
  readonly folderOf: (job: string) => string;
  /** Where decoded data is kept between jobs and runs. */
  readonly cache: string;
  readonly onEvent: (event: MetricEvent) => void;
  readonly signal: AbortSignal;
  /** Where a built-in network's training is kept now and then; nothing is kept where it is absent. */
  readonly checkpoints?: JobCheckpoints;
}

export interface JobCheckpoints {
  readonly files: CheckpointFiles;
  /** What an earlier attempt left: the job goes on from there, and reports what comes after it. */
  readonly index: CheckpointIndex | undefined;
  /** Seconds of training between two checkpoints; {@link CHECKPOINT_SECONDS} unless given. */
  readonly every?: number;
}

/** Runs a job to its end. Equal specs give equal results, `seconds` apart. */
export type RunJob<Spec> = (spec: Spec, context: JobContext) => Promise<TrialResult>;
