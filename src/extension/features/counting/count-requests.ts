import * as vscode from 'vscode';
import type { DatasetAnnotation } from '../../../language/annotation-model';
import type { Dataset } from '../../../language/learning-problem';
import { annotationAt } from '../../project/advice-placement';
import { localWorkspaceFolders } from '../../project/find-data';
import { type Project, fileOf } from '../../project/project';
import { checkedColumns } from '../../../workspace/count-request';
import type { CountJob } from '../../../protocol/counting';

/** Where to look for what a document names; `undefined` where the document is not a file on this machine. */
export function countPathOf(
  scope: Project,
  document: vscode.Uri,
  written: string,
): Pick<CountJob, 'written' | 'file' | 'workspaceFolders'> | undefined {
  const file = fileOf(document);
  if (file.scheme !== 'file') return undefined;
  return { written, file: file.fsPath, workspaceFolders: localWorkspaceFolders(scope) };
}

/** An annotated dataset whose data may be counted. */
export interface DatasetCountRequest {
  readonly key: string;
  readonly counting: CountJob;
  readonly uri: string;
  readonly annotation: DatasetAnnotation;
}

/**
 * The datasets with a path, in the documents of a problem that are open: what nobody looks at is not counted.
 * `all`: those of closed files too.
 */
export function countRequests(scope: Project, all = false): DatasetCountRequest[] {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const { problem, file: named } = scope.resolution();
  return problem.datasets.flatMap(dataset => {
    const { file: name, range } = dataset.reference;
    const file = named(name);
    const annotation = file && annotationAt(file, range.start);
    if (!file || annotation?.directive !== 'dataset' || !(all || open.has(file.uri))) return [];
    const counting = countJobOf(scope, dataset);
    if (!counting) return [];
    return [
      { key: JSON.stringify(counting), counting, uri: vscode.Uri.parse(file.uri).toString(), annotation },
    ];
  });
}

/** Asks for the data of a dataset; `undefined` where it has no path, or its annotation is not in a file on this machine. */
export function countJobOf(scope: Project, dataset: Dataset): CountJob | undefined {
  const { path: written, reference, unit, labels, positive } = dataset;
  const file = scope.resolution().file(reference.file);
  if (written === undefined || !file) return undefined;
  const place = countPathOf(scope, vscode.Uri.parse(file.uri), written);
  if (!place) return undefined;
  const check = checkedColumns(dataset);
  return { ...place, unit, labels, check, ...(positive === undefined ? {} : { positive }) };
}
