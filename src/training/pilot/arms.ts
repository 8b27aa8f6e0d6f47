import type { Arm } from '../spec';
import type { Question } from './question';

/** The control: it is in every comparison, and the first in every block of trials. */
export const CONTROL: Arm = { id: 'single-task', strategy: 'single-task', from: [] };

/**
 * The arms that the conditions allow. How deep to fine-tune depends on the task (Tajbakhsh et al. 2016), so each
 * depth is an arm; and joint training that is followed by fine-tuning is one of its own (MT-DNN, Liu et al. 2019).
 * Where a pipeline is declared, single-task training on the whole mapping is what end-to-end means.
 */
export function armsOf({ transferFrom, multitaskWith, pipeline }: Question): readonly Arm[] {
  const transfer = (['head', 'gradual', 'full'] as const).map((variant): Arm => ({
    id: `transfer-${variant}`,
    strategy: 'transfer',
    variant,
    from: transferFrom,
  }));
  const multitask = (['joint', 'fine-tuned'] as const).map((variant): Arm => ({
    id: `multitask-${variant}`,
    strategy: 'multitask',
    variant,
    from: multitaskWith,
  }));
  return [
    CONTROL,
    ...(transferFrom.length > 0 ? transfer : []),
    ...(multitaskWith.length > 0 ? multitask : []),
    ...(pipeline ? [{ id: 'pipeline', strategy: 'pipeline', from: [] } as const] : []),
  ];
}

/** A pipeline learns from the data of its stages alone: its result is the same at every size of the whole's data. */
export function dependsOnSize(arm: Arm): boolean {
  return arm.strategy !== 'pipeline';
}
