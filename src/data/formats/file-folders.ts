import { join } from 'node:path';
import { countSource } from '../../messages/counting-messages';
import { unlabelledSplit } from '../../messages/data-access-messages';
import { throwIfAborted } from '../../common/abort';
import {
  type Block,
  type Column,
  type RawDatasetPart,
  type ReadOptions,
  type Table,
  cellBlock,
} from '../data-tables';
import type { FileFamily } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import type { Folder, WalkOptions } from '../paths/walk-folders';
import { type SplitName, splitOfFolder } from '../splits';
import { containerLevels } from './folder-layout';
import { stemOf } from './file-stems';
import { type FileLabels, readFileLabels } from './label-files';

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
 * is none, nor one that holds all files and is called after them, such as `images`); those of label files, where
 * there are any; and `stem`, the file's name without its ending and number, for `group=`. A test split without any of the labels that the training split has is reported and left out.
 */
export async function openFiles(
  location: ResolvedPath,
  folders: readonly Folder[],
  family: FileFamily,
  options: WalkOptions,
): Promise<RawDatasetPart[]> {
  const labels = await readFileLabels(location, folders, options);
  const splits = new Map<SplitName | undefined, LabelledFolder[]>();
  for (const { steps, path, files } of folders) {
    if (files.length === 0) continue;
    const at = steps.findIndex(step => splitOfFolder(step) !== undefined);
    const split = at < 0 ? undefined : splitOfFolder(steps[at] ?? '');
    const levels = steps.filter((_, i) => i !== at);
    const of = splits.get(split) ?? [];
    splits.set(split, of);
    of.push({ path, files, levels });
  }
  leaveUnlabelledOut(splits, labels, location.path, options);
  const around = containerLevels([...splits.values()].flat().map(({ levels }) => levels));
  for (const [split, of] of splits)
    splits.set(
      split,
      of.map(each => ({ ...each, levels: each.levels.slice(around) })),
    );
  const depth = [...splits.values()].flat().reduce((most, { levels }) => Math.max(most, levels.length), 0);
  return [...splits].map(([split, of]) => ({
    ...(split !== undefined && { split }),
    table: fileTable(location.path, family, of, depth, labels),
  }));
}

/** Competitions keep the labels of their test split: neither a table nor folders of classes give them. */
function leaveUnlabelledOut(
  splits: Map<SplitName | undefined, readonly LabelledFolder[]>,
  labels: FileLabels | undefined,
  path: string,
  { issues }: WalkOptions,
): void {
  const [test, train] = [splits.get('test'), splits.get('train') ?? splits.get(undefined)];
  if (!test || !train) return;
  const deepest = (of: readonly LabelledFolder[]): number => {
    const around = containerLevels(of.map(({ levels }) => levels));
    return of.reduce((most, { levels }) => Math.max(most, levels.length - around), 0);
  };
  if (deepest(test) > 0) return;
  if (deepest(train) === 0) {
    if (!labels) return;
    const [own, theirs] = [labelsOf(test, labels), labelsOf(train, labels)];
    if (theirs.size === 0 || [...theirs].every(name => own.has(name))) return;
  } else if (labels && labelsOf(test, labels).size > 0) return;
  const files = test.reduce((sum, each) => sum + each.files.length, 0);
  issues.add('information', 'unlabelled-split', unlabelledSplit({ path, split: 'test' }), path, files);
  splits.delete('test');
}

/** The columns in which label files give any of the files a value. */
function labelsOf(folders: readonly LabelledFolder[], labels: FileLabels): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, files } of folders)
    for (const name of files)
      for (const column of labels.labelledBy(join(path, name)) ?? []) names.add(column);
  return names;
}

function fileTable(
  path: string,
  content: FileFamily,
  folders: readonly LabelledFolder[],
  depth: number,
  labels: FileLabels | undefined,
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
    { name: 'stem', content: 'value' },
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
  labels: FileLabels | undefined,
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
        if (level < depth) return levels[level];
        return level - depth < (labels?.columns.length ?? 0)
          ? labels?.cell(join(path, name), level - depth)
          : stemOf(name);
      });
      first += names.length;
    }
  }
}
