import * as l10n from '@vscode/l10n';
import { targetsOf } from '../advisor/advise';
import { nearest } from '../annotations/nearest';
import type { Dataset, Problem, Task } from '../annotations/problem';
import { ToolError } from './tool-error';

/** Names that a message lists at most: an agent reads them all. */
const MOST_NAMES = 30;

/** The task that is named, target or not; all targets where none is. Throws a {@link ToolError} where there is none of that name. */
export function askedTasks(problem: Problem, name: string | undefined): readonly Task[] {
  if (name === undefined) return targetsOf(problem);
  const tasks = problem.tasks.filter(task => !task.name.includes('->'));
  const found = tasks.find(task => task.name === name);
  if (found) return [found];
  throw new ToolError(
    `${l10n.t('There is no task "{0}".', name)} ${known(
      name,
      tasks.map(task => task.name),
    )}`,
  );
}

/** Throws a {@link ToolError} where there is no dataset of that name. */
export function askedDataset(problem: Problem, name: string): Dataset {
  const found = problem.datasets.find(dataset => dataset.name === name);
  if (found) return found;
  const names = problem.datasets.map(dataset => dataset.name);
  throw new ToolError(`${l10n.t('There is no dataset "{0}".', name)} ${known(name, names)}`);
}

/** What to say to somebody who asks about a workspace without annotations. */
export function nothingAnnotated(): ToolError {
  const example = '# @dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k';
  return new ToolError(
    l10n.t('There are no annotations here. Write one in a comment, for example: {0}', example),
  );
}

function known(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  if (near !== undefined) return l10n.t('Did you mean {0}?', near);
  if (names.length === 0) return l10n.t('There are none here.');
  const more = names.length > MOST_NAMES ? ', …' : '';
  return l10n.t('There are {0}.', `${names.slice(0, MOST_NAMES).join(', ')}${more}`);
}
