import type {
  Arm,
  DataSpec,
  JobSpec,
  MetricSpec,
  PipelineSpec,
  PretrainSpec,
  ProgramSpec,
  TaskSpec,
  TrainingSettings,
  TrialSpec,
} from '../spec';
import { dependsOnSize } from './arms';

/** All that the jobs of a run have in common. */
export interface JobParts {
  readonly target: TaskSpec;
  readonly tasks: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  readonly settings: TrainingSettings;
  readonly metric: MetricSpec;
  readonly pipeline?: PipelineSpec;
  readonly pretrained?: string;
  readonly program?: ProgramSpec;
  /** The target's training examples in all. */
  readonly available: number;
}

/** Seeds at the sizes that the curve goes through, and at the largest, where the verdict is taken. */
export interface Seeds {
  readonly each: number;
  readonly largest: number;
}

/**
 * The trials of a pilot in the order in which they start: sizes ascend, and at a size each seed goes through all
 * arms before the next. Whenever it is stopped, what has finished is a fair comparison at the sizes it reached; all
 * sizes below the largest cost about as much as the largest alone.
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
  for (const n of sizes) {
    const rounds = n === largest ? Math.max(seeds.each, seeds.largest) : seeds.each;
    for (let seed = 1; seed <= rounds; seed++)
      for (const arm of arms) jobsOfTrial(parts, arm, n, seed, false).forEach(add);
  }
  return [...jobs.values()];
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
    arm.strategy === 'transfer' && parts.pretrained === undefined && parts.program === undefined;
  const pretrain: PretrainSpec = { ...base(parts, sources, seed), kind: 'pretrain', id: `pretrain-s${seed}` };
  const trial: TrialSpec = {
    ...base(parts, sources, seed),
    kind: 'trial',
    id: `${arm.id}-n${n}-s${seed}`,
    arm,
    n,
    metric: parts.metric,
    needs: needsPretraining ? [pretrain.id] : [],
    keepModel,
    ...(arm.strategy === 'pipeline' && parts.pipeline ? { pipeline: parts.pipeline } : {}),
    ...(arm.strategy === 'transfer' && parts.pretrained !== undefined
      ? { pretrained: parts.pretrained }
      : {}),
    ...(parts.program ? { program: parts.program } : {}),
  };
  return needsPretraining ? [pretrain, trial] : [trial];
}

function base(
  { target, datasets, settings, pipeline }: JobParts,
  sources: readonly TaskSpec[],
  seed: number,
): Pick<TrialSpec, 'version' | 'seed' | 'target' | 'sources' | 'datasets' | 'settings' | 'needs'> {
  const used = new Set([
    ...target.datasets,
    ...sources.flatMap(source => source.datasets),
    ...(pipeline?.stages.flatMap(stage => stage.datasets) ?? []),
  ]);
  return {
    version: 1,
    seed,
    target,
    sources,
    datasets: datasets.filter(({ name }) => used.has(name)),
    settings,
    needs: [],
  };
}
