import { join } from 'node:path';
import type { RawDataset } from '../data-tables';
import { type FileFamily, formatOfName } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import { type Folder, type WalkOptions, walkFolders } from '../paths/walk-folders';
import { openFiles } from './file-folders';
import { openCsv } from './csv';
import { openJsonLines } from './json-lines';
import { FILE_COLUMNS, readFileLabels } from './label-files';

/**
 * The images or recordings that a table names in one of its columns, with its other columns; `undefined` where it names
 * none. They must lie in the folder of the table, or in those below: others are reported, never opened.
 */
export async function openNamedFiles(
  location: ResolvedPath,
  family: FileFamily,
  options: WalkOptions,
): Promise<RawDataset | undefined> {
  const [own] = location.folders;
  if (location.isFolder || !own) return undefined;
  if (!(await namesFiles(own, family, options))) return undefined;
  const walked = await walkFolders(own.path, options);
  const ofFamily = walked.map(folder => ({
    ...folder,
    files: folder.files.filter(name => formatOfName(name) === family),
  }));
  const root = { path: own.path, isFolder: true, folders: [own] };
  const labels = await readFileLabels(root, ofFamily, options);
  const folders = ofFamily.map(folder => ({
    ...folder,
    files: folder.files.filter(name => labels?.labelledBy(join(folder.path, name)) !== undefined),
  }));
  if (folders.every(({ files }) => files.length === 0)) return undefined;
  const silent = { ...options, issues: { ...options.issues, add: () => undefined } };
  return { path: own.path, kind: family, parts: await openFiles(root, folders, family, silent) };
}

/** Rows that tell whether a column names files. */
const PROBED = 100;

/** Whether a column is called after files, or most of its cells end like one: numbers could be names of files, too. */
async function namesFiles(
  { path, files: [name = ''] }: Folder,
  family: FileFamily,
  { issues, signal }: WalkOptions,
): Promise<boolean> {
  const file = join(path, name);
  const table = await (formatOfName(name) === 'jsonl' ? openJsonLines : openCsv)(file, signal);
  if (table.columns.some(column => FILE_COLUMNS.test(column.name))) return true;
  const silent = { ...issues, add: () => undefined };
  for await (const block of table.blocks({ issues: silent, signal })) {
    const rows = Math.min(PROBED, block.rows);
    return table.columns.some((_, column) => {
      let named = 0;
      for (let row = 0; row < rows; row++)
        if (formatOfName(block.text(row, column) ?? '') === family) named++;
      return named > rows / 2;
    });
  }
  return false;
}
