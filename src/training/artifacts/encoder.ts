import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import { loadModel, saveModel } from '../../engine';
import { TrainingError } from '../errors';
import { composeEncoder } from '../networks/compose';
import type { Encoder } from '../networks/encoder';
import { disposeLayers, restoreSnapshot, takeSnapshot } from '../networks/weights';

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
  const saved = await loadModel(file);
  try {
    const given = saved.layers.filter(layer => layer.weights.length > 0);
    composeEncoder(encoder, 0, encoder.blocks.length);
    const layers = encoder.blocks.flat().filter(layer => layer.weights.length > 0);
    const shapes = (of: typeof layers): string =>
      JSON.stringify(of.map(layer => layer.weights.map(({ shape }) => shape)));
    if (shapes(given) !== shapes(layers))
      throw new TrainingError(
        'bad-pretrained',
        l10n.t('{0} is a network of another shape than the one for this input', file),
      );
    restoreSnapshot(layers, takeSnapshot(given));
  } finally {
    disposeLayers(saved.layers);
  }
}
