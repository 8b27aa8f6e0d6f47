import * as vscode from 'vscode';
import type { Annotation } from '../../language/annotation-model';
import type { FileLocation } from '../../language/learning-problem';
import type { TextRange } from '../../common/text-ranges';
import { annotationAt } from './advice-placement';
import type { NamedFile } from './project-resolution';
import { fileOf, isCell, type Project } from './project';

/** Whether the annotations of a file are in the JSON of a notebook, where nobody wants to read or edit it. */
export function isClosedNotebook(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.ipynb') && !isCell(uri);
}

/**
 * Opens the notebooks among files, unseen: from then on their cells are what is known of them.
 * @returns whether any was opened; one that cannot be opened, because it is damaged, stays as it was
 */
export async function openNotebooks(
  files: Iterable<string>,
  token?: vscode.CancellationToken,
): Promise<boolean> {
  let isAny = false;
  for (const file of new Set(files)) {
    const uri = vscode.Uri.parse(file);
    if (!isClosedNotebook(uri) || token?.isCancellationRequested === true) continue;
    isAny = (await open(uri)) || isAny;
  }
  return isAny;
}

async function open(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.openNotebookDocument(uri);
    return true;
  } catch {
    return false;
  }
}

/** Where something is annotated: in a file, or in a cell. */
export interface AnnotationLocation {
  readonly uri: vscode.Uri;
  readonly range: TextRange;
}

/** The place that a reference names; a notebook is opened for it. `undefined` for what is there no more. */
export async function annotationLocation(
  scope: Project,
  reference: FileLocation,
): Promise<AnnotationLocation | undefined> {
  const file = scope.resolution().file(reference.file);
  if (!file) return undefined;
  const place = { uri: vscode.Uri.parse(file.uri), range: reference.range };
  if (!(await openNotebooks([file.uri]))) return place;
  return placeInCells(scope, file, reference) ?? place;
}

/** The annotation among those of the cells that is what the one in the file was: of several alike the one as far down. */
function placeInCells(
  scope: Project,
  file: NamedFile,
  { range }: FileLocation,
): AnnotationLocation | undefined {
  const annotation = annotationAt(file, range.start);
  if (!annotation) return undefined;
  const isAlike = (other: Annotation): boolean =>
    other.directive === annotation.directive && other.name?.value === annotation.name?.value;
  const alike = scope
    .resolution()
    .files.filter(({ uri }) => fileOf(vscode.Uri.parse(uri)).toString() === file.uri)
    .flatMap(({ uri, annotations }) => annotations.filter(isAlike).map(found => ({ uri, found })));
  const cell = alike[file.annotations.filter(isAlike).indexOf(annotation)] ?? alike[0];
  if (!cell) return undefined;
  const isName = JSON.stringify(range) === JSON.stringify(annotation.name?.range);
  const { name, range: whole } = cell.found;
  return { uri: vscode.Uri.parse(cell.uri), range: isName && name ? name.range : whole };
}
