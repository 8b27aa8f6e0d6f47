import { createIssueLog } from '../issues';
import type { SplitName } from '../splits';
import { DEFAULT_LIMIT, type DatasetRequest, type DatasetSettings, openOptions } from './dataset-request';
import { isFileTable } from '../data-tables';
import { readRows } from './example-rows';
import { checkColumns } from './open-dataset';
import { openRawDataset } from './open-raw-dataset';

/** What an example is found by. */
export interface ExampleName {
  /** The file that is the example, or the table that it is a row of. */
  readonly file: string;
  /** The number of the row among the table's examples, from 0; absent where the file is the example. */
  readonly row?: number;
  /** The tasks that it has labels for. */
  readonly labels: readonly string[];
  /** The labels as they are written, in the order of `labels`. */
  readonly texts: readonly string[];
  /** From 0 up to 1, by the seed that was asked for: examples sorted by it are in a random order. */
  readonly rank: number;
}

/**
 * Lists which examples belong to which split, for programs that read the data themselves: the same splits that
 * {@link openDataset} makes.
 *
 * @param seed of the ranks, apart from the request's own, which the splits depend on
 * @throws DataError where the data or the request does not allow it
 */
export async function listExamples(
  path: string | readonly string[],
  request: DatasetRequest,
  seed: number,
  settings: DatasetSettings = {},
): Promise<Readonly<Record<SplitName, readonly ExampleName[]>>> {
  const issues = createIssueLog();
  const { signal } = settings;
  const source = await openRawDataset(path, openOptions(request, settings, issues));
  checkColumns(source, request);
  let total = 0;
  for (const { table } of source.parts) total += await table.count({ issues, signal });
  const tasks = Object.entries(request.labels);
  const options = {
    issues,
    signal,
    columns: tasks.map(([, { column }]) => column),
    keep: Math.min(1, (request.limit ?? DEFAULT_LIMIT) / Math.max(1, total)),
  };
  const lists: Record<SplitName, ExampleName[]> = { train: [], validation: [], test: [] };
  for await (const { table, block, row, place, split, hash } of readRows(source, request, options)) {
    const labelled = tasks.flatMap(([task, { column }]) => {
      const at = place(column);
      const text = at === undefined ? undefined : block.text(row, at);
      return text === undefined ? [] : [{ task, text }];
    });
    const labels = labelled.map(({ task }) => task);
    const texts = labelled.map(({ text }) => text);
    const rank = hash(seed);
    lists[split].push(
      isFileTable(table)
        ? { file: block.text(row, 0) ?? '', labels, texts, rank }
        : { file: table.path, row: block.first + row, labels, texts, rank },
    );
  }
  return lists;
}
