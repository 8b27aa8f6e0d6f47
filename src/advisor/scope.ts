// Which tasks of a workspace are candidates for a target: in a large one, not every task for every other.
import type { Task } from '../language/learning-problem';
import { type ProblemIndex, labelledDataOf } from './labelled-data';

/** Up to so many other tasks, each is a candidate. */
const MOST_UNSCOPED = 40;
/** So many of other folders: those that are most like the target. */
const MOST_ELSEWHERE = 4;

/**
 * The candidates of a target among all other tasks that have data. In a large workspace: those that it is declared with or
 * shares examples with, those of its own folder, and a few of the same kind of input from other folders, of its own category
 * first.
 */
export function candidatesInScope(
  view: ProblemIndex,
  target: Task,
  others: readonly Task[],
): readonly Task[] {
  if (others.length <= MOST_UNSCOPED) return others;
  const folder = view.folders.get(target.name);
  const modality = view.inputs.get(target.name)?.modality;
  const datasets = new Set(labelledDataOf(view, target.name).datasets);
  const isNear = (other: Task): boolean =>
    view.folders.get(other.name) === folder ||
    isDeclared(target, other) ||
    labelledDataOf(view, other.name).datasets.some(dataset => datasets.has(dataset));
  const near = new Set(others.filter(isNear));
  const alike = others.filter(
    other => !near.has(other) && modality !== undefined && view.inputs.get(other.name)?.modality === modality,
  );
  const likest = [...new Set([...alike.filter(({ category }) => category === target.category), ...alike])];
  const taken = new Set([...near, ...likest.slice(0, MOST_ELSEWHERE)]);
  return others.filter(other => taken.has(other));
}

/** Whether either says that it shares features with the other. */
function isDeclared(target: Task, other: Task): boolean {
  return names(target, other.name) || names(other, target.name);
}

function names({ sharesFeaturesWith: shared }: Task, name: string): boolean {
  return shared !== undefined && shared !== 'none' && shared.includes(name);
}
