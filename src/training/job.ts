import type { MetricEvent, TrialResult } from './result';

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
}

/** Runs a job to its end. Equal specs give equal results, `seconds` apart. */
export type RunJob<Spec> = (spec: Spec, context: JobContext) => Promise<TrialResult>;
