import type { AdviseOptions } from '../../advisor/advisor';
import { type Dataset, type Problem, trainingSize } from '../../language/learning-problem';
import { type AdviseOutput, adviseOutput } from '../../protocol/advise-output';
import { defaultSettings } from '../../training/default-settings';
import type {
  Arm,
  DataSpec,
  JobSpec,
  MetricSpec,
  ProgramSpec,
  TaskSpec,
  TrainingSettings,
} from '../../protocol/job-files';
import { planError, isPlanError } from '../experiment-errors';
import type { PilotDecision } from '../../protocol/project-file';
import { type ResolvePath, dataSpec, requireLocalPath } from './dataset-spec';
import { type DatasetSummary, summarizeSource, summarizeTarget } from './dataset-summary';
import {
  CONTROL,
  type EligibleStrategies,
  armsOf,
  datasetsFor,
  eligibleStrategies,
} from './eligible-strategies';
import {
  annotationFingerprint,
  dataFingerprints,
  savedModelFingerprint,
  savedModelPath,
} from './fingerprints';
import { type JobParts, type Seeds, defaultSizes, jobsOfTrial, pilotJobs } from './plan-jobs';
import { fineTuningDepth, pipelineSpec } from './plan-pipeline';
import { metricFor, programMetric } from './task-metric';
import {
  metricReplaced,
  noDatasetForTask,
  nothingToCompare,
  sizeTooSmall,
  sizesLeftOut,
  strategyNotApplicable,
  strategyNotCompared,
  taskLeftOut,
  unknownStrategy,
  unsupportedOutput,
} from '../../messages/pilot-messages';

export interface PlanOptions extends AdviseOptions {
  readonly locate: ResolvePath;
  /** Where decoded data is kept. */
  readonly cache: string;
  /** Sizes to compare at, in training examples of the target; those beyond what there is are left out with a warning. */
  readonly sizes?: readonly number[];
  /** Seeds at every size; by default 3, and 5 at the largest. */
  readonly seeds?: number;
  /** The training program of the user's own that the task names. */
  readonly program?: ProgramSpec;
  readonly settings?: Partial<TrainingSettings>;
  /** What the project decides of pilots: kept with the run, so that its report stays what it was. */
  readonly decision?: PilotDecision | undefined;
  readonly signal?: AbortSignal;
}

/** A run before it has an id: what it compares, and the jobs it consists of, in their order. */
export interface RunPlan {
  readonly kind: 'pilot' | 'train';
  readonly task: string;
  readonly metric: MetricSpec;
  readonly arms: readonly Arm[];
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  readonly available: number;
  readonly jobs: readonly JobSpec[];
  readonly rules: AdviseOutput;
  readonly fingerprint: {
    readonly annotations: string;
    readonly data: Readonly<Record<string, string>>;
    /** Of the saved model that transfer starts from. */
    readonly model?: string;
  };
  /** Where the target stands, in the words of the problem; `line` from 1. */
  readonly source: { readonly file: string; readonly line: number };
  readonly warnings: readonly string[];
  readonly decision?: PilotDecision;
}

/** Three seeds for each point of a curve, five where the verdict is taken. */
const SEEDS: Seeds = { each: 3, largest: 5 };

/**
 * Plans a pilot: every strategy that the conditions allow, at growing sizes and several seeds, on the same splits.
 *
 * @throws PlanError or DataError where the task cannot be piloted, naming the annotation
 */
export async function planPilot(problem: Problem, task: string, options: PlanOptions): Promise<RunPlan> {
  const prepared = await prepare(problem, task, options);
  const { parts, question, inspected } = prepared;
  const warnings = [...prepared.warnings];
  const arms = possibleArms(question, parts);
  const sizes = chooseSizes(options.sizes, inspected, warnings);
  const seeds = options.seeds === undefined ? SEEDS : { each: options.seeds, largest: options.seeds };
  if (arms.length === 1)
    throw planError(
      'no-data',
      nothingToCompare({
        task,
        reason: question.leftOut.map(({ strategy, reason }) => `${strategy}: ${reason}`).join('; '),
      }),
      whereIs(question),
    );
  return {
    ...(await planOf('pilot', prepared, options)),
    ...(options.decision ? { decision: options.decision } : {}),
    arms,
    sizes,
    seeds: Array.from({ length: Math.max(seeds.each, seeds.largest) }, (_, i) => i + 1),
    jobs: pilotJobs(parts, arms, sizes, seeds),
    warnings,
  };
}

export interface TrainPlanOptions extends PlanOptions {
  /** An arm's id or a strategy; the recommended one by default. */
  readonly arm?: string;
  readonly seed?: number;
}

/**
 * Plans the training of one arm on all training data, its model kept.
 *
 * @throws PlanError `unknown-strategy` where the conditions do not allow it, and as {@link planPilot} does
 */
export async function planTraining(
  problem: Problem,
  task: string,
  options: TrainPlanOptions,
): Promise<RunPlan> {
  const prepared = await prepare(problem, task, options);
  const { parts, question, inspected } = prepared;
  const arms = possibleArms(question, parts);
  const arm = chooseArm(question, arms, options.arm);
  const seed = options.seed ?? 1;
  return {
    ...(await planOf('train', prepared, options)),
    arms: [arm],
    sizes: [inspected.available],
    seeds: [seed],
    jobs: jobsOfTrial(parts, arm, inspected.available, seed, true),
    warnings: prepared.warnings,
  };
}

function chooseArm(question: EligibleStrategies, arms: readonly Arm[], asked: string | undefined): Arm {
  const learning = question.advice.find(({ decision }) => decision === 'learning');
  const whole = question.advice.find(({ decision }) => decision === 'decomposition');
  const recommended =
    whole?.recommendation === 'pipeline' ? 'pipeline' : (learning?.recommendation ?? 'single-task');
  const strategy = asked === 'end-to-end' ? 'single-task' : (asked ?? recommended);
  const depth = learning && fineTuningDepth(learning);
  const found =
    arms.find(({ id }) => id === strategy) ??
    arms.find(arm => arm.strategy === strategy && (depth === undefined || arm.variant === depth)) ??
    arms.find(arm => arm.strategy === strategy);
  if (found) return found;
  if (asked === undefined) return CONTROL;
  const reason = question.leftOut.find(left => left.strategy === asked)?.reason;
  const ids = arms.map(({ id }) => id).join(', ');
  throw planError(
    'unknown-strategy',
    reason === undefined
      ? unknownStrategy({ task: question.task.name, strategy: asked, available: ids })
      : strategyNotApplicable({ task: question.task.name, strategy: asked, reason, available: ids }),
    whereIs(question),
  );
}

interface Prepared {
  readonly question: EligibleStrategies;
  readonly parts: JobParts;
  readonly inspected: DatasetSummary;
  readonly warnings: readonly string[];
}

async function prepare(problem: Problem, name: string, options: PlanOptions): Promise<Prepared> {
  const question = eligibleStrategies(problem, name, options);
  const { task } = question;
  const own = datasetsFor(question.problem, task.name);
  if (own.length === 0) throw planError('no-data', noDatasetForTask(name), whereIs(question));
  if (!options.program) refuseUnsupported(question);
  const warnings = question.leftOut.map(({ strategy, reason }) => strategyNotCompared({ strategy, reason }));
  const used = new Map<string, DataSpec>();
  const specs = (datasets: readonly Dataset[]): DataSpec[] =>
    datasets.map(dataset => {
      const spec =
        used.get(dataset.name) ??
        dataSpec(dataset, requireLocalPath(dataset, options.locate), question.problem.tasks);
      used.set(dataset.name, spec);
      return spec;
    });
  const inspected = await inspectOwn(question, own, specs, options);
  const { metric, isAnnotated } = options.program
    ? { metric: programMetric(task.metric), isAnnotated: true }
    : metricFor(inspected.kind, task.metric);
  if (task.metric !== undefined && !isAnnotated)
    warnings.push(metricReplaced({ metric: task.metric, replacement: metric.name }));
  const sources = [...new Set([...question.transferFrom, ...question.multitaskWith])];
  const pretrained = savedModelPath(question, options.locate);
  const tasks = sources.flatMap(source => sourceSpec(source, question, specs, warnings));
  const pipeline = await pipelineSpec(question, specs, warnings, options);
  const sourceExamples = await largestOf(tasks, [...used.values()], options);
  const target = { name: task.name, datasets: own.map(dataset => dataset.name), kind: inspected.kind };
  return {
    question,
    inspected,
    warnings,
    parts: {
      target,
      tasks,
      datasets: [...used.values()],
      settings: examples => ({ ...defaultSettings(inspected.input, examples), ...options.settings }),
      sourceExamples,
      metric,
      available: inspected.available,
      ...(pipeline ? { pipeline } : {}),
      ...(pretrained === undefined ? {} : { pretrained }),
      ...(options.program ? { program: options.program } : {}),
    },
  };
}

/** What is not counted here goes by what is annotated: a program may bring its own data. */
async function inspectOwn(
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
    };
  return summarizeTarget(task.name, specs(own), { cache, ...(signal ? { signal } : {}) });
}

/**
 * A source without data at hand is left out, and said; one with a saved model needs none. The target's own missing
 * data is an error.
 */
function sourceSpec(
  name: string,
  question: EligibleStrategies,
  specs: (datasets: readonly Dataset[]) => DataSpec[],
  warnings: string[],
): TaskSpec[] {
  try {
    return [{ name, datasets: specs(datasetsFor(question.problem, name)).map(spec => spec.name) }];
  } catch (error) {
    if (!isPlanError(error)) throw error;
    if (name === question.savedModel?.name) return [{ name, datasets: [] }];
    warnings.push(taskLeftOut({ task: name, reason: error.message }));
    return [];
  }
}

/** The training examples of the largest source; a program reads its sources itself. */
async function largestOf(
  tasks: readonly TaskSpec[],
  datasets: readonly DataSpec[],
  { program, cache, signal }: PlanOptions,
): Promise<number> {
  if (program) return 0;
  const settings = { cache, ...(signal ? { signal } : {}) };
  const withData = tasks.filter(task => task.datasets.length > 0);
  const counts = withData.map(async task => {
    const own = datasets.filter(({ name }) => task.datasets.includes(name));
    return (await summarizeSource(own, settings)).available;
  });
  return Math.max(0, ...(await Promise.all(counts)));
}

/** The arms for which there is what they need; each learns from those sources that take part. */
function possibleArms(
  question: EligibleStrategies,
  { tasks, pipeline, program, pretrained }: JobParts,
): readonly Arm[] {
  return armsOf(question).flatMap((arm): readonly Arm[] => {
    if (arm.strategy === 'pipeline') return pipeline && !program ? [arm] : [];
    if (arm.from.length === 0) return [arm];
    const needsData = arm.strategy !== 'transfer' || pretrained === undefined;
    const from = arm.from.filter(source =>
      tasks.some(({ name, datasets }) => name === source && (datasets.length > 0 || !needsData)),
    );
    return from.length > 0 ? [{ ...arm, from }] : [];
  });
}

function chooseSizes(
  asked: readonly number[] | undefined,
  { available, classes }: DatasetSummary,
  warnings: string[],
): readonly number[] {
  if (!asked) return defaultSizes(available, classes);
  const bad = asked.find(size => !Number.isInteger(size) || size < 2);
  if (bad !== undefined) throw planError('bad-option', sizeTooSmall(bad));
  const possible = [...new Set(asked)].filter(size => size <= available).sort((a, b) => a - b);
  if (possible.length < new Set(asked).size) warnings.push(sizesLeftOut(available));
  return possible.length > 0 ? possible : [available];
}

const SUPPORTED = new Set(['class', 'real']);

function refuseUnsupported(question: EligibleStrategies): void {
  const { output } = question.task;
  if (!output || SUPPORTED.has(output.kind)) return;
  throw planError(
    'unsupported-output',
    unsupportedOutput({ task: question.task.name, output: output.kind }),
    whereIs(question),
  );
}

function whereIs({ task }: EligibleStrategies): RunPlan['source'] {
  return { file: task.reference.file, line: task.reference.range.start.line + 1 };
}

async function planOf(
  kind: RunPlan['kind'],
  { question, parts, inspected }: Prepared,
  options: PlanOptions,
): Promise<Pick<RunPlan, 'kind' | 'task' | 'metric' | 'available' | 'rules' | 'fingerprint' | 'source'>> {
  return {
    kind,
    task: question.task.name,
    metric: parts.metric,
    available: inspected.available,
    rules: adviseOutput(question.problem, question.advice, [], options),
    fingerprint: {
      annotations: annotationFingerprint(question),
      data: await dataFingerprints(parts.datasets, options.signal),
      ...(parts.pretrained === undefined
        ? {}
        : { model: await savedModelFingerprint(parts.pretrained, question) }),
    },
    source: whereIs(question),
  };
}
