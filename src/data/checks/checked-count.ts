import { type CountOptions, countDataset } from '../counting/count-dataset';
import type { DatasetRequest } from '../dataset/dataset-request';
import { type CountResult, type DataIssue, isDataError } from '../issues';
import { checkDataset } from './check-dataset';

/** Examples that are checked of a larger dataset. */
const MOST_CHECKED = 20_000;
/** Seconds for it. */
const SECONDS = 5;
/** With fewer examples in all, every class is rare, as in a sample that somebody tries things with. */
const ENOUGH_FOR_RARE = 100;

/** What only data that is divided already can have: other splits are made anew for each run. */
const BETWEEN_SPLITS: ReadonlySet<DataIssue['code']> = new Set([
  'split-overlap',
  'near-duplicates',
  'split-shift',
  'unknown-class',
  'suspected-groups',
]);

/**
 * Counts a dataset and, where that goes well, looks for what would waste a run on it, for a short time.
 *
 * @param request which columns are labels, groups and inputs
 */
export async function countAndCheck(
  path: string | readonly string[],
  counting: CountOptions,
  request: DatasetRequest,
): Promise<CountResult> {
  const result = await countDataset(path, counting);
  const { counted, issues } = result;
  if (!counted || issues.some(({ severity }) => severity === 'error')) return result;
  const known = new Set(issues.map(({ code }) => code));
  const found = (await checked(path, request, counting)).filter(
    ({ code, severity }) =>
      severity !== 'information' &&
      !known.has(code) &&
      (counted.splits !== undefined || !BETWEEN_SPLITS.has(code)) &&
      (code !== 'few-examples' || counted.value >= ENOUGH_FOR_RARE),
  );
  return { ...result, issues: [...issues, ...found] };
}

async function checked(
  path: string | readonly string[],
  request: DatasetRequest,
  { signal }: CountOptions,
): Promise<readonly DataIssue[]> {
  try {
    const limited = { ...request, limit: MOST_CHECKED };
    return await checkDataset(path, limited, { seconds: SECONDS, ...(signal ? { signal } : {}) });
  } catch (error) {
    // A label that is not there is an error where it is needed.
    if (isDataError(error)) return [];
    throw error;
  }
}
