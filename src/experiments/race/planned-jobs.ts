import type { JobSpec } from '../../protocol/job-files';
import type { PlannedJob } from './open-trials';

/** A job as a race sees it. */
export function plannedJob(spec: JobSpec): PlannedJob {
  const { id, needs } = spec;
  if (spec.kind === 'pretrain') return { id, needs };
  const { arm, n, seed } = spec;
  return { id, needs, trial: { arm, n, seed } };
}
