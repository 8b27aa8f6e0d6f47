import * as vscode from 'vscode';
import type { DatasetAnnotation } from '../../annotations/model';
import type { Dataset } from '../../annotations/problem';
import { annotationAt } from '../workspace/placement';
import type { Scope } from '../workspace/scope';
import { countingPlace } from './counting-place';
import type { Counting } from './protocol';

/** An annotated dataset whose data may be counted. */
export interface WantedCount {
  readonly key: string;
  readonly counting: Counting;
  readonly uri: string;
  readonly annotation: DatasetAnnotation;
}

/**
 * The datasets with a path, in the documents of a problem that are open: what nobody looks at is not counted.
 * `all`: those of closed files too.
 */
export function wantedCounts(scope: Scope, all = false): WantedCount[] {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const { problem, file: named } = scope.resolution();
  return problem.datasets.flatMap(dataset => {
    const { file: name, range } = dataset.reference;
    const file = named(name);
    const annotation = file && annotationAt(file, range.start);
    if (!file || annotation?.directive !== 'dataset' || !(all || open.has(file.uri))) return [];
    const counting = countingOf(scope, dataset);
    if (!counting) return [];
    return [
      { key: JSON.stringify(counting), counting, uri: vscode.Uri.parse(file.uri).toString(), annotation },
    ];
  });
}

/** Asks for the data of a dataset; `undefined` where it has no path, or its annotation is not in a file on this machine. */
export function countingOf(scope: Scope, dataset: Dataset): Counting | undefined {
  const { path: written, reference, unit, labels, positive } = dataset;
  const file = scope.resolution().file(reference.file);
  if (written === undefined || !file) return undefined;
  const place = countingPlace(scope, vscode.Uri.parse(file.uri), written);
  return place && { ...place, unit, labels, ...(positive === undefined ? {} : { positive }) };
}
