import type { DataIssue, IssueCode } from './types';

/** Data that cannot be used, with a message for its owner: what is wrong, where, and what helps. */
export class DataError extends Error {
  override readonly name = 'DataError';
  constructor(
    readonly code: IssueCode,
    message: string,
    /** The file, with a row or byte offset where one is known. */
    readonly where: string,
  ) {
    super(message);
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The error of a stopped job: its `name` is `AbortError`, as everywhere in Node. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DOMException('The operation was aborted', 'AbortError');
}

/** The system's code of a failed file operation (`ENOENT`, `EACCES`, …). */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function errorIssue(error: DataError): DataIssue {
  return { code: error.code, severity: 'error', message: error.message, count: 1, where: [error.where] };
}
