import { posix } from 'node:path';
import { archiveWithoutTables } from '../../messages/array-messages';
import { unknownTable } from '../../messages/table-messages';
import { listMembers } from '../bytes/zip-archive';
import { type RawDatasetPart, type Table } from '../data-tables';
import { dataError } from '../issues';
import { type Format, formatOfName } from '../paths/file-formats';
import { splitOfFileName, splitOfFolder } from '../splits';
import { openCertainTable, openCsv } from './csv';
import { openJson } from './json';
import { openJsonLines } from './json-lines';
import { openTextLines } from './text-lines';

/** Formats that are read from their start to their end, as an archive gives them. */
const STREAMED: ReadonlySet<Format> = new Set<Format>(['csv', 'jsonl', 'json', 'text']);

/**
 * The tables in a zip archive, each unpacked while it is read. Of several formats, the one of most files is read.
 *
 * @param table the name of one file in it
 * @throws DataError `empty` where it has no tables; `corrupt`, `truncated`
 */
export async function openZip(
  path: string,
  table: string | undefined,
  signal: AbortSignal | undefined,
): Promise<RawDatasetPart[]> {
  const names = await listMembers(path, signal);
  const streamed = names.filter(name => STREAMED.has(formatOfMember(name) ?? 'image'));
  if (streamed.length === 0) throw dataError('empty', archiveWithoutTables(path), path);
  if (table !== undefined && !streamed.includes(table))
    throw dataError('unknown-table', unknownTable({ file: path, table, tables: streamed }), path);
  const format = commonest(streamed);
  const chosen = table === undefined ? streamed.filter(name => formatOfMember(name) === format) : [table];
  const parts: RawDatasetPart[] = [];
  for (const name of chosen.sort()) {
    const split = splitOfMember(name);
    // The archive is the file that is there; the member is named where something is wrong with it.
    const opened = { ...(await openMemberTable(`${path}#${name}`, name, signal)), path };
    parts.push({ table: opened, ...(chosen.length > 1 && split !== undefined && { split }) });
  }
  return parts;
}

function formatOfMember(name: string): Format | undefined {
  return formatOfName(posix.basename(name));
}

function commonest(names: readonly string[]): Format | undefined {
  const counts = new Map<Format | undefined, number>();
  for (const name of names) {
    const format = formatOfMember(name);
    // Notes beside data are text.
    counts.set(format, (counts.get(format) ?? 0) + (format === 'text' ? 0.001 : 1));
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function splitOfMember(name: string): RawDatasetPart['split'] {
  const steps = posix.dirname(name).split('/');
  return steps.map(splitOfFolder).find(found => found !== undefined) ?? splitOfFileName(posix.basename(name));
}

async function openMemberTable(path: string, name: string, signal: AbortSignal | undefined): Promise<Table> {
  switch (formatOfMember(name)) {
    case 'jsonl':
      return openJsonLines(path, signal);
    case 'json':
      return openJson(path, undefined, signal);
    case 'text':
      return (await openCertainTable(path, signal)) ?? openTextLines(path, signal);
    default:
      return openCsv(path, signal);
  }
}
