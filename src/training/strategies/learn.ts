import * as l10n from '@vscode/l10n';
import { TrainingError } from '../errors';
import { loadLearningData } from './data';
import { multitask } from './multitask';
import { pretrainedInput, resizedFor } from './pretrained';
import { singleTask } from './single-task';
import { transfer } from './transfer';
import type { Learn, Learned, LearnSpec, World } from './types';

/** Learns the target in the way of the arm. */
export async function learn(spec: LearnSpec, world: World): Promise<Learned> {
  const strategy = strategyOf(spec);
  const input = await pretrainedInput(spec);
  const datasets = input ? spec.datasets : await resizedFor(spec);
  return strategy(spec, await loadLearningData({ ...spec, datasets }, world, input), world);
}

function strategyOf({ arm }: LearnSpec): Learn {
  switch (arm.strategy) {
    case 'single-task':
    case 'end-to-end':
      return singleTask;
    case 'transfer':
      return transfer;
    case 'multitask':
      return multitask;
    case 'pipeline':
      throw new TrainingError('unsupported', l10n.t('A stage cannot be learned as a "{0}"', arm.strategy));
  }
}
