import path from 'node:path';
import type { RunOutcome, RunSnapshot } from '../../protocol/run-files';
import { JOB, jobFolder } from '../store/run-folder';

/** What a run has come to, in the words that users hear at its end. */
export function outcomeOf(folder: string, { manifest, state, report, jobs }: RunSnapshot): RunOutcome {
  const trained = manifest.kind === 'train' ? jobs.find(({ spec }) => spec.kind === 'trial') : undefined;
  const failure = jobs.find(job => job.failure)?.failure;
  const message = state.state === 'finished' ? state.message : (failure?.message ?? state.message);
  return {
    folder,
    state: state.state,
    ...(message === undefined ? {} : { message }),
    ...(report ? { report } : {}),
    ...(trained?.result
      ? {
          model: path.join(jobFolder(folder, trained.spec.id), JOB.model),
          value: trained.result.value,
        }
      : {}),
  };
}
