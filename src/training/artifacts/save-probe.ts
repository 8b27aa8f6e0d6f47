import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { InputPreprocessing } from '../../data';
import { type LinearHead, writeModelFile } from '../../engine';
import type { FrozenCheckpoint } from '../checkpoints/open-checkpoint';
import { type LoadedDatasets, preprocessingOf } from '../datasets/load-datasets';
import { writePreprocessing } from './model-folder';
import { type Kept, describe } from './save-model';

const TOKENIZER = 'tokenizer.json';

/**
 * Leaves a checkpoint with its new head in a folder: one ONNX file, its preprocessing with the tokenizer, a model card, and a
 * Python program that predicts with it.
 */
export async function saveProbe(
  {
    head,
    checkpoint,
    material,
  }: {
    readonly head: LinearHead;
    readonly checkpoint: FrozenCheckpoint;
    readonly material: LoadedDatasets;
  },
  kept: Kept,
  folder: string,
): Promise<void> {
  const task = kept.spec.target.name;
  const { network } = checkpoint.input;
  const own = { ...material, input: withoutPaths(material.input) };
  const pipeline = preprocessingOf(own, [task]);
  await writePreprocessing(folder, pipeline);
  if (network.kind === 'tokens') await copyFile(network.tokenizer, path.join(folder, TOKENIZER));
  const model = checkpoint.encoder.withHead(head, {
    task,
    strategy: kept.spec.arm.strategy,
    preprocessing: JSON.stringify(pipeline),
  });
  await writeModelFile(path.join(folder, 'model.onnx'), model);
  await describe(own, task, kept, folder);
}

/** The model's folder may be moved: it has what it needs. */
function withoutPaths(input: InputPreprocessing): InputPreprocessing {
  if (input.kind !== 'checkpoint') return input;
  const { network, file } = input;
  return {
    ...input,
    file: path.basename(path.dirname(path.resolve(file))),
    network: network.kind === 'tokens' ? { ...network, tokenizer: TOKENIZER } : network,
  };
}
