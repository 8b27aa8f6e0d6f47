import type { DataError } from './errors';
import type { DataIssue, IssueCode, IssueSeverity } from './types';

/** How many places an issue names; its count goes on. */
const PLACES = 10;

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
  const add: IssueLog['add'] = (severity, code, message, where, count = 1) => {
    const key = `${code}\n${message}`;
    const issue = open.get(key) ?? { code, severity, message, count: 0, where: [] };
    open.set(key, issue);
    issue.count += count;
    if (where !== undefined && issue.where.length < PLACES) issue.where.push(where);
  };
  return {
    add,
    addError: error => {
      add('error', error.code, error.message, error.where);
    },
    list: () =>
      [...open.values()].map(({ code, severity, message, count, where }) => ({
        code,
        severity,
        message,
        count,
        ...(where.length > 0 && { where }),
      })),
  };
}
