import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { FileFamily } from '../../path/formats';
import type { Folder, WalkOptions } from '../../path/walk';
import type { Location } from '../../path/locate';
import { canonicalSplit, type SplitName } from '../../splits/names';
import { cellBlock } from '../../table/cells';
import type { Block, Column, ReadOptions, Table } from '../../table/table';
import type { SourcePart } from '../../source/source';
import { readLabelFile, type LabelFile } from './label-file';

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
  location: Location,
  folders: readonly Folder[],
  family: FileFamily,
  options: WalkOptions,
): Promise<SourcePart[]> {
  const labels = await readLabelFile(location, folders, options);
  const splits = new Map<SplitName | undefined, LabelledFolder[]>();
  for (const { steps, path, files } of folders) {
    if (files.length === 0) continue;
    const at = steps.findIndex(step => canonicalSplit(step) !== undefined);
    const split = at < 0 ? undefined : canonicalSplit(steps[at] ?? '');
    const levels = steps.filter((_, i) => i !== at);
    splits.set(split, [...(splits.get(split) ?? []), { path, files, levels }]);
  }
  const depth = Math.max(0, ...[...splits.values()].flat().map(({ levels }) => levels.length));
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
    from: l10n.t('directory entries'),
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
      signal?.throwIfAborted();
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
