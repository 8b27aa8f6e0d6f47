import * as l10n from '@vscode/l10n';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pipeline } from '../../data';
import { TrainingError } from '../errors';

/** Names of what a trained network leaves in its folder, beside TensorFlow.js's own `model.json`. */
export const PREPROCESSING = 'preprocessing.json';

/** Writes a file, whole or not at all; the folder is made where it is missing. */
export async function writeWhole(folder: string, name: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

export function writePipeline(folder: string, pipeline: Pipeline): Promise<void> {
  return writeWhole(folder, PREPROCESSING, `${JSON.stringify(pipeline)}\n`);
}

/** The preprocessing that was stored with a network; `undefined` where there is none. @throws TrainingError for a bad file */
export async function readPipeline(folder: string): Promise<Pipeline | undefined> {
  const path = join(folder, PREPROCESSING);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const pipeline = JSON.parse(text) as Partial<Pipeline>;
    if (pipeline.version === 1 && pipeline.input && pipeline.labels) return pipeline as Pipeline;
  } catch {
    // Said below, as for a file of another kind.
  }
  throw new TrainingError('bad-pretrained', l10n.t('{0} is not the preprocessing of a network', path));
}
