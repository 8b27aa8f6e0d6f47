import { realpath } from 'node:fs/promises';
import { type RawDataset, isFileTable } from '../data-tables';
import { type IssueLog, createIssueLog } from '../issues';
import { fingerprint } from './data-fingerprint';
import { openRawDataset } from './open-raw-dataset';

/** What the rows of a dataset lie in. */
export interface DataFiles {
  /** Tables by their real paths, whatever links and patterns lead to them; none where each file is an example. */
  readonly tables: readonly string[];
  /** Equal where the contents of tables are equal, under whatever name. */
  readonly content: string;
  readonly kind: RawDataset['kind'];
  /** Whether some of it is a test split by the names of its files, folders or arrays. */
  readonly hasTest: boolean;
}

/**
 * The tables that a path names, so that two annotations of one table are known as such.
 *
 * @throws DataError where nothing can be read there
 */
export async function dataFiles(
  path: string | readonly string[],
  options: { readonly table?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<DataFiles> {
  const issues: IssueLog = createIssueLog();
  const { table, signal } = options;
  const source = await openRawDataset(path, { table, issues, ...(signal ? { signal } : {}) });
  const tables = await tablesOf(source, table ?? '');
  const { kind } = source;
  const hasTest = source.parts.some(({ split }) => split === 'test');
  return {
    tables,
    kind,
    hasTest,
    content: tables.length > 0 ? await fingerprint(source, { issues, signal }) : '',
  };
}

async function tablesOf({ parts }: RawDataset, table: string): Promise<string[]> {
  const found: string[] = [];
  for (const part of parts)
    if (!isFileTable(part.table)) found.push(`${await realpath(part.table.path)}\0${table}`);
  return found;
}
