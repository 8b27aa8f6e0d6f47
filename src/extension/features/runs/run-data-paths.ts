import * as vscode from 'vscode';
import { type DataPath, resolveDataPath } from '../../../data/paths/node-file-system';
import { type DataPaths, type PathOwner, findDataPaths } from '../../../experiments/plan/dataset-spec';
import { localWorkspaceFolders } from '../../project/find-data';
import { type Project, fileOf } from '../../project/project';
import { readableFoldersOf } from '../../project/readable-folders';
import type { Services } from '../../services';
import { askToRead } from '../permissions/outside-folders';

/** Where the files of a project's datasets, saved models and programs of engineered steps are on this machine. */
export function dataPathsOf(scope: Project): Promise<DataPaths> {
  return findDataPaths(scope.resolution().problem, annotated => dataPathIn(scope, annotated));
}

/** `undefined` where something annotated names none, or is not in a file on this machine. */
async function dataPathIn(
  scope: Project,
  { path: written, reference }: PathOwner,
): Promise<DataPath | undefined> {
  const uri = scope.resolution().file(reference.file)?.uri;
  if (written === undefined || uri === undefined) return undefined;
  const { scheme, fsPath: file } = fileOf(vscode.Uri.parse(uri));
  if (scheme !== 'file') return undefined;
  const folders = localWorkspaceFolders(scope);
  return resolveDataPath(written, file, folders, readableFoldersOf(file, folders));
}

/** The same for a run that the user starts: where data lies outside, they are asked whether it may be read. */
export async function askedDataPaths(
  services: Pick<Services, 'localMachine' | 'counts'>,
  scope: Project,
): Promise<DataPaths> {
  const paths = await dataPathsOf(scope);
  const allow = Object.values(paths).flatMap(each => (each.kind === 'outside' ? [each.allow] : []));
  const folders = [...new Set(allow)];
  return folders.length > 0 && (await askToRead(services, folders)) ? dataPathsOf(scope) : paths;
}
