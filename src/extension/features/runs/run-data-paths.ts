import * as vscode from 'vscode';
import { type DataPaths, findDataPaths } from '../../../experiments/plan/dataset-spec';
import { dataPathIn } from '../../project/find-data';
import type { Project } from '../../project/project';

/** Where the files of a project's datasets, saved models and programs of engineered steps are on this machine. */
export function dataPathsOf(scope: Project, home: vscode.Uri | undefined): Promise<DataPaths> {
  return findDataPaths(scope.resolution().problem, annotated => dataPathIn(scope, annotated, home));
}

/** The folder on this machine that keeps a scope's runs. */
export function localFolderOf({ resource }: Project): string | undefined {
  if (resource.scheme !== 'file') return undefined;
  const isFolder = vscode.workspace.workspaceFolders?.some(
    ({ uri }) => uri.toString() === resource.toString(),
  );
  return isFolder === true ? resource.fsPath : vscode.Uri.joinPath(resource, '..').fsPath;
}
