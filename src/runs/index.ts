/**
 * Runs: what is compared, on disk and in worker processes. A bundle of its own, loaded with the first run.
 */
import * as l10n from '@vscode/l10n';
import { setMessages as setDataMessages } from '../data';

export {
  planPilot,
  planTraining,
  type PlanOptions,
  type RunPlan,
  type TrainPlanOptions,
} from '../training/pilot/plan';
export { pilotQuestion } from '../training/pilot/question';
export { armsOf } from '../training/pilot/arms';
export { splitCommand } from './program/split-command';
export { createRun, type NewRun } from './store/create';
export { executeRun, type ExecuteOptions, type RunProgress } from './execute';
export { reportOf } from './report';
export { jobPlace, runTrial, type JobPlace, type TrialEnd, type TrialOptions } from './trial';
export { measuredPilots } from './measured';
export { deleteRun, findRun, noteRun, renameRun, restoreRun } from './manage';
export { listRuns, type RunList, type RunSummary } from './store/list';
export { jobOf, readManifest, readReport, readRun, readState } from './store/read';
export { watchRun, type JobDelta, type RunDelta, type WatchOptions } from './store/watch';
export { EXPORT_FORMATS, exportRun, type ExportFormat } from './export/export-run';
export { cacheFolder, homeOf, runsFolder, workspaceOf } from './store/paths';

/** Sets the translations (a bundle's JSON) of the messages of this layer, which is bundled apart. */
export function setMessages(contents: string): void {
  l10n.config({ contents });
  setDataMessages(contents);
}
