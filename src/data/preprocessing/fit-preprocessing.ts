import { basename } from 'node:path';
import { type RawDataset, isFileTable } from '../data-tables';
import { formatOfName } from '../paths/file-formats';
import type { DatasetRequest } from '../dataset/dataset-request';
import { type ExampleRow, readRows } from '../dataset/example-rows';
import type { RowPlan } from '../dataset/row-plan';
import type { IssueLog } from '../issues';
import type { SplitName } from '../splits';
import { FIT_FILES, fitInput } from './fit-input';
import { type InputColumn, describeColumns, observeColumns, withoutIdentifiers } from './input-columns';
import { fitLabel } from './label-encoding';
import type { Preprocessing } from './preprocessing';
import type { TableSource } from '../../protocol/preprocessing';

export interface FittedPreprocessing {
  readonly pipeline: Preprocessing;
  /** What becomes of each column of a table. */
  readonly columns: readonly InputColumn[];
  /** Examples in each split, files that cannot be read among them. */
  readonly examples: Readonly<Partial<Record<SplitName, number>>>;
}

const FILE_SAMPLE_SEED = 0xf17;

/** Fits the pipeline on the training split only, in one pass over the rows. */
export async function fitPreprocessing(
  source: RawDataset,
  request: DatasetRequest,
  options: {
    readonly total: number;
    readonly keep: number;
    readonly plan: RowPlan;
    readonly issues: IssueLog;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<FittedPreprocessing> {
  const share = FIT_FILES / (options.total * options.keep);
  const thin = (row: ExampleRow): boolean => row.hash(FILE_SAMPLE_SEED) < share;
  const input = await fitInput(source, request, { thin, signal: options.signal });
  const labels = Object.entries(request.labels).map(([task, label]) => ({
    task,
    fit: fitLabel(task, label),
  }));
  const observed = observeColumns(source, request);
  const columns = [
    ...input.columns,
    ...observed.columns,
    ...Object.values(request.labels).map(({ column }) => column),
  ];
  const examples: Partial<Record<SplitName, number>> = {};
  for await (const row of readRows(source, request, { ...options, columns })) {
    examples[row.split] = (examples[row.split] ?? 0) + 1;
    if (row.split !== 'train') continue;
    const waiting = input.observe(row);
    if (waiting) await waiting;
    observed.observe(row);
    for (const { fit } of labels) fit.observe(row);
  }
  const fitted = withoutIdentifiers(await input.finish(), request.input ?? {}, observed);
  return {
    examples,
    columns: describeColumns(source, request, fitted, observed),
    pipeline: {
      version: 1,
      labels: Object.fromEntries(labels.map(({ task, fit }) => [task, fit.finish()])),
      input: fitted,
      ...tableSourceOf(source),
    },
  };
}

/** Formats by their names; a JSON file of any form is read by one reader. */
const SOURCE_FORMATS: ReadonlyMap<string, TableSource['format']> = new Map<string, TableSource['format']>([
  ['csv', 'csv'],
  ['jsonl', 'jsonl'],
  ['json', 'jsonl'],
  ['parquet', 'parquet'],
  ['arrow', 'arrow'],
  ['sqlite', 'sqlite'],
  ['npy', 'npy'],
  ['npz', 'npz'],
  ['idx', 'idx'],
  ['arff', 'arff'],
  ['excel', 'excel'],
  ['hdf5', 'hdf5'],
  ['matlab', 'matlab'],
  ['svmlight', 'svmlight'],
]);

/** How the first table is written: the others of a dataset are alike. */
function tableSourceOf({ parts }: RawDataset): Pick<Preprocessing, 'source'> {
  const table = parts[0]?.table;
  if (!table) return {};
  if (isFileTable(table)) return { source: { format: 'files', columns: [] } };
  const named = SOURCE_FORMATS.get(formatOfName(basename(table.path)) ?? '');
  const columns = table.columns.map(({ name }) => name);
  return { source: { format: named ?? 'other', ...table.written, columns } };
}
