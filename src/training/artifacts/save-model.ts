import { join } from 'node:path';
import { inputShape } from '../../data';
import { exportOnnx, saveModel } from '../../engine';
import { composePredictor } from '../architectures/network';
import { preprocessingOf } from '../datasets/load-datasets';
import type { Predictions, TrialResult } from '../../protocol/job-files';
import type { LearnSpec, TrainedNetwork } from '../strategies/strategy';
import { modelCard } from './model-card';
import { writePreprocessing, writeWhole } from './model-folder';
import { SCRIPT, predictScript } from './predict-script';

/** What a trained network is described by, beside itself. */
export interface Kept {
  readonly spec: Pick<LearnSpec, 'target' | 'arm' | 'datasets' | 'seed'>;
  readonly result: Pick<TrialResult, 'examples' | 'metrics' | 'chosen' | 'numParams' | 'warnings'>;
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
  const { spec, result, test } = kept;
  const { input } = data.material;
  const pipeline = preprocessingOf(data.material, [head.task]);
  const model = composePredictor(encoder, head);
  await saveModel(model, folder);
  await writePreprocessing(folder, pipeline);
  await exportOnnx(model, join(folder, 'model.onnx'), {
    metadata: { task: head.task, strategy: spec.arm.strategy, preprocessing: JSON.stringify(pipeline) },
  });
  await writeWhole(folder, SCRIPT, predictScript(input));
  const card = modelCard({
    task: head.task,
    strategy: [spec.arm.strategy, ...(spec.arm.variant === undefined ? [] : [spec.arm.variant])].join(', '),
    sources: spec.arm.from,
    datasets: spec.datasets.filter(({ name }) => spec.target.datasets.includes(name)).map(({ name }) => name),
    label: head.label,
    input,
    shape: inputShape(input),
    result,
    test,
    seed: spec.seed,
  });
  await writeWhole(folder, 'README.md', card);
}
