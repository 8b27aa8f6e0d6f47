import { join } from 'node:path';
import { inputShape } from '../../data';
import { exportOnnx, saveModel } from '../../engine';
import { pipelineOf } from '../material/material';
import { composePredictor } from '../networks/compose';
import type { Predictions, TrialResult } from '../result';
import type { Learned, LearnSpec } from '../strategies/types';
import { modelCard } from './card';
import { writePipeline, writeWhole } from './folder';
import { predictScript, SCRIPT } from './python/script';

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
export async function keepModel({ encoder, head, data }: Learned, kept: Kept, folder: string): Promise<void> {
  const { spec, result, test } = kept;
  const { input } = data.material;
  const pipeline = pipelineOf(data.material, [head.task]);
  const model = composePredictor(encoder, head);
  await saveModel(model, folder);
  await writePipeline(folder, pipeline);
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
