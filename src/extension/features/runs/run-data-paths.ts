import * as vscode from 'vscode';
import { type ResolvedPath, resolvedPathKey } from '../../../experiments/plan/dataset-spec';
import type { Dataset } from '../../../language/learning-problem';
import { resolveDataPath } from '../../../workspace/dataset-path';
import type { Project } from '../../project/project';

/** Where a dataset's files are, as its annotation says, in a scope on this machine. */
export function dataPathOf(
  scope: Project,
  { path: written, reference }: Pick<Dataset, 'path' | 'reference'>,
): ResolvedPath | undefined {
  const uri = scope.resolution().file(reference.file)?.uri;
  if (written === undefined || uri === undefined) return undefined;
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(folder => folder.uri.scheme === 'file')
    .sort((a, b) => Number(b.uri.toString() === scope.key) - Number(a.uri.toString() === scope.key))
    .map(folder => folder.uri.fsPath);
  // A cell has the path of its notebook.
  const place = resolveDataPath(written, vscode.Uri.file(vscode.Uri.parse(uri).path).fsPath, folders);
  if (place.kind === 'remote') return place;
  const { path, list, fragment, exists } = place;
  return {
    kind: 'local',
    path: list ?? path,
    exists,
    ...(fragment === undefined ? {} : { table: fragment }),
  };
}

/** The same of all datasets, of saved models and of the programs of engineered steps, by their keys. */
export function dataPathsOf(scope: Project): Readonly<Record<string, ResolvedPath>> {
  const { datasets, tasks, pipelines } = scope.resolution().problem;
  const annotated = [
    ...datasets,
    ...tasks.flatMap(({ model: path, reference }) => (path === undefined ? [] : [{ path, reference }])),
    ...pipelines.flatMap(({ modules = [], reference }) =>
      modules.map(({ module }) => ({ path: module, reference })),
    ),
  ];
  return Object.fromEntries(
    annotated.flatMap(each => {
      const place = dataPathOf(scope, each);
      return place ? [[resolvedPathKey(each), place] as const] : [];
    }),
  );
}

/** The folder on this machine that keeps a scope's runs. */
export function localFolderOf({ resource }: Project): string | undefined {
  if (resource.scheme !== 'file') return undefined;
  const isFolder = vscode.workspace.workspaceFolders?.some(
    ({ uri }) => uri.toString() === resource.toString(),
  );
  return isFolder === true ? resource.fsPath : vscode.Uri.joinPath(resource, '..').fsPath;
}
