import { basename, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exampleInRow, partlyChecked } from '../../messages/data-check-messages';
import { throwIfAborted } from '../../common/abort';
import { type RawDataset, isFileTable } from '../data-tables';
import {
  DEFAULT_LIMIT,
  type DatasetRequest,
  type DatasetSettings,
  openOptions,
} from '../dataset/dataset-request';
import { type ExampleRow, readRows } from '../dataset/example-rows';
import { cacheKey } from '../dataset/dataset-cache';
import { checkColumns } from '../dataset/open-dataset';
import { openRawDataset } from '../dataset/open-raw-dataset';
import { type DataIssue, createIssueLog } from '../issues';
import type { Check } from './check';
import { readChecked, writeChecked } from './checked-data';
import { columnCheck } from './check-columns';
import { labelCheck } from './check-labels';
import { imageCheck, recordingCheck } from './check-media-files';
import { groupCheck, overlapCheck } from './check-split-leakage';
import { fileGroupCheck, namesGroups, rowGroupCheck } from './check-suspected-groups';

export interface CheckSettings extends DatasetSettings {
  /** After so long the examples seen so far are what is judged; without it, all are seen. */
  readonly seconds?: number;
}

/**
 * Looks for problems that waste a run: data leakage between splits, missing and unknown labels, rare classes,
 * constant and duplicate columns, target leakage, unreadable files, drift between training and test.
 * Datasets of more examples than the limit are sampled, the same way as for training. With a cache, what was found in
 * all of the same data is not looked for again.
 *
 * @throws DataError where the data cannot be opened at all
 */
export async function checkDataset(
  path: string | readonly string[],
  request: DatasetRequest,
  settings: CheckSettings = {},
): Promise<readonly DataIssue[]> {
  const issues = createIssueLog();
  const limit = settings.seconds === undefined ? undefined : AbortSignal.timeout(1000 * settings.seconds);
  const signal = either(settings.signal, limit);
  const source = await openRawDataset(path, openOptions(request, settings, issues));
  checkColumns(source, request);
  const key = settings.cache === undefined ? undefined : await cacheKey(source, request, settings);
  const known = key === undefined ? undefined : await readChecked(key);
  if (known) return known;
  const inputs = inputNames(source, request);
  const checks = chooseChecks(source, request, inputs);
  const labels = Object.values(request.labels).map(({ column }) => column);
  let rows = 0;
  try {
    let total = 0;
    for (const { table } of source.parts) total += await table.count({ issues, signal });
    const options = {
      issues: { ...issues, add: () => undefined },
      signal,
      columns: [...new Set([...inputs, ...labels, ...checks.flatMap(({ columns = [] }) => columns)])],
      keep: Math.min(1, (request.limit ?? DEFAULT_LIMIT) / Math.max(1, total)),
    };
    for await (const row of readRows(source, request, options)) {
      for (const check of checks) await check.observe(row);
      if (++rows % 256 === 0) await setImmediate();
      throwIfAborted(signal);
    }
  } catch (error) {
    if (limit?.aborted !== true || settings.signal?.aborted === true) throw error;
  }
  for (const check of checks) await check.finish(issues);
  if (limit?.aborted === true)
    issues.add('information', 'partly-checked', partlyChecked({ dataset: source.path, rows }));
  else if (key !== undefined) await writeChecked(key, issues.list());
  return issues.list();
}

function either(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter(signal => signal !== undefined);
  return given.length > 0 ? AbortSignal.any(given) : undefined;
}

function chooseChecks(source: RawDataset, request: DatasetRequest, inputs: readonly string[]): Check[] {
  const { path } = source;
  const files = source.parts.some(({ table }) => isFileTable(table));
  const nameOf = (row: ExampleRow): string =>
    files
      ? relative(path, row.block.text(row.row, 0) ?? '')
      : exampleInRow({ file: basename(path), row: row.block.first + row.row + 1 });
  const checks = Object.entries(request.labels).map(([task, label]) => labelCheck(task, label, path, nameOf));
  checks.push(overlapCheck(files ? 'file' : inputs, path, nameOf));
  if (request.group !== undefined) checks.push(groupCheck(request.group, path));
  else if (request.independent !== true) checks.push(...suspectedGroupChecks(source, request, inputs));
  if (source.kind === 'image') checks.push(imageCheck(path, nameOf));
  if (source.kind === 'audio') checks.push(recordingCheck(path));
  if (!files) {
    const labels = Object.values(request.labels).map(({ column }) => column);
    const plain = new Set(
      source.parts[0]?.table.columns.filter(({ shape }) => !shape).map(({ name }) => name),
    );
    checks.push(
      columnCheck(
        inputs.filter(name => plain.has(name)),
        labels,
        path,
        { isFirst: inputs[0] === source.parts[0]?.table.columns[0]?.name },
      ),
    );
  }
  return checks;
}

/** What may name groups: of files their stems and outer folders, of rows the columns that say whom they are about. */
function suspectedGroupChecks(
  { path, kind, parts }: RawDataset,
  request: DatasetRequest,
  inputs: readonly string[],
): Check[] {
  const columns = parts[0]?.table.columns.map(({ name }) => name) ?? [];
  const labels = Object.values(request.labels).map(({ column }) => column);
  const [label] = labels;
  if (kind === 'image' || kind === 'audio') {
    const folders = columns.filter(name => /^folder\d+$/.test(name));
    const outer = folders.filter(name => !labels.includes(name) && name !== folders.at(-1));
    return ['stem', ...outer].map(column => fileGroupCheck(column, label, path, kind));
  }
  if (kind !== 'table') return [];
  const named = columns.filter(
    name => namesGroups(name) && !labels.includes(name) && name !== request.splitColumn,
  );
  return named.map(column => rowGroupCheck(column, [...labels, ...inputs], label, path));
}

function inputNames(source: RawDataset, { labels, group, splitColumn, input }: DatasetRequest): string[] {
  const table = source.parts[0]?.table;
  if (!table || isFileTable(table)) return ['file'];
  const others = new Set([
    ...Object.values(labels).map(({ column }) => column),
    ...(input?.except ?? []),
    group,
    splitColumn,
  ]);
  return (input?.columns ?? table.columns.map(({ name }) => name)).filter(name => !others.has(name));
}
