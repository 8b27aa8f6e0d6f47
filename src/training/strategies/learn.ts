import { trainingError } from '../training-error';
import { loadLearningData } from './learning-data';
import { multitask } from './multitask';
import { pretrainedInput, resizedFor } from './pretrained-encoder';
import { singleTask } from './single-task';
import type { LearnSpec, TrainedNetwork, TrainingContext, TrainingStrategy } from './strategy';
import { transfer } from './transfer';
import { badStageStrategy } from '../../messages/training-messages';

/** Learns the target in the way of the arm. */
export async function learn(spec: LearnSpec, world: TrainingContext): Promise<TrainedNetwork> {
  const strategy = strategyOf(spec);
  const input = await pretrainedInput(spec);
  const datasets = input ? spec.datasets : await resizedFor(spec);
  return strategy(spec, await loadLearningData({ ...spec, datasets }, world, input), world);
}

function strategyOf({ arm }: LearnSpec): TrainingStrategy {
  switch (arm.strategy) {
    case 'single-task':
    case 'end-to-end':
      return singleTask;
    case 'transfer':
      return transfer;
    case 'multitask':
      return multitask;
    case 'pipeline':
    case 'baseline':
      throw trainingError('unsupported', badStageStrategy(arm.strategy));
  }
}
