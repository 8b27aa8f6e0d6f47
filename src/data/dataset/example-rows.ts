import { basename, relative } from 'node:path';
import { hash32, hashPair, hashUnit } from '../../common/hash';
import { type Block, type RawDataset, type Table, findColumn } from '../data-tables';
import type { IssueLog } from '../issues';
import {
  DEFAULT_SHARES,
  type SplitName,
  canonicalSplit,
  missingShares,
  splitByHash,
  splitGroups,
} from '../splits';
import type { DatasetRequest } from './dataset-request';

/** One example: its position and its identity. */
export interface ExampleRow {
  readonly block: Block;
  readonly row: number;
  /** The place of a column by its name, in this example's table. */
  readonly place: (column: string) => number | undefined;
  readonly split: SplitName;
  /** A number from 0 up to 1 from what the example is known by: the same on any machine. */
  readonly hash: (seed: number) => number;
}

/** An example together with the table that it is in. */
export interface ExampleTableRow extends ExampleRow {
  readonly table: Table;
}

export interface RowOptions {
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
  /** The names of the columns that will be asked for. */
  readonly columns: readonly string[];
  /** The share of examples to keep, drawn by hash. */
  readonly keep: number;
}

const SAMPLING_SEED = 0x5eed;

/** Reads all examples in order, each with its split; valid until the next is asked for. */
export async function* readRows(
  source: RawDataset,
  request: DatasetRequest,
  options: RowOptions,
): AsyncGenerator<ExampleTableRow> {
  const { seed = 0, splitColumn, group } = request;
  const { issues, signal, keep } = options;
  const splitter = await makeSplitter(source, request, options);
  const wanted = [...options.columns, ...[splitColumn, group].filter(name => name !== undefined)];
  for (const { table, split } of source.parts) {
    const places = columnIndices(table, wanted);
    const hash = rowHash(source, table);
    const numbers = [...new Set([...places.values(), ...(isFileTable(table) ? [0] : [])])];
    const place = (column: string): number | undefined => places.get(column);
    for await (const block of table.blocks({ issues, signal, columns: numbers })) {
      for (let row = 0; row < block.rows; row++) {
        if (keep < 1 && hash(block, row, seed + SAMPLING_SEED) >= keep) continue;
        const given = split ?? canonicalSplit(cell(block, row, place, splitColumn) ?? '');
        const assigned = splitter(given, cell(block, row, place, group), () => hash(block, row, seed));
        if (assigned) yield { table, block, row, place, split: assigned, hash: of => hash(block, row, of) };
      }
    }
  }
}

type Splitter = (
  given: SplitName | undefined,
  group: string | undefined,
  hash: () => number,
) => SplitName | undefined;

async function makeSplitter(
  source: RawDataset,
  { seed = 0, shares = DEFAULT_SHARES, splitColumn, group }: DatasetRequest,
  { issues, signal }: RowOptions,
): Promise<Splitter> {
  const existing = new Set(source.parts.map(part => part.split).filter(split => split !== undefined));
  if (splitColumn !== undefined)
    for (const value of (await valuesOf(source, splitColumn, { issues, signal })).keys()) {
      const split = canonicalSplit(value);
      if (split) existing.add(split);
    }
  const missing = missingShares(shares, existing);
  const groups =
    group === undefined
      ? undefined
      : splitGroups(await valuesOf(source, group, { issues, signal }), seed, missing);
  return (given, of, hash) => {
    if (given !== undefined && given !== 'train') return given;
    // An example that a column puts in none of the splits is held out of all of them.
    if (given === undefined && splitColumn !== undefined) return undefined;
    const together = of === undefined ? undefined : groups?.get(of);
    return together ?? splitByHash(hash(), missing);
  };
}

/** How often each value of a column comes, in the parts that training may be taken from. */
async function valuesOf(
  source: RawDataset,
  column: string,
  options: { readonly issues: IssueLog; readonly signal?: AbortSignal | undefined },
): Promise<Map<string, number>> {
  const values = new Map<string, number>();
  for (const { table, split } of source.parts) {
    const place = findColumn(table, column);
    if (place === undefined || (split !== undefined && split !== 'train')) continue;
    for await (const block of table.blocks({ ...options, columns: [place] })) {
      for (let row = 0; row < block.rows; row++) {
        const value = block.text(row, place);
        if (value !== undefined) values.set(value, (values.get(value) ?? 0) + 1);
      }
    }
  }
  return values;
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
  const places = new Map<string, number>();
  for (const name of names) {
    const place = findColumn(table, name);
    if (place !== undefined) places.set(name, place);
  }
  return places;
}

export function isFileTable(table: Table): boolean {
  return table.columns[0] !== undefined && table.columns[0].content !== 'value';
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
