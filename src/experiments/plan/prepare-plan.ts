import { hasNativeRuntime } from '../../training/native-runtime';
import type { AdviseOptions } from '../../advisor/advisor';
import { type Dataset, type Problem, trainingSize } from '../../language/learning-problem';
import {
  heldOutExamplesLeftOut,
  metricReplaced,
  noDatasetForTask,
  strategyNotCompared,
  trainsInWebAssembly,
  taskLeftOut,
  timeSplitOffered,
  unsupportedOutput,
} from '../../messages/pilot-messages';
import type {
  Arm,
  DataSpec,
  MetricSpec,
  ProgramSpec,
  TaskSpec,
  TrainingSettings,
} from '../../protocol/job-files';
import type { PilotDecision } from '../../protocol/project-file';
import type { Effort } from '../../protocol/race-file';
import { defaultSettings } from '../../training/default-settings';
import type { Doubt } from '../../protocol/pilot-report';
import { compareTimeSplit } from '../../training/time-split';
import { isDataError } from '../../data';
import { isPlanError, planError } from '../experiment-errors';
import { checkData } from './check-data';
import { type ResolvePath, dataSpec, requireLocalPath } from './dataset-spec';
import { type DatasetSummary, countApart, summarizeSource, summarizeTarget } from './dataset-summary';
import {
  type EligibleStrategies,
  PROBE,
  armsOf,
  datasetsFor,
  eligibleStrategies,
} from './eligible-strategies';
import { checkpointFile, frozenCheckpoint, isOnnxCheckpoint } from './fingerprints';
import { prepareFeatures } from './prepare-features';
import type { JobParts } from './plan-jobs';
import { pipelineSpec } from './plan-pipeline';
import { relateData } from './relate-data';
import { metricFor, programMetric } from './task-metric';
import { compareSources } from './unlike-tables';

export interface PlanOptions extends AdviseOptions {
  readonly locate: ResolvePath;
  /** Where decoded data is kept. */
  readonly cache: string;
  /** Sizes to compare at, in training examples of the target; those beyond what there is are left out with a warning. */
  readonly sizes?: readonly number[];
  /** Seeds at every size; by default 3, and 5 at the largest. */
  readonly seeds?: number;
  /** How many trials a pilot takes: the usual, unless sizes or seeds are asked for, which are then all tried. */
  readonly effort?: Effort;
  /** The training program of the user's own that the task names. */
  readonly program?: ProgramSpec;
  readonly settings?: Partial<TrainingSettings>;
  /** What the project decides of pilots: kept with the run, so that its report stays what it was. */
  readonly decision?: PilotDecision | undefined;
  readonly signal?: AbortSignal;
}

/** What a run of a task starts from: the strategies that apply, what their jobs share, and the data that was read. */
export interface PreparedPlan {
  readonly strategies: EligibleStrategies;
  readonly parts: JobParts;
  readonly summary: DatasetSummary;
  readonly warnings: readonly string[];
  /** What was found in the data that makes a verdict worth little. */
  readonly doubts: readonly Doubt[];
}

/**
 * Reads the data of a task and of its sources.
 *
 * @throws PlanError or DataError where the task cannot be trained, naming the annotation
 */
export async function preparePlan(
  problem: Problem,
  name: string,
  options: PlanOptions,
): Promise<PreparedPlan> {
  const strategies = eligibleStrategies(problem, name, options);
  const { task } = strategies;
  const own = datasetsFor(strategies.problem, task.name);
  if (own.length === 0) throw planError('no-data', noDatasetForTask(name), locationOf(strategies));
  if (!options.program) refuseUnsupported(strategies);
  const frozen = options.program ? undefined : frozenCheckpoint(strategies, options.locate);
  const warnings = strategies.leftOut
    .filter(({ strategy }) => !frozen || strategy !== 'transfer')
    .map(({ strategy, reason }) => strategyNotCompared({ strategy, reason }));
  const used = new Map<string, DataSpec>();
  const related = await relateData(strategies.problem, task, options.locate, options.signal);
  const specs = (datasets: readonly Dataset[]): DataSpec[] =>
    datasets.map(dataset => {
      const place = requireLocalPath(dataset, options.locate);
      const spec = related.specOf(dataset) ?? dataSpec(dataset, place, strategies.problem.tasks);
      used.set(dataset.name, spec);
      return spec;
    });
  const summary = await summarizeOwn(strategies, own, specs, options);
  const { metric, isAnnotated } = options.program
    ? { metric: programMetric(task.metric), isAnnotated: true }
    : metricFor(summary.kind, task.metric);
  if (task.metric !== undefined && !isAnnotated)
    warnings.push(metricReplaced({ metric: task.metric, replacement: metric.name }));
  warnings.push(...summary.lacking);
  const sources = [...new Set([...strategies.transferFrom, ...strategies.multitaskWith])];
  const pretrained = savedModel(strategies, options);
  const compared = await compareSources(
    sources.flatMap(source => sourceSpec(source, strategies, specs, warnings)),
    new Set(own.map(dataset => dataset.name)),
    [...used.values()],
    options.signal,
  );
  warnings.push(...compared.warnings);
  const { tasks, sourceExamples } = await readableSources(compared.tasks, used, own, warnings, options);
  const pipeline = await pipelineSpec(strategies, specs, warnings, options);
  if (!options.program) {
    warnings.push(...(await leftOutOf([...used.values()], task.name, options)));
    if (!hasNativeRuntime()) warnings.push(trainsInWebAssembly(`${process.platform}-${process.arch}`));
  }
  const checked = await checkData([...used.values()], {
    cache: options.cache,
    own: new Set(own.map(({ name: its }) => its)),
    tested: summary.test,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  warnings.push(...checked.warnings);
  if (frozen)
    warnings.push(
      await prepareFeatures(
        frozen,
        own.flatMap(dataset => used.get(dataset.name) ?? []),
        options,
      ),
    );
  const target = { name: task.name, datasets: own.map(dataset => dataset.name), kind: summary.kind };
  const inTime = options.program ? [] : await offerTimeSplit(own, used, target, metric, options);
  return {
    strategies,
    summary,
    warnings,
    doubts: [...checked.doubts, ...inTime],
    parts: {
      target,
      tasks,
      datasets: [...used.values()],
      settings: examples => ({ ...defaultSettings(summary.input, examples), ...options.settings }),
      sourceExamples,
      metric,
      available: summary.available,
      folds: related.canFold && summary.test > 0 && summary.test <= MOST_FOLDED,
      ...(pipeline ? { pipeline } : {}),
      ...(pretrained === undefined ? {} : { pretrained }),
      ...(frozen ? { frozen: frozen.file } : {}),
      ...(options.program ? { program: options.program } : {}),
    },
  };
}

/** The checkpoint that transfer trains on, or that the user's own program gets. */
function savedModel(strategies: EligibleStrategies, { program, locate }: PlanOptions): string | undefined {
  const file = checkpointFile(strategies, locate);
  return file !== undefined && isOnnxCheckpoint(file) && !program ? undefined : file;
}

/** So many test examples tell enough: reading the data once more for each seed would only take time. */
const MOST_FOLDED = 2000;

/** Says what a random split flatters by where the examples have dates, until it is said whether time matters. */
async function offerTimeSplit(
  own: readonly Dataset[],
  specs: ReadonlyMap<string, DataSpec>,
  target: TaskSpec,
  metric: MetricSpec,
  { cache, signal = new AbortController().signal }: PlanOptions,
): Promise<readonly Doubt[]> {
  const [dataset] = own;
  const spec = dataset && specs.get(dataset.name);
  if (!spec || own.length > 1 || dataset.time !== undefined) return [];
  const found = await compareTimeSplit(spec, target, metric, { cache, signal });
  if (!found) return [];
  const message = timeSplitOffered({ dataset: dataset.name, metric: metric.name, ...found });
  return [{ code: 'time-order', message }];
}

/** Says of each dataset how many of its examples are left out because the target holds them out. */
async function leftOutOf(
  datasets: readonly DataSpec[],
  task: string,
  { cache, signal }: PlanOptions,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const dataset of datasets) {
    const count = await countApart(dataset, { cache, ...(signal ? { signal } : {}) });
    if (count > 0) found.push(heldOutExamplesLeftOut({ dataset: dataset.name, count, task }));
  }
  return found;
}

/** Sizes that cannot be counted are taken from the annotations: a program may read its own data. */
async function summarizeOwn(
  { task }: EligibleStrategies,
  own: readonly Dataset[],
  specs: (datasets: readonly Dataset[]) => DataSpec[],
  { program, locate, cache, signal }: PlanOptions,
): Promise<DatasetSummary> {
  const stated = own.map(dataset => trainingSize(dataset)?.value ?? 0).reduce((sum, n) => sum + n, 0);
  const kind = task.output?.kind === 'real' ? 'real' : 'class';
  if (program && own.some(dataset => locate(dataset) === undefined) && stated > 0)
    return {
      available: Math.floor(stated),
      test: 0,
      kind,
      classes: task.output?.size ?? 0,
      input: 'columns',
      inputs: [],
      lacking: [],
    };
  const places = new Map(
    own.map(({ name, reference }) => [name, { file: reference.file, line: reference.range.start.line + 1 }]),
  );
  return summarizeTarget(task.name, specs(own), { cache, places, ...(signal ? { signal } : {}) });
}

/**
 * A source whose data is missing is left out with a warning; one with a saved model needs none. The target's own missing
 * data is an error.
 */
function sourceSpec(
  name: string,
  strategies: EligibleStrategies,
  specs: (datasets: readonly Dataset[]) => DataSpec[],
  warnings: string[],
): TaskSpec[] {
  try {
    return [{ name, datasets: specs(datasetsFor(strategies.problem, name)).map(spec => spec.name) }];
  } catch (error) {
    if (!isPlanError(error)) throw error;
    if (name === strategies.checkpoint?.task) return [{ name, datasets: [] }];
    warnings.push(taskLeftOut({ task: name, reason: error.message }));
    return [];
  }
}

/**
 * The sources whose data can be read, and the training examples of the largest. Any other is left out with a warning: it
 * is no fault of the target. A program reads its sources itself.
 *
 * @param used what is read of each dataset; that of sources that are left out, here or before, is removed
 */
async function readableSources(
  tasks: readonly TaskSpec[],
  used: Map<string, DataSpec>,
  own: readonly Dataset[],
  warnings: string[],
  { program, cache, signal }: PlanOptions,
): Promise<{ readonly tasks: readonly TaskSpec[]; readonly sourceExamples: number }> {
  if (program) return { tasks, sourceExamples: 0 };
  const settings = { cache, ...(signal ? { signal } : {}) };
  const readable: TaskSpec[] = [];
  let sourceExamples = 0;
  for (const task of tasks) {
    try {
      const specs = [...used.values()].filter(({ name }) => task.datasets.includes(name));
      const { available } = await summarizeSource(specs, settings);
      sourceExamples = Math.max(sourceExamples, available);
      readable.push(task);
    } catch (error) {
      if (!isDataError(error)) throw error;
      warnings.push(taskLeftOut({ task: task.name, reason: error.message }));
    }
  }
  const needed = new Set([...own.map(({ name }) => name), ...readable.flatMap(({ datasets }) => datasets)]);
  for (const name of [...used.keys()]) if (!needed.has(name)) used.delete(name);
  return { tasks: readable, sourceExamples };
}

/** The arms for which there is what they need; each learns from those sources that take part. */
export function possibleArms(
  strategies: EligibleStrategies,
  { tasks, pipeline, program, pretrained, frozen }: JobParts,
): readonly Arm[] {
  const arms = armsOf(strategies).flatMap((arm): readonly Arm[] => {
    if (arm.strategy === 'pipeline') return pipeline && !program ? [arm] : [];
    if (arm.from.length === 0) return [arm];
    const needsData = arm.strategy !== 'transfer' || pretrained === undefined;
    const from = arm.from.filter(source =>
      tasks.some(({ name, datasets }) => name === source && (datasets.length > 0 || !needsData)),
    );
    return from.length > 0 ? [{ ...arm, from }] : [];
  });
  return frozen === undefined ? arms : [...arms, PROBE];
}

const SUPPORTED = new Set(['class', 'real']);

function refuseUnsupported(strategies: EligibleStrategies): void {
  const { output } = strategies.task;
  if (!output || SUPPORTED.has(output.kind)) return;
  throw planError(
    'unsupported-output',
    unsupportedOutput({ task: strategies.task.name, output: output.kind }),
    locationOf(strategies),
  );
}

/** Where a task is annotated, in the words of the problem; `line` from 1. */
export function locationOf({ task }: EligibleStrategies): { readonly file: string; readonly line: number } {
  return { file: task.reference.file, line: task.reference.range.start.line + 1 };
}
