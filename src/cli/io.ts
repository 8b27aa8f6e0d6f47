import path from 'node:path';

/** A stream that text is written to. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  /** The width of the terminal, in cells. */
  readonly columns?: number;
}

/** All that a command has to do with the world around it, besides the files it is given. */
export interface Io {
  /** Aborts with Ctrl-C from the first time it is asked for; a second Ctrl-C ends the process. */
  readonly interruption?: () => AbortSignal;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A path as the user would write it: relative to where they are. */
export function displayPath(file: string, { cwd }: Pick<Io, 'cwd'>): string {
  return path.relative(cwd, file) || '.';
}
