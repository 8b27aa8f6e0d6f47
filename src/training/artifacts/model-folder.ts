import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Preprocessing } from '../../data';
import { check, parseJson } from '../../common/validation';
import { isFileRefused } from '../../files/file-errors';
import { readRegular } from '../../files/regular-file';
import { shapeProblemText } from '../../messages/validation-text';
import { preprocessing } from '../../protocol/preprocessing';
import { assertOwnFolders } from '../../files/own-files';
import { loadModel, saveModel, writeModelFile } from '../../engine';
import type { Encoder } from '../architectures/encoders';
import { composeEncoder, disposeLayers, restoreSnapshot, takeSnapshot } from '../architectures/network';
import { trainingError } from '../training-error';
import { networkShapeDiffers, notPreprocessing } from '../../messages/training-messages';

/** Names of what a trained network leaves in its folder, beside TensorFlow.js's own `model.json`. */
export const PREPROCESSING = 'preprocessing.json';

/** Writes a file, whole or not at all; the folder is made where it is missing. */
export async function writeWhole(folder: string, name: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeModelFile(join(folder, name), content);
}

export function writePreprocessing(folder: string, pipeline: Preprocessing): Promise<void> {
  return writeWhole(folder, PREPROCESSING, `${JSON.stringify(pipeline)}\n`);
}

/** In bytes: a vocabulary of 20,000 words takes half a megabyte, statistics of a large array some more. */
const MAX_PREPROCESSING = 64_000_000;

/** The preprocessing that was stored with a network; `undefined` where there is none. @throws TrainingError for a bad file */
export async function readPreprocessing(folder: string): Promise<Preprocessing | undefined> {
  const path = join(folder, PREPROCESSING);
  const text = await readRegular(path, MAX_PREPROCESSING).catch((error: unknown) => {
    if (isFileRefused(error)) throw trainingError('bad-pretrained', error.message);
    return undefined;
  });
  if (text === undefined) return undefined;
  const read = check(preprocessing, parseJson(text.toString('utf8')));
  if (read.ok) return read.value;
  throw trainingError('bad-pretrained', notPreprocessing(path, shapeProblemText(read.problem)));
}

/** Saves an encoder as a TensorFlow.js model that gives features. */
export function saveEncoder(encoder: Encoder, folder: string): Promise<void> {
  return saveModel(composeEncoder(encoder, 0, encoder.blocks.length), folder);
}

/**
 * Puts saved weights into an encoder of the same kind.
 *
 * @throws EngineError `bad-file`, TrainingError `bad-pretrained` where the file is of another network
 */
export async function loadEncoder(encoder: Encoder, folder: string): Promise<void> {
  const file = join(folder, 'model.json');
  assertOwnFolders(file);
  const saved = await loadModel(file);
  try {
    const given = saved.layers.filter(layer => layer.weights.length > 0);
    composeEncoder(encoder, 0, encoder.blocks.length);
    const layers = encoder.blocks.flat().filter(layer => layer.weights.length > 0);
    const shapes = (of: typeof layers): string =>
      JSON.stringify(of.map(layer => layer.weights.map(({ shape }) => shape)));
    if (shapes(given) !== shapes(layers)) throw trainingError('bad-pretrained', networkShapeDiffers(file));
    restoreSnapshot(layers, takeSnapshot(given));
  } finally {
    disposeLayers(saved.layers);
  }
}
