import type { Block, RawDataset, Table } from '../data-tables';
import type { SplitName } from '../splits';
import type { DatasetRequest } from './dataset-request';
import { type KeepOptions, keptRows } from './kept-rows';
import { type RowPlan, planRows } from './row-plan';

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
  /** What its data calls the group that it belongs to. */
  readonly group: string | undefined;
}

export interface RowOptions extends KeepOptions {
  /** The names of the columns that will be asked for. */
  readonly columns: readonly string[];
  /** Which examples are in which split, where that is known from a pass before; found out unless given. */
  readonly plan?: RowPlan | undefined;
}

/** Reads all examples in order, each with its split; valid until the next is asked for. */
export async function* readRows(
  source: RawDataset,
  request: DatasetRequest,
  options: RowOptions,
): AsyncGenerator<ExampleTableRow> {
  const plan = options.plan ?? (await planRows(source, request, options));
  const splitOf = plan.start();
  for await (const row of keptRows(source, request, options)) {
    const split = splitOf(row);
    if (split) yield { ...row, split };
  }
}
