import * as l10n from '@vscode/l10n';
import { TrainingError } from '../errors';
import { loadLearningData } from './data';
import { singleTask } from './single-task';
import type { Learn, Learned, LearnSpec, World } from './types';

/** Learns the target in the way of the arm. */
export async function learn(spec: LearnSpec, world: World): Promise<Learned> {
  return strategyOf(spec)(spec, await loadLearningData(spec, world), world);
}

function strategyOf({ arm }: LearnSpec): Learn {
  switch (arm.strategy) {
    case 'single-task':
    case 'end-to-end':
      return singleTask;
    case 'transfer':
    case 'multitask':
    case 'pipeline':
      throw new TrainingError('unsupported', l10n.t('A stage cannot be learned as a "{0}"', arm.strategy));
  }
}
