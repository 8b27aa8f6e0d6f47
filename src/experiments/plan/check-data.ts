import { dirname, sep } from 'node:path';
import { type DataIssue, checkDataset } from '../../data';
import { issueText } from '../../messages/data-check-messages';
import { isUserError } from '../../common/errors';
import type { DataSpec } from '../../protocol/job-files';
import type { Doubt } from '../../protocol/pilot-report';
import { visibleLine } from '../../common/visible-text';

/** What the checks of a run's data have found. */
export interface CheckedData {
  /** What a user should know, as sentences. */
  readonly warnings: readonly string[];
  /** Why a verdict on this data would be worth little. */
  readonly doubts: readonly Doubt[];
}

export interface CheckOptions {
  readonly cache: string;
  readonly signal?: AbortSignal;
  /** The names of the target's own datasets, and its task. */
  readonly own: ReadonlySet<string>;
  /** The target's test examples. */
  readonly tested: number;
}

/** Seconds for the checks of one dataset: a pilot is to begin soon. */
const SECONDS = 10;

/** Findings that the plan or the report states in its own words, or that are no trouble. */
const SAID_ELSEWHERE: ReadonlySet<DataIssue['code']> = new Set([
  'missing-labels',
  'constant-column',
  'duplicate-column',
  'few-examples',
]);

/** In tables of few values some rows are equal by chance; from this share of the test examples on it is no detail. */
const FEW_SHARED = 0.05;

/** Findings in the target's data that make a verdict worth little. */
function doubtOf({ code, count = 1 }: DataIssue, tested: number): Doubt['code'] | undefined {
  switch (code) {
    case 'split-overlap':
      return count > FEW_SHARED * tested ? code : undefined;
    case 'leaking-column':
    case 'group-in-two-splits':
    case 'suspected-groups':
      return code;
    default:
      return undefined;
  }
}

/**
 * Checks the data of a run, each dataset once and for a limited time; what was found in the same data before is kept beside
 * what was decoded of it.
 */
export async function checkData(specs: readonly DataSpec[], options: CheckOptions): Promise<CheckedData> {
  const { cache, own, tested, signal } = options;
  const warnings: string[] = [];
  const doubts: Doubt[] = [];
  for (const { name, path, request } of specs) {
    const issues = await issuesOf(path, request, { cache, seconds: SECONDS, ...(signal ? { signal } : {}) });
    for (const issue of issues) {
      if (SAID_ELSEWHERE.has(issue.code)) continue;
      const text = visibleLine(besideAnnotation(issueText(issue), path));
      const doubt = own.has(name) ? doubtOf(issue, tested) : undefined;
      if (doubt === undefined) warnings.push(text);
      else doubts.push({ code: doubt, message: text });
    }
  }
  return { warnings, doubts };
}

/** Without the folders that the data lies in, which differ on another machine. */
function besideAnnotation(text: string, path: string | readonly string[]): string {
  const folders = [path].flat().map(each => dirname(each) + sep);
  return folders.reduce((shorter, folder) => shorter.replaceAll(folder, ''), text);
}

/** Data that cannot be read is an error where it is needed. */
async function issuesOf(...asked: Parameters<typeof checkDataset>): Promise<readonly DataIssue[]> {
  try {
    return await checkDataset(...asked);
  } catch (error) {
    if (isUserError(error, 'data')) return [];
    throw error;
  }
}
