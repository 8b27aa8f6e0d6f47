import type { PilotResult, Strategy } from '../../advisor/advice';
import type { Problem } from '../../language/learning-problem';
import {
  type DataPaths,
  type ResolvePath,
  dataSpec,
  pathLookup,
  requireLocalPath,
} from '../plan/dataset-spec';
import { eligibleStrategies } from '../plan/eligible-strategies';
import {
  annotationFingerprint,
  dataFingerprints,
  checkpointFingerprint,
  checkpointFile,
  frozenCheckpoint,
} from '../plan/fingerprints';
import { type RunSummary, listRuns } from '../store/manage-runs';
import type { PilotReport, Verdict } from '../../protocol/pilot-report';
import { entryOf } from '../../common/named-entries';

const STRATEGIES: readonly string[] = [
  'end-to-end',
  'pipeline',
  'single-task',
  'transfer',
  'multitask',
] satisfies Strategy[];

const isStrategy = (name: string): name is Strategy => STRATEGIES.includes(name);

/** A verdict at less than this part of the data is about another question than the user's. */
const LEAST_PART = 0.5;

/**
 * What the advisor takes from a pilot: one finding for each of the two decisions that it settles. Where a pipeline
 * lost to a network that is trained end to end by transfer, that is both.
 *
 * @param stale whether the data or the annotations have changed since
 */
export function findingsOf(report: PilotReport, stale: boolean): readonly PilotResult[] {
  const { verdict } = report;
  if (!verdict) return [];
  // Beside simple models alone, nothing was decided between strategies.
  if (!report.arms.some(({ strategy }) => strategy !== 'single-task' && isStrategy(strategy))) return [];
  const hasPipeline = report.arms.some(({ strategy }) => strategy === 'pipeline');
  const acceptable = verdict.acceptable.filter(isStrategy);
  const common = {
    task: report.task,
    n: verdict.n,
    available: report.available,
    complete: report.complete,
    outcome: outcomeOf(report, verdict),
    acceptable: acceptable.filter(isLearning),
    from: [],
  };
  const arm = report.arms.find(({ id }) => id === verdict.arm);
  if (!arm || verdict.recommendation === undefined || !isStrategy(verdict.recommendation))
    return [
      { ...common, decision: 'learning' },
      ...(hasPipeline ? [{ ...common, decision: 'decomposition' } as const] : []),
    ];
  const worth = arm.effectiveExamples?.find(({ n }) => n === verdict.n);
  const measured = {
    ...common,
    ...(worth ? { effectiveExamples: { ...plain(worth), unit: 'examples' as const } } : {}),
    measured: {
      metric: report.metric.name,
      higherIsBetter: report.metric.higherIsBetter,
      n: verdict.n,
      stale,
      run: report.run,
      ...(arm.id === 'single-task' ? {} : { difference: plain(verdict.gain ?? verdict.difference) }),
      ...(verdict.breakEven ? { breakEven: verdict.breakEven.value } : {}),
    },
  };
  const learning: PilotResult = {
    ...measured,
    decision: 'learning',
    recommendation: isStrategy(arm.strategy) ? arm.strategy : 'single-task',
    from: arm.from,
  };
  if (!hasPipeline) return [learning];
  const decomposition: PilotResult = {
    ...measured,
    decision: 'decomposition',
    recommendation: arm.strategy === 'pipeline' ? 'pipeline' : 'end-to-end',
    acceptable: [
      ...new Set(acceptable.map((each): Strategy => (each === 'pipeline' ? 'pipeline' : 'end-to-end'))),
    ],
  };
  return arm.strategy === 'pipeline' ? [decomposition] : [decomposition, learning];
}

function outcomeOf({ available }: PilotReport, { outcome, n }: Verdict): PilotResult['outcome'] {
  if (outcome === undefined) return 'earlier-version';
  return outcome !== 'undecided' && n < LEAST_PART * available ? 'too-small' : outcome;
}

function isLearning(strategy: Strategy): boolean {
  return strategy !== 'pipeline' && strategy !== 'end-to-end';
}

function plain({ value, low, high }: { value: number; low: number; high: number }): {
  value: number;
  low: number;
  high: number;
} {
  return { value, low, high };
}

/**
 * What the pilots of a workspace folder have found, for the advisor: of each task the latest that came to a verdict,
 * marked stale where the annotations or the data are no longer those that it ran on.
 *
 * @param findPaths asked only where there is such a pilot
 */
export async function pilotFindings(
  workspace: string,
  problem: Problem,
  findPaths: () => Promise<DataPaths>,
): Promise<readonly PilotResult[]> {
  const { runs } = await listRuns(workspace);
  const latest = new Map<string, RunSummary>();
  for (const run of runs) if (run.report?.verdict && !latest.has(run.task)) latest.set(run.task, run);
  if (latest.size === 0) return [];
  const locate = pathLookup(await findPaths());
  const found: PilotResult[] = [];
  for (const run of latest.values())
    if (run.report) found.push(...findingsOf(run.report, await isStale(run, problem, locate)));
  return found;
}

/** Whether a run's annotations or data have changed since; a task that is gone has changed. */
export async function isStale(
  { manifest }: RunSummary,
  problem: Problem,
  locate: ResolvePath,
): Promise<boolean> {
  try {
    const question = eligibleStrategies(problem, manifest.task);
    if (annotationFingerprint(question) !== manifest.fingerprint.annotations) return true;
    const names = Object.keys(manifest.fingerprint.data);
    const datasets = question.problem.datasets.filter(({ name }) => names.includes(name));
    const specs = datasets.map(dataset =>
      dataSpec(dataset, requireLocalPath(dataset, locate), question.problem.tasks),
    );
    const now = await dataFingerprints(specs);
    if (names.some(name => entryOf(now, name) !== entryOf(manifest.fingerprint.data, name))) return true;
    const frozen = question.task.train === undefined ? frozenCheckpoint(question, locate) : undefined;
    const model = frozen?.file ?? checkpointFile(question, locate);
    return (model && (await checkpointFingerprint(model, question))) !== manifest.fingerprint.model;
  } catch {
    return true;
  }
}
