import { basename, relative } from 'node:path';
import { hash32, hashPair, hashUnit } from '../../common/hash';
import { type Block, type RawDataset, type Table, findColumn, isFileTable } from '../data-tables';
import type { IssueLog } from '../issues';
import { type SplitName, canonicalSplit } from '../splits';
import type { DatasetRequest } from './dataset-request';

/** An example that has no split yet. */
export interface UndividedRow {
  readonly table: Table;
  readonly block: Block;
  readonly row: number;
  readonly place: (column: string) => number | undefined;
  /** The split that the data itself names. */
  readonly given: SplitName | undefined;
  /** What its data calls the group that it belongs to. */
  readonly group: string | undefined;
  readonly hash: (seed: number) => number;
}

export interface KeepOptions {
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
  /** The share of examples to keep, drawn by hash. */
  readonly keep: number;
}

const SAMPLING_SEED = 0x5eed;

/** All examples that the limit keeps, in order. Each pass over the same data meets the same ones. */
export async function* keptRows(
  source: RawDataset,
  { seed = 0, splitColumn, group }: Pick<DatasetRequest, 'seed' | 'splitColumn' | 'group'>,
  { issues, signal, keep, columns }: KeepOptions & { readonly columns: readonly string[] },
): AsyncGenerator<UndividedRow> {
  const wanted = [...columns, ...[splitColumn, group].filter(name => name !== undefined)];
  for (const { table, split } of source.parts) {
    const places = columnIndices(table, wanted);
    const hash = rowHash(source, table);
    const numbers = [...new Set([...places.values(), ...(isFileTable(table) ? [0] : [])])];
    const place = (column: string): number | undefined => places.get(column);
    for await (const block of table.blocks({ issues, signal, columns: numbers })) {
      for (let row = 0; row < block.rows; row++) {
        if (keep < 1 && hash(block, row, seed + SAMPLING_SEED) >= keep) continue;
        yield {
          table,
          block,
          row,
          place,
          given: split ?? canonicalSplit(cell(block, row, place, splitColumn) ?? ''),
          group: cell(block, row, place, group),
          hash: of => hash(block, row, of),
        };
      }
    }
  }
}

function cell(
  block: Block,
  row: number,
  place: (column: string) => number | undefined,
  column: string | undefined,
): string | undefined {
  const at = column === undefined ? undefined : place(column);
  return at === undefined ? undefined : block.text(row, at);
}

function columnIndices(table: Table, names: readonly string[]): Map<string, number> {
  const byName = new Map<string, number>();
  for (const [place, { name }] of table.columns.entries()) if (!byName.has(name)) byName.set(name, place);
  const places = new Map<string, number>();
  for (const name of names) {
    const place = byName.get(name) ?? findColumn(table, name);
    if (place !== undefined) places.set(name, place);
  }
  return places;
}

type RowHash = (block: Block, row: number, seed: number) => number;

/** Files are known by their names, rows by their table's name and their number: the same on any machine. */
function rowHash(source: RawDataset, table: Table): RowHash {
  if (isFileTable(table)) {
    return (block, row, seed) =>
      hashUnit(relative(source.path, block.text(row, 0) ?? '').replaceAll('\\', '/'), seed);
  }
  const name = hash32(basename(table.path), 0);
  return (block, row, seed) => hashPair(name, block.first + row, seed);
}
