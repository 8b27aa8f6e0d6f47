import type { FewTestExamples } from '../../messages/few-test-examples';
import { createIssueLog } from '../issues';
import type { LabelEncoding } from '../preprocessing/preprocessing';
import { DEFAULT_LIMIT, type DatasetRequest, openOptions } from './dataset-request';
import { type UndividedRow, keptRows } from './kept-rows';
import { openRawDataset } from './open-raw-dataset';
import { timesOf } from './split-plan';

/** Fewer groups than this cannot be divided into shares that are near those asked for. */
const FEW_GROUPS = 10;
/** A class of fewer examples cannot be in each split. */
const EACH_SPLIT = 3;

/**
 * Looks into the data for the reason why its test split is small or empty; `undefined` where the data itself says what is
 * tested on.
 *
 * @throws DataError where it cannot be opened
 */
export async function whyFewTestExamples(
  path: string | readonly string[],
  request: DatasetRequest,
  { column, kind }: Pick<LabelEncoding, 'column' | 'kind'>,
  signal?: AbortSignal,
): Promise<FewTestExamples | undefined> {
  const { group, time, splitColumn, limit = DEFAULT_LIMIT } = request;
  const issues = createIssueLog();
  const source = await openRawDataset(path, openOptions(request, signal ? { signal } : {}, issues));
  if (splitColumn !== undefined || source.parts.some(({ split }) => split === 'test')) return undefined;
  const groups = new Set<string>();
  const classes = new Set<string>();
  const times: { readonly texts: (string | undefined)[]; readonly numbers: number[] } = {
    texts: [],
    numbers: [],
  };
  let labelled = 0;
  const columns = [column, ...(time === undefined ? [] : [time])];
  for await (const row of keptRows(source, request, { issues, signal, keep: 1, columns })) {
    if (row.group !== undefined) groups.add(row.group);
    if (time !== undefined) {
      times.texts.push(textOf(row, time));
      times.numbers.push(numberOf(row, time));
    }
    const label = textOf(row, column);
    if (label === undefined) continue;
    classes.add(label);
    if (++labelled >= limit) break;
  }
  const isDated = time === undefined || timesOf(time, times.texts, times.numbers).some(Number.isFinite);
  if (!isDated) return { kind: 'no-times', column: time };
  if (group !== undefined && groups.size > 0 && groups.size < FEW_GROUPS)
    return { kind: 'few-groups', column: group, groups: groups.size };
  if (kind === 'class' && time === undefined && labelled < EACH_SPLIT * classes.size)
    return { kind: 'rare-classes', classes: classes.size, examples: labelled };
  return { kind: 'few-examples', examples: labelled };
}

function textOf({ block, row, place }: UndividedRow, column: string): string | undefined {
  const at = place(column);
  return at === undefined ? undefined : block.text(row, at);
}

function numberOf({ block, row, place }: UndividedRow, column: string): number {
  const at = place(column);
  return at === undefined ? NaN : block.number(row, at);
}
