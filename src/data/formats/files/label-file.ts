import { join, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DataError } from '../../errors';
import { isInside } from '../../path/access';
import type { Location } from '../../path/locate';
import type { Folder, WalkOptions } from '../../path/walk';
import type { Table } from '../../table/table';
import { openCsv } from '../csv/table';
import { openJsonLines } from '../lines/jsonl';

/** Labels of files that lie beside them in a table. */
export interface LabelFile {
  readonly columns: readonly string[];
  /** The cell of a file, by its absolute path; `undefined` where the table does not name the file. */
  cell(file: string, column: number): string | undefined;
}

/** `metadata` is the name in Hugging Face's image and audio folders. */
const NAMES = /^(metadata|labels?|annotations?|train|val|valid|validation|test)\.(csv|tsv|jsonl)$/i;

/** The column that names the file. */
const FILE_COLUMNS = /^(file_?name|file|path|file_?path|image|audio|image_?id|id)$/i;

/**
 * Reads the label files (`metadata.csv`, `labels.csv`, `metadata.jsonl`, …) among the folders of a dataset. A
 * name in one must stand for a file in the dataset's folder: others are reported, never opened.
 */
export async function readLabelFile(
  location: Location,
  folders: readonly Folder[],
  options: WalkOptions,
): Promise<LabelFile | undefined> {
  const places = location.folders.flatMap(({ path, files }) =>
    files.filter(name => NAMES.test(name)).map(name => ({ folder: path, path: join(path, name) })),
  );
  if (places.length === 0) return undefined;
  const known = filesByStem(folders);
  const columns: string[] = [];
  const rows = new Map<string, Map<string, string>>();
  for (const { folder, path } of places) {
    const table = await (/\.jsonl$/i.test(path) ? openJsonLines : openCsv)(path, options.signal);
    const fileColumn = table.columns.findIndex(({ name }) => FILE_COLUMNS.test(name));
    if (fileColumn < 0) {
      options.issues.add(
        'warning',
        'unknown-column',
        l10n.t('{0} names no files: it has no column "file_name"', path),
        path,
      );
      continue;
    }
    for (const { name } of table.columns) if (!columns.includes(name)) columns.push(name);
    await collect(table, fileColumn, { root: location.path, folder, known, rows, options });
  }
  return { columns, cell: (file, column) => rows.get(file)?.get(columns[column] ?? '') };
}

interface Collection {
  readonly root: string;
  readonly folder: string;
  readonly known: ReadonlyMap<string, string>;
  readonly rows: Map<string, Map<string, string>>;
  readonly options: WalkOptions;
}

async function collect(table: Table, fileColumn: number, to: Collection): Promise<void> {
  const { issues } = to.options;
  for await (const block of table.blocks(to.options)) {
    for (let row = 0; row < block.rows; row++) {
      const name = block.text(row, fileColumn);
      if (name === undefined) continue;
      const where = l10n.t('{0}, row {1}: {2}', table.path, block.first + row + 1, name);
      const path = resolve(to.folder, name);
      if (!isInside(to.root, path)) {
        const message = l10n.t('{0} names files outside the dataset; they are not read', table.path);
        issues.addError(new DataError('outside-root', message, where));
        continue;
      }
      const file = to.known.get(path) ?? to.known.get(stem(path));
      if (file === undefined) {
        issues.add('warning', 'missing-file', l10n.t('{0} names files that do not exist', table.path), where);
        continue;
      }
      const cells = new Map<string, string>();
      table.columns.forEach((column, i) => {
        const text = block.text(row, i);
        if (text !== undefined) cells.set(column.name, text);
      });
      to.rows.set(file, cells);
    }
  }
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

function stem(path: string): string {
  return path.replace(/\.[^./\\]+$/, '');
}
