import type {
  Arm,
  DataSpec,
  JobSpec,
  MetricSpec,
  PipelineSpec,
  PretrainSpec,
  ProgramSpec,
  StageSpec,
  TaskSpec,
  TrainingSettings,
  TrialSpec,
} from '../../protocol/job-files';
import { isFrozen } from '../../training/checkpoints/frozen-variant';
import { withSteps } from '../../training/default-settings';
import { dependsOnSize } from './eligible-strategies';
import { withFold } from './relate-data';

/** Sizes of a data-size curve: enough for a power law with an offset (LCDB 1.1, 2024: more parameters need more). */
export const SIZES = 5;
/** From one size to the next at most this factor: a curve of wider steps misses its bend. */
const LARGEST_STEP = 4;
/** Neighbouring sizes closer than this tell the same. */
const SMALLEST_STEP = 1.3;
/** Below this a network learns the draw of the examples rather than the task. */
const SMALLEST = 10;
/** Examples of each class, on average, at the smallest size. */
const PER_CLASS = 2;

/**
 * Geometric steps up to all of the data: `SIZES` of them, or fewer where there is too little room.
 *
 * @param available labelled training examples of the target
 * @param classes how many classes it has, 0 for a number
 */
export function defaultSizes(available: number, classes: number): readonly number[] {
  const floor = Math.max(SMALLEST, PER_CLASS * classes);
  const smallest = Math.min(available, Math.max(floor, Math.ceil(available / LARGEST_STEP ** (SIZES - 1))));
  const room = Math.log(available / smallest);
  const steps = Math.max(0, Math.min(SIZES - 1, Math.floor(room / Math.log(SMALLEST_STEP))));
  if (steps === 0) return [available];
  const sizes = Array.from({ length: steps }, (_, step) =>
    rounded(smallest * Math.exp((room * step) / steps)),
  );
  return [...new Set([...sizes.filter(size => size < available), available])];
}

/** Two digits are enough for a size that was chosen by a factor. */
function rounded(size: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return Math.round(size / unit) * unit;
}

/** All that the jobs of a run have in common. */
export interface JobParts {
  readonly target: TaskSpec;
  readonly tasks: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  /** The tuning budget for so many training examples: the same for all arms. */
  readonly settings: (examples: number) => TrainingSettings;
  /** Of the largest source, to pre-train on; 0 where there is none. */
  readonly sourceExamples: number;
  readonly metric: MetricSpec;
  readonly pipeline?: PipelineSpec;
  readonly pretrained?: string;
  /** The ONNX file, or its folder, whose features arms use as they are. */
  readonly frozen?: string;
  readonly program?: ProgramSpec;
  /** The target's training examples in all. */
  readonly available: number;
  /** Whether each seed has a test split of its own. */
  readonly folds: boolean;
  /** Of this seed. */
  readonly fold?: number;
}

/** Seeds at the sizes that the curve goes through, and at the largest, where the verdict is taken. */
export interface Seeds {
  readonly each: number;
  readonly largest: number;
}

/**
 * The trials of a pilot in the order in which they start: first all of the data, where the verdict is taken, and then the
 * curve from its smallest size on; each seed goes through all arms before the next. So there is a preliminary verdict
 * about all of the data after the first two rounds, and whenever it is stopped, what has finished says most about the
 * user's own size.
 */
export function pilotJobs(
  parts: JobParts,
  arms: readonly Arm[],
  sizes: readonly number[],
  seeds: Seeds,
): readonly JobSpec[] {
  const largest = sizes.at(-1);
  const jobs = new Map<string, JobSpec>();
  const add = (job: JobSpec): void => {
    if (!jobs.has(job.id)) jobs.set(job.id, job);
  };
  const addRounds = (n: number, rounds: number): void => {
    for (let seed = 1; seed <= rounds; seed++)
      for (const arm of arms) jobsOfTrial(partsOfSeed(parts, seed), arm, n, seed, false).forEach(add);
  };
  if (largest !== undefined) addRounds(largest, Math.max(seeds.each, seeds.largest));
  for (const n of sizes.slice(0, -1)) addRounds(n, seeds.each);
  return [...jobs.values()];
}

/** Where no test split is given, every seed is tested on other examples, so that more of them count. */
function partsOfSeed(parts: JobParts, seed: number): JobParts {
  if (!parts.folds) return parts;
  const fold = seed - 1;
  const datasets = parts.datasets.map(spec => withFold(spec, parts.target.name, fold));
  return { ...parts, datasets, fold };
}

/** The trial of an arm, after the pre-training that it needs. */
export function jobsOfTrial(
  parts: JobParts,
  arm: Arm,
  size: number,
  seed: number,
  keepModel: boolean,
): readonly JobSpec[] {
  const n = dependsOnSize(arm) ? size : parts.available;
  const sources = parts.tasks.filter(task => arm.from.includes(task.name));
  const needsPretraining =
    arm.strategy === 'transfer' &&
    !isFrozen(arm.variant) &&
    parts.pretrained === undefined &&
    parts.program === undefined;
  const pretrain: PretrainSpec = {
    ...base(parts, sources, seed, parts.sourceExamples),
    kind: 'pretrain',
    id: `pretrain-s${seed}`,
  };
  const stages = arm.strategy === 'pipeline' ? stageJobs(parts, seed) : undefined;
  const shared = base(parts, sources, seed, n);
  const trial: TrialSpec = {
    ...shared,
    settings: trialSettings(parts, shared.settings, needsPretraining ? pretrain.settings.maxSteps : 0),
    kind: 'trial',
    id: `${arm.id}-n${n}-s${seed}`,
    arm,
    n,
    metric: parts.metric,
    needs: [...(needsPretraining ? [pretrain.id] : []), ...(stages?.jobs.map(({ id }) => id) ?? [])],
    keepModel,
    ...(stages ? { pipeline: stages.pipeline } : {}),
    ...startOf(parts, arm),
    ...(parts.program ? { program: parts.program } : {}),
  };
  return [...(needsPretraining ? [pretrain] : []), ...(stages?.jobs ?? []), trial];
}

/** The checkpoint that an arm starts from. */
function startOf({ pretrained, frozen }: JobParts, arm: Arm): Pick<TrialSpec, 'pretrained'> {
  const start = isFrozen(arm.variant) ? frozen : arm.strategy === 'transfer' ? pretrained : undefined;
  return start === undefined ? {} : { pretrained: start };
}

/** Each arm gets the same steps: one that has pre-trained, less what that takes. */
function trialSettings(parts: JobParts, own: TrainingSettings, pretraining: number): TrainingSettings {
  if (parts.program) return own;
  const steps = budgetFor(parts, own.maxSteps);
  return steps === own.maxSteps ? own : withSteps(own, steps - pretraining);
}

/**
 * Steps that every arm may take in all: those of a trial and of pre-training. A pipeline has one result for all sizes, so
 * that where there is one, all arms get at every size what they get at the largest, or what its stages take together where
 * that is more.
 */
function budgetFor({ settings, sourceExamples, available, pipeline }: JobParts, own: number): number {
  const pretraining = sourceExamples > 0 ? settings(sourceExamples).maxSteps : 0;
  if (!pipeline) return own + pretraining;
  const ofStages = stageSteps(pipeline, settings(sourceExamples).maxSteps);
  return Math.max(ofStages, settings(available).maxSteps + pretraining);
}

/** Steps of all stages of a pipeline that are learned, with what they start from. */
function stageSteps({ stages }: PipelineSpec, pretraining: number): number {
  return stages.reduce(
    (sum, { settings, learning }) =>
      sum + (settings?.maxSteps ?? 0) + (learning?.strategy === 'transfer' ? pretraining : 0),
    0,
  );
}

/** The pipeline with what its stages start from, and the jobs that pre-train it. */
function stageJobs(
  parts: JobParts,
  seed: number,
): { readonly pipeline: PipelineSpec; readonly jobs: readonly PretrainSpec[] } | undefined {
  if (!parts.pipeline) return undefined;
  const jobs: PretrainSpec[] = [];
  const pretraining = parts.settings(parts.sourceExamples);
  const planned = stageSteps(parts.pipeline, pretraining.maxSteps);
  const factor = planned > 0 ? budgetFor(parts, 0) / planned : 1;
  const scaled = (settings: TrainingSettings): TrainingSettings =>
    factor === 1 ? settings : withSteps(settings, Math.round(factor * settings.maxSteps));
  const stages = parts.pipeline.stages.map((given, i): StageSpec => {
    const stage = { ...given, ...(given.settings ? { settings: scaled(given.settings) } : {}) };
    const { learning } = stage;
    if (learning?.strategy !== 'transfer') return stage;
    const id = `pretrain-stage${i + 1}-s${seed}`;
    const used = new Set([...stage.datasets, ...learning.sources.flatMap(({ datasets }) => datasets)]);
    jobs.push({
      version: 1,
      kind: 'pretrain',
      id,
      seed,
      target: { name: stage.to, datasets: stage.datasets },
      sources: learning.sources,
      datasets: parts.datasets.filter(({ name }) => used.has(name)),
      settings: scaled(pretraining),
      needs: [],
    });
    return { ...stage, learning: { ...learning, pretrained: id } };
  });
  return { pipeline: { ...parts.pipeline, stages }, jobs };
}

function base(
  { target, datasets, settings, pipeline, fold }: JobParts,
  sources: readonly TaskSpec[],
  seed: number,
  examples: number,
): Pick<TrialSpec, 'version' | 'seed' | 'fold' | 'target' | 'sources' | 'datasets' | 'settings' | 'needs'> {
  const used = new Set([
    ...target.datasets,
    ...sources.flatMap(source => source.datasets),
    ...(pipeline?.stages.flatMap(stage => [
      ...stage.datasets,
      ...(stage.learning?.sources.flatMap(source => source.datasets) ?? []),
    ]) ?? []),
  ]);
  return {
    version: 1,
    seed,
    ...(fold === undefined ? {} : { fold }),
    target,
    sources,
    datasets: datasets.filter(({ name }) => used.has(name)),
    settings: settings(examples),
    needs: [],
  };
}
