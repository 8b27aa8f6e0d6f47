import { join } from 'node:path';
import { errorMessage } from '../../common/errors';
import { type Value, encodeValues, inputShape } from '../../data';
import { composeModel } from '../architectures/network';
import type { Examples } from '../datasets/examples';
import type { JobContext } from '../job-context';
import type { StageSpec, TaskSpec, TrialSpec } from '../../protocol/job-files';
import { createPredictor, outputOf } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import { classesOf } from '../metrics';
import { learn } from '../strategies/learn';
import type { LearnSpec, TrainedNetwork, TrainingContext } from '../strategies/strategy';
import { trainingError } from '../training-error';
import { type StageValue, isList, labelValue, listOf } from './stage-values';
import { noStageLabel, stageInputDiffers } from '../../messages/training-messages';

/**
 * Learns a stage from all of its own data, in its own way.
 *
 * @param heldOut of the first stage: what the pipeline is tested on
 */
export function learnStage(
  stage: StageSpec,
  { datasets, seed, settings }: TrialSpec,
  { folderOf }: JobContext,
  world: TrainingContext,
  heldOut?: LearnSpec['heldOut'],
): Promise<TrainedNetwork> {
  const { strategy = 'single-task', variant, from = [], sources = [], pretrained } = stage.learning ?? {};
  const { report, part } = world.reporter;
  const named = (reporter: TrainingContext['reporter']): TrainingContext['reporter'] => ({
    report: point => {
      reporter.report({ ...point, phase: stage.name });
    },
    part: (a, b) => named(reporter.part(a, b)),
  });
  return learn(
    {
      target: stageTask(stage, datasets),
      sources,
      datasets,
      arm: { strategy, ...(variant !== undefined && { variant }), from },
      n: Infinity,
      seed,
      settings: stage.settings ?? settings,
      ...(heldOut && { heldOut }),
      ...(pretrained !== undefined && { pretrained: { folder: join(folderOf(pretrained), 'model') } }),
    },
    { ...world, reporter: named({ report, part }) },
  );
}

/** What a stage learns, as a task: its datasets call the label by the stage's name, or by what it gives. */
function stageTask(stage: StageSpec, datasets: TrialSpec['datasets']): TaskSpec {
  const own = datasets.filter(({ name }) => stage.datasets.includes(name));
  const names = own.map(({ request }) => Object.keys(request.labels));
  const shared = (name: string): boolean => names.length > 0 && names.every(each => each.includes(name));
  const only = names.flat().length === 1 ? names[0]?.[0] : undefined;
  const name = [stage.name, stage.to].find(shared) ?? only;
  if (name !== undefined) return { name, datasets: stage.datasets };
  throw trainingError('bad-pipeline', noStageLabel({ stage: stage.name, output: stage.to }));
}

/** What a learned stage makes of examples: for each, a class's name or a number. */
export async function predictStage(
  { encoder, head }: TrainedNetwork,
  examples: Examples,
  options: { readonly signal: AbortSignal; readonly isLast: boolean },
): Promise<readonly Value[]> {
  const predictor = await createPredictor(composeModel(encoder, [head]));
  try {
    const outputs = outputOf(head, await predictor.predict(examples, options));
    const present = new Uint8Array(examples.count).fill(1);
    const unknown = { values: new Float32Array(examples.count), present };
    const predictions = predictionsOf(head, outputs, { ...examples, labels: { [head.task]: unknown } });
    if (head.label.kind === 'real') return predictions.predictions;
    // What only ranks at the end is worth more as a probability; a stage after this one wants a decision.
    if (head.label.kind === 'binary' && options.isLast) return predictions.predictions;
    return classesOf(predictions).map(value => labelValue(head.label, value));
  } finally {
    await predictor.dispose();
  }
}

/** What the stage before gave, as inputs of a learned stage. @throws TrainingError `bad-pipeline` where it does not fit */
export async function asInputs(
  stage: string,
  { data }: TrainedNetwork,
  values: readonly StageValue[],
): Promise<Examples> {
  const { input } = data.material;
  const flat = values.map(value => listOf(value).map(each => (isList(each) ? each.join(' ') : each)));
  const given = input.kind === 'text' ? flat.map(each => [each.join(' ')]) : flat;
  try {
    const inputs = await encodeValues(input, given);
    return { count: values.length, shape: inputShape(input), inputs, labels: {} };
  } catch (error) {
    const reason = errorMessage(error);
    throw trainingError('bad-pipeline', stageInputDiffers({ stage, reason }), { cause: error });
  }
}
