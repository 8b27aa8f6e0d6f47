import type { PilotResult } from '../advisor/advice';
import type { Problem } from '../annotations/problem';
import { dataSpec, localPlace, type Locate } from '../training/pilot/data-spec';
import { annotationFingerprint, dataFingerprints } from '../training/pilot/fingerprint';
import { findingsOf } from '../training/pilot/findings';
import { savedModelFingerprint, savedModelPath } from '../training/pilot/saved-model';
import { pilotQuestion } from '../training/pilot/question';
import { listRuns, type RunSummary } from './store/list';

/**
 * What the pilots of a workspace folder have found, for the advisor: of each task the latest that came to a verdict,
 * marked stale where the annotations or the data are no longer those that it ran on.
 */
export async function measuredPilots(
  workspace: string,
  problem: Problem,
  locate: Locate,
): Promise<readonly PilotResult[]> {
  const { runs } = await listRuns(workspace);
  const latest = new Map<string, RunSummary>();
  for (const run of runs) if (run.report?.verdict && !latest.has(run.task)) latest.set(run.task, run);
  const found: PilotResult[] = [];
  for (const run of latest.values())
    if (run.report) found.push(...findingsOf(run.report, await isStale(run, problem, locate)));
  return found;
}

/** Whether a run's annotations or data have changed since; a task that is gone has changed. */
export async function isStale({ manifest }: RunSummary, problem: Problem, locate: Locate): Promise<boolean> {
  try {
    const question = pilotQuestion(problem, manifest.task);
    if (annotationFingerprint(question) !== manifest.fingerprint.annotations) return true;
    const names = Object.keys(manifest.fingerprint.data);
    const datasets = question.problem.datasets.filter(({ name }) => names.includes(name));
    const specs = datasets.map(dataset =>
      dataSpec(dataset, localPlace(dataset, locate), question.problem.tasks),
    );
    const now = await dataFingerprints(specs);
    if (names.some(name => now[name] !== manifest.fingerprint.data[name])) return true;
    const model = savedModelPath(question, locate);
    return (model && (await savedModelFingerprint(model, question))) !== manifest.fingerprint.model;
  } catch {
    return true;
  }
}
