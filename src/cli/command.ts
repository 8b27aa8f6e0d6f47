import type { Io } from './io';

/** `boolean`: a switch; `string`: takes a value. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** What stands for the value in help texts: `NAME`. */
  readonly value?: string;
  /** The values there are, where they can be listed. */
  readonly choices?: readonly string[];
  readonly summary: () => string;
}

export type Options = Readonly<Record<string, OptionSpec>>;

/** What was given to a command. */
export interface Given {
  readonly paths: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** Exit statuses: done; a finding that stops the job; wrong usage. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;
/** Nothing was decided, and it may be tried again: `EX_TEMPFAIL` of sysexits.h. */
export const TRY_AGAIN = 75;

export interface Command {
  readonly name: string;
  /** What stands behind the name: `PATH…`. */
  readonly operands: string;
  readonly summary: () => string;
  /** Paragraphs of its own help. */
  readonly description: () => readonly string[];
  readonly options: Options;
  /** What is meant where no path is given; otherwise one is asked for. */
  readonly defaultPath?: string;
  /** Returns the exit status. */
  readonly run: (given: Given, io: Io) => Promise<number>;
}
