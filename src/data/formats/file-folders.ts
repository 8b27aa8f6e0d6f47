import { join, resolve } from 'node:path';
import { countSource } from '../../messages/counting-messages';
import {
  cellLocation,
  labelFileWithoutFileColumn,
  labelledFilesMissing,
  labelledFilesOutside,
} from '../../messages/table-messages';
import { throwIfAborted } from '../../common/abort';
import {
  type Block,
  type Column,
  type RawDatasetPart,
  type ReadOptions,
  type Table,
  cellBlock,
} from '../data-tables';
import { dataError } from '../issues';
import { isInside } from '../paths/file-access';
import type { FileFamily } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import type { Folder, WalkOptions } from '../paths/walk-folders';
import { type SplitName, canonicalSplit } from '../splits';
import { openCsv } from './csv';
import { openJsonLines } from './json-lines';

/** Labels of files, from a table in the same folder. */
interface LabelFile {
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
 * name in one must name a file in the dataset's folder: others are reported, never opened.
 */
async function readLabelFile(
  location: ResolvedPath,
  folders: readonly Folder[],
  options: WalkOptions,
): Promise<LabelFile | undefined> {
  const places = location.folders.flatMap(({ path, files }) =>
    files.filter(name => NAMES.test(name)).map(name => ({ folder: path, path: join(path, name) })),
  );
  if (places.length === 0) return undefined;
  const known = filesByStem(folders);
  const columns = new Set<string>();
  const rows = new Map<string, Map<string, string>>();
  for (const { folder, path } of places) {
    const table = await (/\.jsonl$/i.test(path) ? openJsonLines : openCsv)(path, options.signal);
    const fileColumn = table.columns.findIndex(({ name }) => FILE_COLUMNS.test(name));
    if (fileColumn < 0) {
      options.issues.add('warning', 'unknown-column', labelFileWithoutFileColumn(path), path);
      continue;
    }
    for (const { name } of table.columns) columns.add(name);
    await collect(table, fileColumn, { root: location.path, folder, known, rows, options });
  }
  const names = [...columns];
  return { columns: names, cell: (file, column) => rows.get(file)?.get(names[column] ?? '') };
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
      const where = cellLocation({ file: table.path, row: block.first + row + 1, value: name });
      const path = resolve(to.folder, name);
      if (!isInside(to.root, path)) {
        const message = labelledFilesOutside(table.path);
        issues.addError(dataError('outside-root', message, where));
        continue;
      }
      const file = to.known.get(path) ?? to.known.get(stem(path));
      if (file === undefined) {
        issues.add('warning', 'missing-file', labelledFilesMissing(table.path), where);
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

interface LabelledFolder {
  readonly path: string;
  readonly files: readonly string[];
  /** The folders from the dataset down, without that of the split. */
  readonly levels: readonly string[];
}

const BLOCK_ROWS = 8192;

/**
 * Images, recordings or texts, one example to a file, a table for each split. Columns: `file`, the path;
 * `class`, the innermost folder; `folder1`, `folder2`, …, the folders from the outermost in (a split's folder
 * is none); and those of a label file, where there is one.
 */
export async function openFiles(
  location: ResolvedPath,
  folders: readonly Folder[],
  family: FileFamily,
  options: WalkOptions,
): Promise<RawDatasetPart[]> {
  const labels = await readLabelFile(location, folders, options);
  const splits = new Map<SplitName | undefined, LabelledFolder[]>();
  for (const { steps, path, files } of folders) {
    if (files.length === 0) continue;
    const at = steps.findIndex(step => canonicalSplit(step) !== undefined);
    const split = at < 0 ? undefined : canonicalSplit(steps[at] ?? '');
    const levels = steps.filter((_, i) => i !== at);
    const of = splits.get(split) ?? [];
    splits.set(split, of);
    of.push({ path, files, levels });
  }
  const depth = [...splits.values()].flat().reduce((most, { levels }) => Math.max(most, levels.length), 0);
  return [...splits].map(([split, of]) => ({
    ...(split !== undefined && { split }),
    table: fileTable(location.path, family, of, depth, labels),
  }));
}

function fileTable(
  path: string,
  content: FileFamily,
  folders: readonly LabelledFolder[],
  depth: number,
  labels: LabelFile | undefined,
): Table {
  const levels = Array.from({ length: depth }, (_, i): Column => ({
    name: `folder${i + 1}`,
    content: 'value',
  }));
  const columns: Column[] = [
    { name: 'file', content },
    ...(depth > 0 ? [{ name: 'class', content: 'value' } as const] : []),
    ...levels,
    ...(labels?.columns.map((name): Column => ({ name, content: 'value' })) ?? []),
  ];
  const rows = folders.reduce((sum, { files }) => sum + files.length, 0);
  return {
    path,
    columns,
    from: countSource('directory-entries'),
    count: () => Promise.resolve(rows),
    blocks: options => readBlocks(folders, depth, labels, options),
  };
}

function* cut(files: readonly string[]): Generator<readonly string[]> {
  for (let i = 0; i < files.length; i += BLOCK_ROWS) yield files.slice(i, i + BLOCK_ROWS);
}

async function* readBlocks(
  folders: readonly LabelledFolder[],
  depth: number,
  labels: LabelFile | undefined,
  { columns, signal }: ReadOptions,
): AsyncGenerator<Block> {
  const inOrder = columns?.includes(0) ?? true;
  const ordered = inOrder ? [...folders].sort((a, b) => (a.path < b.path ? -1 : 1)) : folders;
  let first = 0;
  for (const { path, files, levels } of ordered) {
    for (const names of cut(inOrder ? [...files].sort() : files)) {
      await Promise.resolve();
      throwIfAborted(signal);
      yield cellBlock(first, names.length, (row, column) => {
        const name = names[row] ?? '';
        if (column === 0) return join(path, name);
        if (depth > 0 && column === 1) return levels.at(-1);
        const level = column - (depth > 0 ? 2 : 1);
        return level < depth ? levels[level] : labels?.cell(join(path, name), level - depth);
      });
      first += names.length;
    }
  }
}
