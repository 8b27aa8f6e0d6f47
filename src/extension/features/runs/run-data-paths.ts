import type * as vscode from 'vscode';
import { type DataPaths, findDataPaths } from '../../../experiments/plan/dataset-spec';
import { dataPathIn } from '../../project/find-data';
import type { Project } from '../../project/project';

/** Where the files of a project's datasets, saved models and programs of engineered steps are on this machine. */
export function dataPathsOf(scope: Project, home: vscode.Uri | undefined): Promise<DataPaths> {
  return findDataPaths(scope.resolution().problem, annotated => dataPathIn(scope, annotated, home));
}
