import * as vscode from 'vscode';
import type { Problem } from '../../annotations/problem';
import { nothingAnnotated } from '../../tools/names';
import { ToolError } from '../../tools/tool-error';
import type { Problems } from '../workspace/problems';
import type { Scope } from '../workspace/scope';

/**
 * The problem that an agent asks about, once its folder has been read: that of the folder it names, else the only
 * one there is, else the only one that has a task or dataset called `name`. Throws a {@link ToolError} where that
 * does not tell.
 */
export async function askedScope(
  problems: Problems,
  folder: string | undefined,
  name: string | undefined,
  signal: AbortSignal,
): Promise<Scope> {
  const all = problems.all();
  const meant = folder === undefined ? all : all.filter(scope => isCalled(scope, folder));
  if (meant.length === 0 && folder !== undefined) throw new ToolError(unknownFolder(folder, all));
  await unlessAborted(Promise.all(meant.map(scope => scope.whenReady())), signal);
  const annotated = meant.filter(scope => scope.resolution().files.length > 0);
  const candidates =
    annotated.length > 1 && name !== undefined
      ? annotated.filter(scope => knows(scope.resolution().problem, name))
      : annotated;
  const [first, ...others] = candidates;
  if (first && others.length === 0) return first;
  if (annotated.length === 0) throw nothingAnnotated();
  throw new ToolError(
    vscode.l10n.t(
      'Several folders are open: {0}. Say in "folder" which is meant.',
      annotated.map(scope => scope.name).join(', '),
    ),
  );
}

function isCalled({ name, resource, key }: Scope, folder: string): boolean {
  return name === folder || resource.fsPath === folder || key === folder;
}

function knows({ tasks, datasets }: Problem, name: string): boolean {
  return [...tasks, ...datasets].some(each => each.name === name);
}

function unknownFolder(folder: string, all: readonly Scope[]): string {
  const names = all.map(scope => scope.name).join(', ');
  return vscode.l10n.t('No folder "{0}" is open; there are {1}.', folder, names);
}

/** The result of `work`, or the reason of `signal` as soon as that is aborted. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
