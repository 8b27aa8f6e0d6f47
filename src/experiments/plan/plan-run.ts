import { adviseOutput } from '../../protocol/advise-output';
import type { AdviseOutput } from '../../protocol/advise-schema';
import type { DatasetInputs, Doubt } from '../../protocol/pilot-report';
import type { PilotDecision } from '../../protocol/project-file';
import type { Effort } from '../../protocol/race-file';
import { METHOD } from '../../protocol/run-files';
import type { Arm, JobSpec, MetricSpec } from '../../protocol/job-files';
import type { Problem } from '../../language/learning-problem';
import {
  nothingToCompare,
  sizeTooSmall,
  sizesLeftOut,
  strategyNotApplicable,
  unknownStrategy,
} from '../../messages/pilot-messages';
import { hasBaseline, hasTrees } from '../../training/default-settings';
import { planError } from '../experiment-errors';
import type { DatasetSummary } from './dataset-summary';
import {
  CONTROL,
  type EligibleStrategies,
  LINEAR,
  NEIGHBOURS,
  PROTOTYPES,
  TREES,
} from './eligible-strategies';
import { annotationFingerprint, dataFingerprints, checkpointFingerprint } from './fingerprints';
import { type Seeds, defaultSizes, jobsOfTrial, pilotJobs } from './plan-jobs';
import { fineTuningDepth } from './plan-pipeline';
import { type PlanOptions, type PreparedPlan, locationOf, possibleArms, preparePlan } from './prepare-plan';

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
  readonly doubts?: readonly Doubt[];
  readonly inputs?: readonly DatasetInputs[];
  readonly decision?: PilotDecision;
  /** How it compares. */
  readonly method?: number;
  /** How many of its trials it takes; all unless given. */
  readonly effort?: Effort;
}

/** Three seeds for each point of a curve, five where the verdict is taken. */
const SEEDS: Seeds = { each: 3, largest: 5 };

/**
 * Plans a pilot: every strategy that the conditions allow, at growing sizes and several seeds, on the same splits.
 *
 * @throws PlanError or DataError where the task cannot be piloted, naming the annotation
 */
export async function planPilot(problem: Problem, task: string, options: PlanOptions): Promise<RunPlan> {
  const prepared = await preparePlan(problem, task, options);
  const { parts, strategies, summary } = prepared;
  const warnings = [...prepared.warnings];
  const arms = possibleArms(strategies, parts);
  const sizes = chooseSizes(options.sizes, summary, warnings);
  const seeds = options.seeds === undefined ? SEEDS : { each: options.seeds, largest: options.seeds };
  const baselines = baselinesFor(prepared);
  if (arms.length + baselines.length === 1)
    throw planError(
      'no-data',
      nothingToCompare({
        task,
        reason: strategies.leftOut.map(({ strategy, reason }) => `${strategy}: ${reason}`).join('; '),
      }),
      locationOf(strategies),
    );
  return {
    ...(await planOf('pilot', prepared, options)),
    ...(options.decision ? { decision: options.decision } : {}),
    effort: options.effort ?? (options.sizes || options.seeds !== undefined ? 'exhaustive' : 'usual'),
    arms: [...arms, ...baselines],
    sizes,
    seeds: Array.from({ length: Math.max(seeds.each, seeds.largest) }, (_, i) => i + 1),
    // They take least, and run first.
    jobs: pilotJobs(parts, [...baselines, ...arms], sizes, seeds),
    warnings,
  };
}

/** A program of the user's own reads what it likes, and reports what it calls its metric: it has no simple rivals. */
function baselinesFor({ parts, summary }: PreparedPlan): readonly Arm[] {
  if (parts.program) return [];
  const untrained = summary.kind === 'real' ? [NEIGHBOURS] : [PROTOTYPES, NEIGHBOURS];
  return [
    ...(hasBaseline(summary.input) ? [LINEAR] : []),
    ...(hasTrees(summary.input) ? [TREES] : []),
    ...(parts.frozen === undefined ? [] : untrained),
  ];
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
  const prepared = await preparePlan(problem, task, options);
  const { parts, strategies, summary } = prepared;
  const trees = baselinesFor(prepared).filter(({ id }) => id === TREES.id);
  const arms = [...possibleArms(strategies, parts), ...trees];
  const arm = chooseArm(strategies, arms, options.arm);
  const seed = options.seed ?? 1;
  return {
    ...(await planOf('train', prepared, options)),
    arms: [arm],
    sizes: [summary.available],
    seeds: [seed],
    jobs: jobsOfTrial(parts, arm, summary.available, seed, true),
    warnings: prepared.warnings,
  };
}

function chooseArm(strategies: EligibleStrategies, arms: readonly Arm[], asked: string | undefined): Arm {
  const learning = strategies.advice.find(({ decision }) => decision === 'learning');
  const whole = strategies.advice.find(({ decision }) => decision === 'decomposition');
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
  const reason = strategies.leftOut.find(left => left.strategy === asked)?.reason;
  const ids = arms.map(({ id }) => id).join(', ');
  throw planError(
    'unknown-strategy',
    reason === undefined
      ? unknownStrategy({ task: strategies.task.name, strategy: asked, available: ids })
      : strategyNotApplicable({ task: strategies.task.name, strategy: asked, reason, available: ids }),
    locationOf(strategies),
  );
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

async function planOf(
  kind: RunPlan['kind'],
  { strategies, parts, summary, doubts }: PreparedPlan,
  options: PlanOptions,
): Promise<
  Pick<
    RunPlan,
    | 'kind'
    | 'method'
    | 'task'
    | 'metric'
    | 'available'
    | 'rules'
    | 'fingerprint'
    | 'source'
    | 'doubts'
    | 'inputs'
  >
> {
  const model = parts.frozen ?? parts.pretrained;
  return {
    kind,
    method: METHOD,
    task: strategies.task.name,
    metric: parts.metric,
    available: summary.available,
    rules: adviseOutput(strategies.problem, strategies.advice, [], options),
    fingerprint: {
      annotations: annotationFingerprint(strategies),
      data: await dataFingerprints(parts.datasets, options.signal),
      ...(model === undefined ? {} : { model: await checkpointFingerprint(model, strategies) }),
    },
    source: locationOf(strategies),
    ...(doubts.length > 0 ? { doubts } : {}),
    ...(summary.inputs.some(({ columns }) => columns.length > 0) ? { inputs: summary.inputs } : {}),
  };
}
