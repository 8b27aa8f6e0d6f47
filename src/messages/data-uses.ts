import * as l10n from '@vscode/l10n';
import type { Advice } from '../advisor/advice';
import { strategyName } from './quantities';
import type { Problem } from '../language/learning-problem';

/** What some tasks' data is for, in words, for one piece of advice; empty where it has no part in it. */
export function dataUse(tasks: readonly string[], advice: Advice, problem: Problem): string {
  const { task, stage, decision, from, recommendation } = advice;
  if (decision === 'decomposition') return directUse(tasks, task, problem);
  if (tasks.includes(stage ?? task))
    return stage === undefined ? l10n.t('training data') : l10n.t('training data of stage {0}', stage);
  if (!from.some(source => tasks.includes(source))) return '';
  const of = stage === undefined ? '' : ` (${stage})`;
  return recommendation === 'multitask'
    ? l10n.t('trained jointly{0}', of)
    : l10n.t('source for {0}{1}', strategyName(recommendation), of);
}

function directUse(tasks: readonly string[], task: string, problem: Problem): string {
  const pipeline = problem.pipelines.find(candidate => candidate.task === task);
  const first = pipeline?.steps[0];
  const last = pipeline?.steps.at(-1);
  const isDirect = first && last && (tasks.includes(`${first.from}->${last.to}`) || tasks.includes(task));
  return isDirect === true ? l10n.t('end-to-end training data') : '';
}

/** The targets that some tasks' data serves, each with what for. */
export function dataUses(
  tasks: readonly string[],
  advice: readonly Advice[],
  problem: Problem,
): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  for (const each of advice) {
    const use = dataUse(tasks, each, problem);
    const known = uses.get(each.task) ?? [];
    if (use !== '' && !known.includes(use)) uses.set(each.task, [...known, use]);
  }
  return uses;
}
