import type { JobFailure, MetricEvent } from '../../training/result';

/** What a run tells a worker. */
export interface Order {
  readonly kind: 'job';
  /** The folder of the run. */
  readonly run: string;
  readonly job: string;
  readonly cache: string;
  /** The display language's bundle, as JSON. */
  readonly messages: string;
}

/** What a worker tells its run. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly job: string; readonly event: MetricEvent }
  | { readonly kind: 'finished'; readonly job: string }
  | { readonly kind: 'failed'; readonly job: string; readonly failure: JobFailure }
  /** The run's folder cannot be written: no other job will fare better. */
  | { readonly kind: 'fatal'; readonly job: string; readonly code: string; readonly message: string };
