/** Which part of the product an error comes from; it says what the error's codes are. */
export type ErrorKind =
  'agent-tool' | 'data' | 'engine' | 'file' | 'plan' | 'program' | 'run' | 'training' | 'trust' | 'usage';

/** What an error is about. */
export interface ErrorLocation {
  /** As messages call it; of data with the row or byte offset, where one is known. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}

export interface ErrorDetails extends ErrorOptions {
  readonly location?: ErrorLocation;
  /** What to do instead, as a sentence of its own. */
  readonly hint?: string;
}

/**
 * An error that its reader can mend: the message says what is wrong and what helps, and is shown without a stack.
 * Anything else that is thrown is a defect of this program. Programs tell such errors apart by `kind` and `code`, not
 * by class: they may come from another process, or from a copy of this file in the browser.
 */
export class UserError<K extends ErrorKind = ErrorKind, C extends string = string> extends Error {
  override readonly name: string = 'UserError';
  readonly location: ErrorLocation | undefined;
  readonly hint: string | undefined;

  constructor(
    readonly kind: K,
    readonly code: C,
    message: string,
    { location, hint, ...options }: ErrorDetails = {},
  ) {
    super(message, options);
    this.location = location;
    this.hint = hint;
  }
}

/** Whether an error is one for users, and of this kind where one is given. */
export function isUserError<K extends ErrorKind>(error: unknown, kind?: K): error is UserError<K> {
  return (
    error instanceof Error &&
    error.name === 'UserError' &&
    'kind' in error &&
    (kind === undefined || error.kind === kind)
  );
}

/** What an error says; of anything else that was thrown, its text. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first line of what an error says: libraries append their own traces. */
export function errorSummary(error: unknown): string {
  const [summary = ''] = errorMessage(error).split('\n', 1);
  return summary;
}

/** Where an error was made, for logs. */
export function errorStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The code that an error carries: its own, or the system's of a failed operation (`ENOENT`, `EACCES`, …). */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
