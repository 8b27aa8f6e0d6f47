import { join } from 'node:path';
import { inputShape } from '../../data';
import { type TreeEnsemble, exportOnnx, exportTrees, saveModel } from '../../engine';
import { composePredictor } from '../architectures/network';
import { type LoadedDatasets, preprocessingOf } from '../datasets/load-datasets';
import type { Predictions, TrialResult } from '../../protocol/job-files';
import type { LearnSpec, TrainedNetwork } from '../strategies/strategy';
import { entryOf } from '../../common/named-entries';
import { modelCard } from './model-card';
import { writePreprocessing, writeWhole } from './model-folder';
import { SCRIPT, predictScript } from './predict-script';

/** What a trained network is described by, beside itself. */
export interface Kept {
  readonly spec: Pick<LearnSpec, 'target' | 'arm' | 'datasets' | 'seed'>;
  readonly result: Pick<
    TrialResult,
    'examples' | 'metrics' | 'chosen' | 'trees' | 'strength' | 'numParams' | 'warnings'
  >;
  readonly test: Predictions;
}

/**
 * Leaves a trained network in a folder: as ONNX, as a TensorFlow.js model, its preprocessing, a model card, and a
 * Python program that predicts with it.
 */
export async function saveTrainedModel(
  { encoder, head, data }: TrainedNetwork,
  kept: Kept,
  folder: string,
): Promise<void> {
  const { spec } = kept;
  const pipeline = preprocessingOf(data.material, [head.task]);
  const model = composePredictor(encoder, head);
  await saveModel(model, folder);
  await writePreprocessing(folder, pipeline);
  await exportOnnx(model, join(folder, 'model.onnx'), {
    metadata: { task: head.task, strategy: spec.arm.strategy, preprocessing: JSON.stringify(pipeline) },
  });
  await describe(data.material, head.task, kept, folder);
}

/**
 * Leaves boosted trees in a folder: as ONNX, their preprocessing, a model card, and a Python program that predicts with
 * them.
 *
 * @param flags of the numbers that another one flags as missing, the place of the flag
 */
export async function saveTrees(
  ensemble: TreeEnsemble,
  {
    material,
    task,
    flags,
  }: {
    readonly material: LoadedDatasets;
    readonly task: string;
    readonly flags: ReadonlyMap<number, number>;
  },
  kept: Kept,
  folder: string,
): Promise<void> {
  const pipeline = preprocessingOf(material, [task]);
  const kind = entryOf(material.labels, task)?.kind;
  await writePreprocessing(folder, pipeline);
  await exportTrees(ensemble, join(folder, 'model.onnx'), {
    shape: inputShape(material.input),
    gives: kind === 'real' ? 'number' : kind === 'binary' ? 'probability' : 'probabilities',
    flags,
    metadata: { task, strategy: kept.spec.arm.strategy, preprocessing: JSON.stringify(pipeline) },
  });
  await describe(material, task, kept, folder);
}

/** The program and the card, which are the same for all models. */
export async function describe(
  material: LoadedDatasets,
  task: string,
  { spec, result, test }: Kept,
  folder: string,
): Promise<void> {
  const { input, columns = [], labels } = material;
  const label = entryOf(labels, task);
  if (!label) return;
  await writeWhole(folder, SCRIPT, predictScript(preprocessingOf(material, [task])));
  const card = modelCard({
    task,
    strategy: result.trees ? 'boosted trees' : strategyOf(spec.arm),
    sources: spec.arm.from,
    datasets: spec.datasets.filter(({ name }) => spec.target.datasets.includes(name)).map(({ name }) => name),
    label,
    input,
    columns,
    shape: inputShape(input),
    result,
    test,
    seed: spec.seed,
  });
  await writeWhole(folder, 'README.md', card);
}

function strategyOf({ strategy, variant }: Kept['spec']['arm']): string {
  return variant === undefined ? strategy : `${strategy}, ${variant}`;
}
