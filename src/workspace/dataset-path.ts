import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Unit } from '../language/annotation-model';
import type { Dataset } from '../language/learning-problem';
import { globAt, inHome, inWorkspaceFolder, isAddress, listedPaths } from '../language/value-syntax';

/** Where the data of a dataset lies. */
export type DataPath =
  | {
      readonly kind: 'local';
      /** Absolute. */
      readonly path: string;
      /** The files of a list that is joined by commas. */
      readonly list?: readonly string[];
      /** What stands behind a `#`: the table of a database. */
      readonly fragment?: string;
      readonly exists: boolean;
    }
  | { readonly kind: 'remote'; readonly url: string };

type Located = Omit<Extract<DataPath, { kind: 'local' }>, 'kind'>;

/**
 * The place a `path=` names: relative to the annotated `file` (absolute), to a home directory (`~/`), or
 * to `${workspaceFolder}`. Where there are several candidates for that folder, the first that has it counts.
 */
export function resolveDataPath(
  written: string,
  file: string,
  workspaceFolders: readonly string[] = [],
): DataPath {
  if (isAddress(written)) return { kind: 'remote', url: written };
  const candidates = candidatesOf(written, file, workspaceFolders).map(located);
  const found =
    candidates.find(({ exists }) => exists) ?? locatedList(written, file, workspaceFolders) ?? candidates[0];
  return { kind: 'local', ...(found ?? located(path.resolve(path.dirname(file), written))) };
}

/** Several files, joined by commas: that is one place where they all exist. */
function locatedList(
  written: string,
  file: string,
  workspaceFolders: readonly string[],
): Located | undefined {
  const names = listedPaths(written);
  if (names.length < 2) return undefined;
  const places = names.map(name => resolveDataPath(name.path, file, workspaceFolders));
  const list = places.flatMap(place => (place.kind === 'local' && place.exists ? [place.path] : []));
  const whole = path.resolve(path.dirname(file), written);
  return list.length === names.length ? { path: whole, list, exists: true } : undefined;
}

function candidatesOf(written: string, file: string, workspaceFolders: readonly string[]): string[] {
  const rest = inWorkspaceFolder(written);
  if (rest !== undefined) return workspaceFolders.map(folder => path.resolve(folder, rest));
  const own = inHome(written);
  if (own !== undefined) return [path.join(homedir(), own)];
  return [path.resolve(path.dirname(file), written)];
}

/**
 * A `#` belongs to the file name where such a file exists, else it opens a fragment; what looks like a glob
 * exists where the folder does that it starts from.
 */
function located(whole: string): Located {
  if (existsSync(whole)) return { path: whole, exists: true };
  const hash = whole.lastIndexOf('#');
  if (hash > 0) return { ...located(whole.slice(0, hash)), fragment: whole.slice(hash + 1) };
  const glob = globAt(whole);
  return { path: whole, exists: glob >= 0 && existsSync(path.dirname(`${whole.slice(0, glob)}x`)) };
}

/** What to count, and in what; plain values, so that another thread can be asked. */
export interface CountRequest {
  readonly path: string | readonly string[];
  /** The table of a database, or the array of an archive. */
  readonly table?: string;
  readonly unit: Unit;
  /** The column that holds the label of each task. */
  readonly label?: Readonly<Record<string, string>>;
  readonly positive?: string;
}

/** Asks for the sizes that a dataset states: in its unit, with the labels whose columns it names. */
export function countRequest(
  { unit, labels, positive }: Pick<Dataset, 'unit' | 'labels' | 'positive'>,
  place: Extract<DataPath, { kind: 'local' }>,
): CountRequest {
  return {
    path: place.list ?? place.path,
    ...(place.fragment === undefined ? {} : { table: place.fragment }),
    unit,
    ...(Object.keys(labels).length > 0 ? { label: labels } : {}),
    ...(positive === undefined ? {} : { positive }),
  };
}
