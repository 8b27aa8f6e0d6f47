import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { noExamples } from '../../messages/counting-messages';
import { throwIfAborted } from '../../common/abort';
import type { RawDataset } from '../data-tables';
import { openRawDataset } from '../dataset/open-raw-dataset';
import { type ReadableFolders, reachOf } from '../paths/readable-folders';
import {
  type CountResult,
  type CountUnit,
  isDataError,
  type DatasetCount,
  type IssueLog,
  createIssueLog,
  errorIssue,
} from '../issues';
import { type LabelRequest, countLabels, labelColumns } from './count-labels';
import { countUnits } from './count-units';
import { readStatedSizes } from './stated-sizes';

export interface CountOptions extends LabelRequest {
  readonly signal?: AbortSignal;
  /** The folder that a relative path starts from; the working directory by default. */
  readonly base?: string;
  /** Nothing outside these is read, links included; no limit by default. */
  readonly readable?: ReadableFolders;
  /** The table of a database, or the array of an archive; `path#table` says the same. */
  readonly table?: string;
  /** What to count in; examples by default. */
  readonly unit?: CountUnit;
}

/**
 * Counts what is at `path`: a file, `file#table`, a folder, a glob, or a list of those; and reads the sizes that
 * files next to it state. Problems with the data are among the issues; this throws only when aborted.
 */
export async function countDataset(
  path: string | readonly string[],
  options: CountOptions = {},
): Promise<CountResult> {
  const issues = createIssueLog();
  try {
    const labels = labelColumns(options);
    const source = await openRawDataset(path, { ...options, labels, issues });
    const { counted, failed } = await countRawDataset(source, options, issues);
    const isFolder = (await stat(source.path)).isDirectory();
    const stated = await readStatedSizes(
      { path: source.path, isFolder },
      { readable: options.readable, issues },
    );
    return { ...(!failed && { counted }), stated, issues: issues.list() };
  } catch (error) {
    if (!isDataError(error)) throw error;
    const stated = await statedAlone(path, options, issues);
    return { stated, issues: [...issues.list(), errorIssue(error)] };
  }
}

/** Cards are read although the data cannot be: a dataset that is not downloaded yet has a stated size. */
async function statedAlone(
  path: string | readonly string[],
  { base, readable }: CountOptions,
  issues: IssueLog,
): Promise<CountResult['stated']> {
  if (typeof path !== 'string') return [];
  const absolute = resolve(base ?? '.', path);
  if (readable && (await reachOf(absolute, readable)).kind !== 'inside') return [];
  const isFolder = await stat(absolute).then(
    found => found.isDirectory(),
    () => false,
  );
  return readStatedSizes({ path: absolute, isFolder }, { readable, issues });
}

interface Attempt {
  readonly counted: DatasetCount;
  /** Whether no part could be counted. */
  readonly failed: boolean;
}

async function countRawDataset(
  source: RawDataset,
  options: CountOptions,
  issues: IssueLog,
): Promise<Attempt> {
  const { signal } = options;
  const splits: Record<string, number> = {};
  let examples = 0;
  let done = 0;
  for (const { split, table } of source.parts) {
    throwIfAborted(signal);
    try {
      const count = await table.count({ issues, signal });
      examples += count;
      if (split !== undefined) splits[split] = (splits[split] ?? 0) + count;
      done++;
    } catch (error) {
      if (!isDataError(error)) throw error;
      issues.addError(error);
    }
  }
  if (done > 0 && examples === 0) issues.add('warning', 'empty', noExamples(source.path), source.path);
  const tally = done === 0 ? {} : await countLabels(source, options, { issues, signal });
  const size = await countUnits(source, examples, options.unit ?? 'examples', { issues, signal });
  return {
    failed: done === 0 || size === undefined,
    counted: {
      ...(size ?? { value: 0, unit: 'examples' }),
      from: size?.from ?? source.parts[0]?.table.from ?? '',
      ...(Object.keys(splits).length > 0 && { splits }),
      ...tally,
    },
  };
}
