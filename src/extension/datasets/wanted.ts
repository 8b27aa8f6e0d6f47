import * as vscode from 'vscode';
import type { DatasetAnnotation } from '../../annotations/model';
import { annotationAt } from '../workspace/placement';
import type { Scope } from '../workspace/scope';
import type { Counting } from './protocol';

/** An annotated dataset whose data may be counted. */
export interface WantedCount {
  readonly key: string;
  readonly counting: Counting;
  readonly uri: string;
  readonly annotation: DatasetAnnotation;
}

/** The datasets with a path, in the documents of a problem that are open: what nobody looks at is not counted. */
export function wantedCounts(scope: Scope): WantedCount[] {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const workspaceFolders = foldersFor(scope);
  const { problem, file: named } = scope.resolution();
  return problem.datasets.flatMap(({ path: written, reference, unit, labels, positive }) => {
    const file = named(reference.file);
    const annotation = file && annotationAt(file, reference.range.start);
    if (written === undefined || !file || annotation?.directive !== 'dataset' || !open.has(file.uri))
      return [];
    const uri = vscode.Uri.parse(file.uri);
    // A cell has the path of its notebook.
    if (uri.scheme !== 'file' && uri.scheme !== 'vscode-notebook-cell') return [];
    const counting: Counting = {
      written,
      file: vscode.Uri.file(uri.path).fsPath,
      workspaceFolders,
      unit,
      labels,
      ...(positive === undefined ? {} : { positive }),
    };
    return [{ key: JSON.stringify(counting), counting, uri: uri.toString(), annotation }];
  });
}

/** Folders on this machine, that of the problem first. */
function foldersFor(scope: Scope): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .sort((a, b) => Number(b.uri.toString() === scope.key) - Number(a.uri.toString() === scope.key))
    .map(({ uri }) => uri.fsPath);
}
