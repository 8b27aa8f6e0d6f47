import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// What is wrong with files of rows: CSV, JSON Lines, Parquet, Arrow, SQLite, and tables of labels beside files.

/** Names that a message lists at most. */
const LISTED = 20;

function list(names: readonly string[]): string {
  return names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ', …' : '');
}

/** @param columns those that the table has; without them they are not listed */
export function unknownColumn({
  table,
  column,
  columns = [],
}: {
  table: string;
  column: string;
  columns?: readonly string[];
}): string {
  return columns.length > 0
    ? l10n.t('{0} has no column "{1}"; its columns are {2}', table, column, list(columns))
    : l10n.t('{0} has no column "{1}"', table, column);
}

/** @param record where the field starts, from 1; absent where only its byte is known */
export function unclosedQuote({ file, record }: { file: string; record?: number }): string {
  return record === undefined
    ? l10n.t('{0} has a quoted field that is never closed', file)
    : l10n.t('{0} has a quoted field that is never closed; it starts in record {1}', file, record);
}

/** @param first some of the rows, with the cells that each has */
export function unevenRowsSkipped(of: {
  file: string;
  columns: number;
  count: number;
  first: readonly { readonly record: number; readonly cells: number }[];
}): string {
  const places = of.first.map(({ record, cells }) => `${record} (${cells})`).join(', ');
  return l10n.t(
    '{0}: {1} rows are skipped, because they do not have {2} cells. The first ones, by record (with the cells of each): {3}',
    of.file,
    formatExactCount(of.count),
    of.columns,
    places + (of.count > of.first.length ? ', …' : ''),
  );
}

/** @param limit in bytes */
export function recordTooLong({
  file,
  record,
  limit,
}: {
  file: string;
  record: number;
  limit: number;
}): string {
  return l10n.t(
    'Record {1} of {0} is longer than the limit of {2} MiB; write one example per line',
    file,
    record,
    Math.floor(limit / 2 ** 20),
  );
}

/** @param rows all that were found, none of which has so many cells as there are columns */
export function tableNotUnderstood({
  file,
  rows,
  columns,
}: {
  file: string;
  rows: number;
  columns: number;
}): string {
  return l10n.t(
    '{0} cannot be read as a table: none of its {1} rows has {2} cells. Check the delimiter, the quotes and the lines above the column names',
    file,
    formatExactCount(rows),
    columns,
  );
}

/** @param folder whose file names say how many shards there are */
export function missingShards(of: { folder: string; missing: number; total: number }): string {
  return l10n.t(
    '{0} is incomplete: {1} of {2} shards are missing. Download them, or state the size of what is there',
    of.folder,
    formatExactCount(of.missing),
    formatExactCount(of.total),
  );
}

/** Kinds of tables that a message lists at most. */
const KINDS = 3;

/** @param tables one of each kind of tables in a folder, with its columns */
export function unlikeTables(
  folder: string,
  tables: readonly { readonly file: string; readonly columns: readonly string[] }[],
): string {
  const kinds = tables.slice(0, KINDS).map(({ file, columns }) => {
    const names = columns.slice(0, 5).join(', ') + (columns.length > 5 ? ', …' : '');
    return `${file} (${names})`;
  });
  return l10n.t(
    'The tables in {0} have different columns, but are counted together: {1}. Name one of them in path=',
    folder,
    kinds.join('; ') + (tables.length > KINDS ? '; …' : ''),
  );
}

export function totalsSkipped(file: string): string {
  return l10n.t('{0} ends with a row of totals; this row is skipped', file);
}

export function nonObjectLinesSkipped(file: string): string {
  return l10n.t('{0} has lines that are not JSON objects; these lines are skipped', file);
}

export function notJsonLines(file: string): string {
  return l10n.t('{0} is not JSON Lines: write one JSON object per line', file);
}

export function invalidJson(file: string): string {
  return l10n.t('{0} is not valid JSON', file);
}

/** @param limit levels of lists and objects in one another */
export function jsonTooDeep({ file, limit }: { file: string; limit: number }): string {
  return l10n.t(
    '{0} has lists and objects nested more than {1} levels deep; flatten them into records',
    file,
    formatExactCount(limit),
  );
}

export function jsonTruncated(file: string): string {
  return l10n.t('{0} is truncated: its JSON is incomplete; replace it with a complete copy', file);
}

export function jsonWithoutRecords(file: string): string {
  return l10n.t('{0} has no list of records: write a JSON array of objects, or one object per line', file);
}

/** @param limit in bytes */
export function jsonRecordTooLong({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} has a record longer than the limit of {1} MiB', file, Math.floor(limit / 2 ** 20));
}

export function recordsSkipped(file: string): string {
  return l10n.t('{0} has elements that are neither objects nor arrays; they are skipped', file);
}

/** @param table the one that was asked for */
export function unknownTable(of: { file: string; table: string; tables: readonly string[] }): string {
  return l10n.t('{0} has no table "{1}"; its tables are {2}', of.file, of.table, list(of.tables));
}

export function invalidParquet({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} is not a valid Parquet file: {1}', file, reason);
}

export function parquetFooterMissing(file: string): string {
  return l10n.t('{0} does not end with a Parquet footer: it is truncated or not a Parquet file', file);
}

/** @param declared rows by the footer; @param found rows by the row groups */
/** @param size of the file in bytes */
export function rowsTooManyForFile({
  file,
  rows,
  size,
}: {
  file: string;
  rows: number;
  size: number;
}): string {
  return l10n.t('{0} declares {1} rows, too many for a file of {2} bytes', file, rows, size);
}

export function parquetRowsDiffer(of: { file: string; declared: number; found: number }): string {
  return l10n.t(
    'The footer of {0} declares {1} rows, but its row groups have {2}',
    of.file,
    formatExactCount(of.declared),
    formatExactCount(of.found),
  );
}

export function featherVersion1(file: string): string {
  return l10n.t('{0} is a Feather version 1 file; save it as version 2', file);
}

export function arrowFooterMissing(file: string): string {
  return l10n.t('{0} is truncated: its Arrow footer is missing; replace it with a complete copy', file);
}

export function invalidArrow({ file, reason }: { file: string; reason?: string }): string {
  return reason === undefined
    ? l10n.t('{0} is not a valid Arrow file', file)
    : l10n.t('{0} is not a valid Arrow file: {1}', file, reason);
}

export function notSqlite(file: string): string {
  return l10n.t('{0} is not an SQLite database', file);
}

export function sqliteUnreadable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be read as an SQLite database: {1}', file, reason);
}

export function sqliteWriteAheadLog(file: string): string {
  return l10n.t('{0} is in write-ahead log (WAL) mode; run "PRAGMA journal_mode=DELETE" on it first', file);
}

/** @param table the one that was asked for; absent where the database has to have exactly one */
export function unknownSqliteTable({
  file,
  table,
  tables,
}: {
  file: string;
  table: string | undefined;
  tables: readonly string[];
}): string {
  if (tables.length === 0) return l10n.t('{0} has no tables', file);
  return table === undefined
    ? l10n.t('{0} has several tables; choose one as {0}#table: {1}', file, list(tables))
    : l10n.t('{0} has no table "{1}"; its tables are {2}', file, table, list(tables));
}

export function corruptSqliteRows({ file, table }: { file: string; table: string }): string {
  return l10n.t('The rows of table {0} in {1} are corrupt', table, file);
}

export function labelFileWithoutFileColumn(file: string): string {
  return l10n.t('{0} is ignored: it has no column "file_name"', file);
}

export function labelledFilesOutside(file: string): string {
  return l10n.t('{0} lists files outside the dataset; they are not read', file);
}

export function labelledFilesMissing(file: string): string {
  return l10n.t('{0} lists files that do not exist', file);
}

export function labelledFilesAmbiguous(file: string): string {
  return l10n.t('{0} lists names that several files have; write their folders too', file);
}

/** @param line from 1 */
export function lineLocation({ file, line }: { file: string; line: number }): string {
  return l10n.t('{0}:{1}', file, line);
}

/** @param row from 1 */
export function rowLocation({ file, row }: { file: string; row: number }): string {
  return l10n.t('{0}, row {1}', file, row);
}

/** @param value what the row says there */
export function cellLocation({ file, row, value }: { file: string; row: number; value: string }): string {
  return l10n.t('{0}, row {1}: {2}', file, row, value);
}

/** @param record from 1: a record can span several lines */
export function recordLocation({ file, record }: { file: string; record: number }): string {
  return l10n.t('{0}, record {1}', file, record);
}

export function unevenRecordLocation(of: { file: string; record: number; cells: number }): string {
  return of.cells === 1
    ? l10n.t('{0}, record {1}: 1 cell', of.file, of.record)
    : l10n.t('{0}, record {1}: {2} cells', of.file, of.record, of.cells);
}
