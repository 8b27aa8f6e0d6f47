import { isUserError } from '../common/errors';
import { UserError } from '../common/errors';

/** What sizes are counted in. Only like units compare; hours, minutes and seconds are one kind. */
export type CountUnit =
  'examples' | 'hours' | 'minutes' | 'seconds' | 'tokens' | 'words' | 'characters' | 'sentences';

export type IssueSeverity = 'error' | 'warning' | 'information';

/** What is wrong with the data: what, how often, and the first places (file, row or byte offset) it was seen at. */
export interface DataIssue {
  readonly code: IssueCode;
  readonly severity: IssueSeverity;
  readonly message: string;
  readonly count?: number;
  readonly where?: readonly string[];
}

export type IssueCode =
  // the path
  | 'not-found'
  | 'no-permission'
  | 'outside-root'
  | 'link-loop'
  | 'too-many-files'
  | 'unknown-format'
  | 'mixed-formats'
  | 'empty'
  // the bytes
  | 'truncated'
  | 'corrupt'
  | 'not-text'
  | 'too-large'
  | 'compression-bomb'
  | 'changed-while-read'
  | 'unsupported'
  | 'unreadable-file'
  // the table
  | 'no-header'
  | 'uneven-rows'
  | 'unclosed-quote'
  | 'bad-row'
  | 'unknown-table'
  | 'unknown-column'
  | 'unit-not-countable'
  | 'missing-labels'
  | 'unknown-class'
  | 'missing-file'
  | 'bad-card'
  // the checks
  | 'split-overlap'
  | 'near-duplicates'
  | 'few-examples'
  | 'constant-column'
  | 'duplicate-column'
  | 'leaking-column'
  | 'split-shift'
  | 'group-in-two-splits'
  | 'inputs-differ';

export interface DatasetCount {
  readonly value: number;
  readonly unit: CountUnit;
  /** Where the number came from, in words: "Parquet footer", "directory entries", … */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
  /** Examples per class of the label; `label:class` where several labels were asked for. */
  readonly classes?: Readonly<Record<string, number>>;
  /** Examples that carry each label; the rest are missing it. */
  readonly labels?: Readonly<Record<string, number>>;
}

/** A size that a file next to the data states. */
export interface StatedSize {
  readonly value: number;
  readonly unit: CountUnit;
  /** The file that states it. */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
}

export interface CountResult {
  /** Absent where nothing could be counted; an error among the issues says why. */
  readonly counted?: DatasetCount;
  readonly stated: readonly StatedSize[];
  readonly issues: readonly DataIssue[];
}

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
      add('error', error.code, error.message, placeOf(error));
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
