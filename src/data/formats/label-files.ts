import { basename, join, resolve } from 'node:path';
import {
  cellLocation,
  labelFileWithoutFileColumn,
  labelledFilesAmbiguous,
  labelledFilesMissing,
  labelledFilesOutside,
} from '../../messages/table-messages';
import { mixedFormats } from '../../messages/data-access-messages';
import type { Table } from '../data-tables';
import { dataError, isDataError } from '../issues';
import { isInside } from '../paths/file-access';
import { formatOfName } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import type { Folder, WalkOptions } from '../paths/walk-folders';
import { type SplitName, splitOfFileName, splitOfFolder } from '../splits';
import { openCsv } from './csv';
import { openJsonLines } from './json-lines';

/** Labels of files, from tables in the same folder. */
export interface FileLabels {
  readonly columns: readonly string[];
  /** The cell of a file, by its absolute path; `undefined` where no table names the file. */
  cell(file: string, column: number): string | undefined;
  /** The columns besides the one of names that tables give a file; none where no table names it. */
  labelledBy(file: string): ReadonlySet<string> | undefined;
}

/** Names that say that a table is about files: the first is that of Hugging Face's image and audio folders. */
const NAMES = /^(metadata|labels?|annotations?|train|val|valid|validation|test)\.(csv|tsv|jsonl)$/i;

/** Names of columns that name the file. */
export const FILE_COLUMNS =
  /^(?:(?:file|image|img|audio|picture|photo|recording|clip|wav|slice)?[_ -]?(?:file)?[_ -]?(?:name|path|id)|file|path|image|img|audio|fname)$/i;

/** Tables beside files that are looked at; folders of more are of tables. */
const MOST_TABLES = 64;
/** Rows that tell which column names the files. */
const PROBED = 100;

/**
 * Reads the tables that name files of a dataset (`metadata.csv`, `labels.csv`, `train.csv` beside `train_images/`, …).
 * A name must be of a file in the dataset's folder, by its place beside the table, under the dataset's folder, or by its
 * end (`018` for `train_images/018.jpg`): others are reported, never opened.
 *
 * @param folders with the files that are examples, and no others
 */
export async function readFileLabels(
  location: ResolvedPath,
  folders: readonly Folder[],
  options: WalkOptions,
): Promise<FileLabels | undefined> {
  const places = location.folders
    .flatMap(({ path, files }) =>
      files
        .filter(name => ['csv', 'jsonl'].includes(formatOfName(name) ?? ''))
        .map(name => ({ folder: path, name, path: join(path, name) })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (places.length === 0) return undefined;
  const known = createFileIndex(location.path, folders);
  const columns = new Set<string>();
  const rows = new Map<string, Map<string, string>>();
  for (const [i, { folder, name, path }] of places.entries()) {
    const isNamedSo = NAMES.test(name);
    const tables = i < MOST_TABLES || isNamedSo ? await openLabelTable(path, isNamedSo, options) : undefined;
    const split = splitOfFileName(name);
    const find = (file: string): Found => known(file, folder, split);
    const place = tables && (await fileColumn(tables, find, isNamedSo, options));
    if (!tables || place === undefined) {
      if (isNamedSo && tables)
        options.issues.add('warning', 'unknown-column', labelFileWithoutFileColumn(path), path);
      else reportUnused(location.path, name, path, options);
      continue;
    }
    for (const column of tables.columns) columns.add(column.name);
    await collect(tables, place, { find, rows, options });
  }
  if (columns.size === 0) return undefined;
  const names = [...columns];
  return {
    columns: names,
    cell: (file, column) => rows.get(file)?.get(names[column] ?? ''),
    labelledBy: file => {
      const cells = rows.get(file);
      return cells && new Set(cells.keys());
    },
  };
}

function reportUnused(root: string, name: string, path: string, { issues }: WalkOptions): void {
  const format = formatOfName(name) ?? '';
  issues.add('information', 'mixed-formats', mixedFormats({ folder: root, format }), path);
}

/** One that lies there by chance may be damaged: only one that is surely of labels is reported as such. */
async function openLabelTable(
  path: string,
  isNamedSo: boolean,
  { issues, signal }: WalkOptions,
): Promise<Table | undefined> {
  try {
    return await (formatOfName(basename(path)) === 'jsonl' ? openJsonLines : openCsv)(path, signal);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (isNamedSo) issues.addError(error);
    return undefined;
  }
}

type Found = { readonly file: string } | 'outside' | 'missing' | 'ambiguous';

/** The column that names files: the one whose cells do, the likeliest name first; else the one that is called so. */
async function fileColumn(
  table: Table,
  find: (name: string) => Found,
  isNamedSo: boolean,
  options: WalkOptions,
): Promise<number | undefined> {
  const called = table.columns.flatMap(({ name }, i) => (FILE_COLUMNS.test(name) ? [i] : []));
  const order = [...new Set([...called, ...table.columns.keys()])];
  const hits = new Map<number, number>();
  const silent = { ...options.issues, add: () => undefined };
  let rows = 0;
  for await (const block of table.blocks({ ...options, issues: silent })) {
    for (let row = 0; row < block.rows && rows < PROBED; row++, rows++)
      for (const column of order) {
        const text = block.text(row, column);
        if (text !== undefined && typeof find(text) === 'object')
          hits.set(column, (hits.get(column) ?? 0) + 1);
      }
    if (rows >= PROBED) break;
  }
  const likely = order.find(column => (hits.get(column) ?? 0) * 2 >= rows && hits.has(column));
  if (likely !== undefined) return likely;
  return called.find(column => hits.has(column)) ?? (isNamedSo ? called[0] : undefined);
}

interface Collection {
  readonly find: (name: string) => Found;
  readonly rows: Map<string, Map<string, string>>;
  readonly options: WalkOptions;
}

async function collect(table: Table, place: number, { find, rows, options }: Collection): Promise<void> {
  const { issues } = options;
  for await (const block of table.blocks(options)) {
    for (let row = 0; row < block.rows; row++) {
      const name = block.text(row, place);
      if (name === undefined) continue;
      const found = find(name);
      if (typeof found !== 'object') {
        const where = cellLocation({ file: table.path, row: block.first + row + 1, value: name });
        if (found === 'outside')
          issues.addError(dataError('outside-root', labelledFilesOutside(table.path), where));
        else {
          const message =
            found === 'ambiguous' ? labelledFilesAmbiguous(table.path) : labelledFilesMissing(table.path);
          issues.add('warning', 'missing-file', message, where);
        }
        continue;
      }
      const cells = rows.get(found.file) ?? new Map<string, string>();
      table.columns.forEach((column, i) => {
        const text = block.text(row, i);
        if (text !== undefined && !cells.has(column.name)) cells.set(column.name, text);
      });
      rows.set(found.file, cells);
    }
  }
}

/** Finds the file that a table in a folder names, preferring those of the split that the table is named after. */
type FileIndex = (name: string, folder: string, split: SplitName | undefined) => Found;

function createFileIndex(root: string, folders: readonly Folder[]): FileIndex {
  const known = filesByStem(folders);
  let ends: ReadonlyMap<string, readonly Candidate[]> | undefined;
  return (written, folder, split) => {
    const name = written.replaceAll('\\', '/');
    const [beside, below] = [resolve(folder, name), resolve(root, name.replace(/^\/+/, ''))];
    const file = known.get(beside) ?? known.get(stem(beside)) ?? known.get(below) ?? known.get(stem(below));
    if (file !== undefined) return { file };
    if (!isInside(root, beside) && !isInside(root, resolve(root, name))) return 'outside';
    ends ??= filesByName(folders);
    const last = name.slice(name.lastIndexOf('/') + 1);
    const exact = ends.get(last);
    const steps = `/${exact ? name : stem(name)}`;
    const fitting = (exact ?? ends.get(stem(last)) ?? []).filter(({ bare }) => bare.endsWith(steps));
    const ofSplit = fitting.filter(each => each.split === split);
    const [only, ...others] = split !== undefined && ofSplit.length > 0 ? ofSplit : fitting;
    if (!only) return 'missing';
    return others.length === 0 ? { file: only.file } : 'ambiguous';
  };
}

/** Each file under its path and under its path without the ending, which some label files leave out. */
function filesByStem(folders: readonly Folder[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const { path, files } of folders) {
    for (const name of files) {
      const file = join(path, name);
      known.set(file, file);
      known.set(stem(file), file);
    }
  }
  return known;
}

interface Candidate {
  readonly file: string;
  /** With `/` between folders and without an ending. */
  readonly bare: string;
  readonly split: SplitName | undefined;
}

/** Files under their names without endings. */
function filesByName(folders: readonly Folder[]): Map<string, Candidate[]> {
  const known = new Map<string, Candidate[]>();
  for (const { path, steps, files } of folders) {
    const split = steps.map(splitOfFolder).find(found => found !== undefined);
    for (const name of files) {
      const bare = stem(name);
      const file = join(path, name);
      const same = known.get(bare) ?? [];
      known.set(bare, same);
      same.push({ file, bare: `${path.replaceAll('\\', '/')}/${bare}`, split });
    }
  }
  return known;
}

function stem(path: string): string {
  return path.replace(/\.[^./\\]+$/, '');
}
