import * as vscode from 'vscode';
import type { DataCall } from '../../language/data-calls';
import type { Scope } from '../workspace/scope';
import { findData, placesOf } from '../workspace/data-place';

/** The path or id that the annotation of a dataset names, as it is written there. */
export type DataPlace = Pick<DataCall, 'path' | 'id'>;

const IN_FOLDER = '${workspaceFolder}/';

/**
 * Where the dataset lies that the code reads: `path=` is relative to the file, and a path in code to the folder that
 * the program is started in, often that of the workspace. What is there decides; where neither is, the path stays.
 * `undefined` where it is annotated already, or would be data only if a folder were there.
 */
export async function placeOfData(
  { path, id, isFolder = false }: DataCall,
  document: vscode.Uri,
  scope: Scope,
  home: vscode.Uri | undefined,
): Promise<DataPlace | undefined> {
  const known = annotatedPlaces(scope, home);
  if (path === undefined) return id === undefined || known.has(id) ? undefined : { id };
  if (isRemote(path)) return known.has(path) ? undefined : { path };
  const parts = path.split(',');
  const inFolder = parts.map(part => IN_FOLDER + part.replace(/^(?:\.[/])+/, '')).join(',');
  const candidates = isAbsolute(path) ? [path] : [path, inFolder];
  if (candidates.some(each => known.has(placeKey(each, document, home)))) return undefined;
  for (const candidate of candidates) {
    // What a text says decides which files are looked for.
    const found = vscode.workspace.isTrusted ? await findData(candidate, document, home) : undefined;
    if (found && (!isFolder || found.isFolder)) return { path: candidate };
  }
  return isFolder ? undefined : { path };
}

/** The places and ids that the datasets of a problem name. */
function annotatedPlaces(scope: Scope, home: vscode.Uri | undefined): ReadonlySet<string> {
  const { problem, file } = scope.resolution();
  return new Set(
    problem.datasets.flatMap(({ path, sourceDatasets, reference }) => {
      const uri = file(reference.file)?.uri;
      if (path === undefined || uri === undefined) return sourceDatasets;
      return [...sourceDatasets, isRemote(path) ? path : placeKey(path, vscode.Uri.parse(uri), home)];
    }),
  );
}

/** Several files are one place, and a table of a database is in the place of the database. */
function placeKey(path: string, document: vscode.Uri, home: vscode.Uri | undefined): string {
  return path
    .replace(/#[^#/]*$/, '')
    .split(',')
    .map(part => (placesOf(part, document, home)[0]?.toString() ?? part).replace(/[/]$/, ''))
    .join(',');
}

function isRemote(path: string): boolean {
  return /^[a-z][a-z\d+.-]+:[/][/]/i.test(path);
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\~]|[A-Za-z]:[/\\])/.test(path);
}
