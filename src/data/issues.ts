import { isUserError } from '../common/errors';
import { moreProblems } from '../messages/data-access-messages';
import { UserError } from '../common/errors';
import type { DataIssue, IssueCode, IssueSeverity } from '../protocol/counting';

export type {
  CountResult,
  CountUnit,
  DataIssue,
  DatasetCount,
  IssueCode,
  IssueSeverity,
  StatedSize,
} from '../protocol/counting';

/** Data that cannot be used, with a message for its owner: what is wrong, where, and what helps. */
export type DataError = UserError<'data', IssueCode>;

/** @param place the file, with a row or byte offset where one is known */
export function dataError(code: IssueCode, message: string, place: string): DataError {
  return new UserError('data', code, message, { location: { file: place } });
}

export function isDataError(error: unknown): error is DataError {
  return isUserError(error, 'data');
}

/** The file that an error is about, with a row or byte offset where one is known; empty if unknown. */
export function placeOf({ location }: DataError): string {
  return location?.file ?? '';
}

export function errorIssue(error: DataError): DataIssue {
  return { code: error.code, severity: 'error', message: error.message, count: 1, where: [placeOf(error)] };
}

/** How many places an issue names; its count goes on. */
const PLACES = 10;
/** How many issues are kept apart: a folder may hold a million files, each with its own. */
const MAX_ISSUES = 1000;

interface OpenIssue {
  readonly severity: IssueSeverity;
  readonly message: string;
  count: number;
  readonly where: string[];
}

/** Gathers issues: those of one code and message are one issue with a count and its first places. */
export interface IssueLog {
  add(severity: IssueSeverity, code: IssueCode, message: string, where?: string, count?: number): void;
  addError(error: DataError): void;
  list(): DataIssue[];
}

export function createIssueLog(): IssueLog {
  const open = new Map<string, OpenIssue & { readonly code: IssueCode }>();
  let more = 0;
  const add: IssueLog['add'] = (severity, code, message, where, count = 1) => {
    const key = `${code}\n${message}`;
    if (open.size >= MAX_ISSUES && !open.has(key)) {
      more += count;
      return;
    }
    const issue = open.get(key) ?? { code, severity, message, count: 0, where: [] };
    open.set(key, issue);
    issue.count += count;
    if (where !== undefined && issue.where.length < PLACES) issue.where.push(where);
  };
  return {
    add,
    addError: error => {
      add('error', error.code, error.message, placeOf(error));
    },
    list: () => [
      ...[...open.values()].map(({ code, severity, message, count, where }) => ({
        code,
        severity,
        message,
        count,
        ...(where.length > 0 && { where }),
      })),
      ...(more > 0
        ? [{ code: 'too-many-files', severity: 'warning', message: moreProblems(), count: more } as const]
        : []),
    ],
  };
}

/** Adds an issue that was found `count` times, with its first places. */
export function addTogether(
  issues: IssueLog,
  issue: Pick<DataIssue, 'severity' | 'code' | 'message'>,
  places: readonly string[],
  count: number,
): void {
  const { severity, code, message } = issue;
  const named = places.slice(0, PLACES);
  named.forEach((place, i) => {
    issues.add(severity, code, message, place, i === named.length - 1 ? count - i : 1);
  });
}
