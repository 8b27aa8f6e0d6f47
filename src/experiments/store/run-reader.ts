import type { JobSnapshot, RunSnapshot } from '../../protocol/run-files';
import { jobOf, readFailure, readLooks, readManifest, readReport, readResult, readState } from './read-run';

/** Reads a run again and again while it goes on. */
export interface RunReader {
  /**
   * What the run has come to so far, without the points of its training.
   *
   * @throws RunError `not-found`, `broken` or `newer-version`
   */
  readonly read: () => Promise<RunSnapshot>;
}

/** Reads what is new only: a job with a result does not change, and its file may hold a million predictions. */
export function createRunReader(folder: string): RunReader {
  const finished = new Map<string, JobSnapshot>();
  const readJob = async (id: string): Promise<JobSnapshot | undefined> => {
    const before = finished.get(id);
    if (before) return before;
    const spec = await jobOf(folder, id);
    if (!spec) return undefined;
    const result = await readResult(folder, id);
    if (result) {
      const job: JobSnapshot = { spec, status: 'finished', events: [], result };
      finished.set(id, job);
      return job;
    }
    const failure = await readFailure(folder, id);
    return { spec, status: failure ? 'failed' : 'waiting', events: [], ...(failure ? { failure } : {}) };
  };
  return {
    async read() {
      const manifest = await readManifest(folder);
      const state = await readState(folder);
      const jobs: JobSnapshot[] = [];
      for (const id of manifest.jobs) {
        const job = await readJob(id);
        if (job) jobs.push(job);
      }
      const report = await readReport(folder);
      const looks = await readLooks(folder);
      return { manifest, state, jobs, looks, ...(report ? { report } : {}) };
    },
  };
}
