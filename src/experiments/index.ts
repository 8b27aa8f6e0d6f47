/**
 * Runs: what is compared, on disk and in worker processes. Loaded with the first run.
 */

export { planPilot, planTraining, type RunPlan, type TrainPlanOptions } from './plan/plan-run';
export type { PlanOptions } from './plan/prepare-plan';
export { findDataPaths, pathLookup } from './plan/dataset-spec';
export { armsOf, eligibleStrategies } from './plan/eligible-strategies';
export { assertSafeHome, unsafeHome } from './store/safe-home';
export { codeOfTask } from './consent/named-code';
export { allowNewRun, questionOfRun } from './consent/run-consent';
export { readSlurmOptions } from './executors/slurm/slurm-options';
export { splitCommand } from './programs/split-command';
export { createRun, type NewRun } from './store/manage-runs';
export { executeRun, type ExecuteOptions } from './executors/execute-run';
export type { RunProgress } from '../protocol/worker-messages';
export { outcomeOf } from './report/run-outcome';
export { stopRun, type StopEnd } from './executors/stop-run';
export { reportOf } from './report/build-report';
export {
  parseJobFolder,
  runSingleJob,
  type JobReference,
  type TrialEnd,
  type TrialOptions,
} from './executors/local/run-single-job';
export { pilotFindings } from './report/pilot-findings';
export { deleteRun, findRun, noteRun, renameRun, restoreRun } from './store/manage-runs';
export { listRuns, type RunList, type RunSummary } from './store/manage-runs';
export { assertReportWhole, jobOf, readManifest, readReport, readRun, readState } from './store/read-run';
export { createRunReader, type RunReader } from './store/run-reader';
export { followState, type RunStep } from './store/follow-state';
export { watchRun, type JobDelta, type RunDelta, type WatchOptions } from './store/watch-run';
export { EXPORT_FORMATS, exportRun, type ExportFormat } from './export/export-run';
export { cacheFolder, homeOf, runsFolder, workspaceOf } from './store/run-folder';
