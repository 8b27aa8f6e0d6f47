import { unknownColumn } from '../../messages/table-messages';
import { type RawDataset, findColumn } from '../data-tables';
import { dataError, type IssueLog, createIssueLog } from '../issues';
import { type FittedPreprocessing, fitPreprocessing } from '../preprocessing/fit-preprocessing';
import { inputShape } from '../preprocessing/preprocessing';
import { cacheKey, openCached, storeChunks } from './dataset-cache';
import { DEFAULT_LIMIT, type DatasetRequest, type DatasetSettings, openOptions } from './dataset-request';
import { type ChunkOptions, type Dataset, encodeChunks } from './encoded-chunks';
import { openRawDataset } from './open-raw-dataset';
import { planRows } from './row-plan';

export const DEFAULT_CHUNK = 1024;

/**
 * Opens what is at `path` for training: divides it into splits, fits the preprocessing on the training split,
 * and, with a cache, decodes it once for all later runs. Memory stays bounded: a dataset of
 * more examples than the limit is sampled by hash, the same way each time.
 *
 * @throws DataError where the data or the request does not allow it
 */
export async function openDataset(
  path: string | readonly string[],
  request: DatasetRequest,
  settings: DatasetSettings = {},
): Promise<Dataset> {
  const issues = createIssueLog();
  const source = await openRawDataset(path, openOptions(request, settings, issues));
  checkColumns(source, request);
  const key = settings.cache === undefined ? undefined : await cacheKey(source, request, settings);
  const cached = key === undefined ? undefined : await openCached(key);
  if (cached) return { ...cached, issues: () => [...issues.list(), ...cached.issues] };
  const { signal, embed } = settings;
  const total = await countRows(source, issues, signal);
  const keep = Math.min(1, (request.limit ?? DEFAULT_LIMIT) / Math.max(1, total));
  const plan = await planRows(source, request, { issues: withoutWarnings(issues), signal, keep });
  const fitted = await fitPreprocessing(source, request, {
    total,
    keep,
    plan,
    issues: withoutWarnings(issues),
    signal,
  });
  if (key !== undefined) {
    const all = ['train', 'validation', 'test'] as const;
    const options = {
      splits: all,
      size: DEFAULT_CHUNK,
      keep,
      plan,
      issues: withoutWarnings(issues),
      signal,
      embed,
    };
    const chunks = encodeChunks(source, request, fitted.pipeline, options);
    const { apart } = plan;
    const grouped = request.group !== undefined;
    const { pipeline, columns } = fitted;
    const about = { pipeline, columns, apart, grouped, issues: () => issues.list() };
    const stored = await storeChunks(key, about, chunks);
    return { ...stored, issues: () => issues.list() };
  }
  return streamed(source, request, fitted, { keep, plan, embed }, issues);
}

function streamed(
  source: RawDataset,
  request: DatasetRequest,
  { pipeline, columns, examples }: FittedPreprocessing,
  { keep, plan, embed }: Pick<ChunkOptions, 'keep' | 'plan' | 'embed'>,
  issues: IssueLog,
): Dataset {
  return {
    pipeline,
    columns,
    shape: inputShape(pipeline.input),
    examples,
    apart: plan.apart,
    issues: () => issues.list(),
    async *read(split, { size = DEFAULT_CHUNK, signal } = {}) {
      const options = { splits: [split], size, keep, plan, embed, issues: withoutWarnings(issues), signal };
      for await (const { chunk } of encodeChunks(source, request, pipeline, options)) yield chunk;
    },
  };
}

async function countRows(
  source: RawDataset,
  issues: IssueLog,
  signal: AbortSignal | undefined,
): Promise<number> {
  let total = 0;
  for (const { table } of source.parts) total += await table.count({ issues, signal });
  return total;
}

/** Problems of rows are met on each pass and reported on the first; those of files only when they are decoded. */
function withoutWarnings(issues: IssueLog): IssueLog {
  return {
    ...issues,
    add: (severity, code, ...rest) => {
      if (code === 'unreadable-file' || code === 'bad-row') issues.add(severity, code, ...rest);
    },
  };
}

/** @throws DataError `unknown-column` where a request names a column that there is not */
export function checkColumns(
  source: RawDataset,
  { labels, group, time, splitColumn, input }: DatasetRequest,
): void {
  const names = [
    ...Object.values(labels).map(({ column }) => column),
    group,
    time,
    splitColumn,
    ...(source.kind === 'table' ? (input?.except ?? []) : []),
  ];
  for (const name of names) {
    if (name === undefined || source.parts.some(({ table }) => findColumn(table, name) !== undefined))
      continue;
    const known = source.parts[0]?.table.columns.map(column => column.name) ?? [];
    const message = unknownColumn({ table: source.path, column: name, columns: known });
    throw dataError('unknown-column', message, source.path);
  }
}
