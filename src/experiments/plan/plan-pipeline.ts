import type { Advice } from '../../advisor/advice';
import type { Stage } from '../../advisor/pipeline-stages';
import { BUILT_IN_MODULES } from '../../language/key-schema';
import type { Dataset, Pipeline } from '../../language/learning-problem';
import { printStep } from '../../language/value-syntax';
import { defaultSettings } from '../../training/default-settings';
import type {
  DataSpec,
  PipelineSpec,
  StageLearning,
  StageSpec,
  TaskSpec,
  TrainingSettings,
  TransferVariant,
} from '../../protocol/job-files';
import { planError, isPlanError } from '../experiment-errors';
import type { ResolvePath } from './dataset-spec';
import { summarizeSource } from './dataset-summary';
import { type EligibleStrategies, datasetsFor } from './eligible-strategies';
import { pipelineNotCompared, stageWithoutModule, unknownModule } from '../../messages/pilot-messages';

/** How deep the advice says to fine-tune, where it does. */
const DEPTHS: readonly (readonly [note: string, variant: TransferVariant])[] = [
  ['fine-tune-head', 'head'],
  ['fine-tune-gradually', 'gradual'],
  ['fine-tune-everything', 'full'],
];

export function fineTuningDepth({ notes }: Advice): TransferVariant | undefined {
  return DEPTHS.find(([note]) => notes.some(({ id }) => id === note))?.[1];
}

export interface StageOptions {
  readonly locate: ResolvePath;
  readonly cache: string;
  readonly settings?: Partial<TrainingSettings>;
  readonly signal?: AbortSignal;
}

/**
 * The stages of the target's pipeline, ready to learn and to run. Each stage is a separate target: it learns as the
 * rules advise for it, from its own tuning budget. `undefined`, with a warning, where a part is missing.
 */
export async function pipelineSpec(
  question: EligibleStrategies,
  specs: (datasets: readonly Dataset[]) => DataSpec[],
  warnings: string[],
  options: StageOptions,
): Promise<PipelineSpec | undefined> {
  if (!question.pipeline) return undefined;
  const { pipeline, stages } = question.pipeline;
  try {
    const ready: StageSpec[] = [];
    for (const stage of stages)
      ready.push(
        stage.engineered
          ? engineeredStage(stage, pipeline, options.locate)
          : await learnedStage(stage, question, specs, options),
      );
    return { stages: ready };
  } catch (error) {
    if (!isPlanError(error)) throw error;
    warnings.push(pipelineNotCompared(error.message));
    return undefined;
  }
}

function endsOf(name: string): Pick<StageSpec, 'name' | 'from' | 'to'> {
  const [from = '', to = ''] = name.split('->');
  return { name, from, to };
}

function engineeredStage({ name }: Stage, pipeline: Pipeline, locate: ResolvePath): StageSpec {
  const module = pipeline.modules?.find(step => printStep(step) === name)?.module;
  const where = { file: pipeline.reference.file, line: pipeline.reference.range.start.line + 1 };
  if (module === undefined) throw planError('no-data', stageWithoutModule(name), where);
  if (BUILT_IN_MODULES.includes(module)) return { ...endsOf(name), datasets: [], engineered: module };
  const place = locate({ path: module, reference: pipeline.reference });
  if (place?.kind !== 'local' || !place.exists || place.list)
    throw planError(
      'no-data',
      unknownModule({ stage: name, program: module, builtIns: BUILT_IN_MODULES.join(', ') }),
      where,
    );
  return { ...endsOf(name), datasets: [], engineered: place.path };
}

async function learnedStage(
  stage: Stage,
  question: EligibleStrategies,
  specs: (datasets: readonly Dataset[]) => DataSpec[],
  { cache, signal, settings }: StageOptions,
): Promise<StageSpec> {
  const own = specs(stage.data.datasets);
  const { available, input } = await summarizeSource(own, { cache, ...(signal ? { signal } : {}) });
  const learning = learningOf(stage, question, specs);
  return {
    ...endsOf(stage.name),
    datasets: own.map(({ name }) => name),
    settings: { ...defaultSettings(input, available), ...settings },
    ...(learning ? { learning } : {}),
  };
}

/** What the rules advise for the stage; nothing where that is to learn it alone. */
function learningOf(
  { name }: Stage,
  { advice, problem }: EligibleStrategies,
  specs: (datasets: readonly Dataset[]) => DataSpec[],
): StageLearning | undefined {
  const advised = advice.find(({ stage }) => stage === name);
  if (!advised) return undefined;
  const { recommendation: strategy, from } = advised;
  if (strategy !== 'transfer' && strategy !== 'multitask') return undefined;
  const sources = from.map((task): TaskSpec => ({
    name: task,
    datasets: specs(datasetsFor(problem, task)).map(spec => spec.name),
  }));
  return {
    strategy,
    variant: strategy === 'transfer' ? (fineTuningDepth(advised) ?? 'full') : 'fine-tuned',
    from,
    sources,
  };
}
