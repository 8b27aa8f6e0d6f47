import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { linesLeftOut } from '../../messages/run-messages';

export interface LogLimits {
  /** Bytes of the beginning that are kept, and of the end. */
  readonly head: number;
  readonly tail: number;
}

export const LOG_LIMITS: LogLimits = { head: 4 * 2 ** 20, tail: 2 ** 20 };

/** Milliseconds between two times that the end is written, once the beginning is full. */
const BETWEEN = 1000;

/** A log that keeps its beginning and its end, however much is written to it. */
export interface BoundedLog {
  readonly add: (line: string) => void;
  readonly close: () => void;
}

/**
 * Writes to a file that is made anew; a log that cannot be written is no reason to lose a trial. Between beginning and
 * end stands how much is left out.
 */
export function openLog(file: string, { head, tail }: LogLimits = LOG_LIMITS): BoundedLog {
  let descriptor = openForWriting(file);
  let written = 0;
  let isFull = false;
  /** The latest lines behind the beginning, and their bytes. */
  let last: Buffer[] = [];
  let bytes = 0;
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  const attempt = (write: (open: number) => void): void => {
    if (descriptor === undefined) return;
    try {
      write(descriptor);
    } catch {
      closeSync(descriptor);
      descriptor = undefined;
    }
  };
  const trim = (): void => {
    let first = 0;
    for (; bytes > tail && first < last.length - 1; first++) bytes -= last[first]?.length ?? 0;
    leftOut += first;
    last = last.slice(first);
  };
  const writeEnd = (): void => {
    timer = undefined;
    trim();
    const gap = leftOut === 0 ? '' : `\n… ${linesLeftOut(leftOut)} …\n\n`;
    const content = Buffer.concat([Buffer.from(gap), ...last]);
    attempt(open => {
      writeSync(open, content, 0, content.length, written);
      ftruncateSync(open, written + content.length);
    });
  };
  return {
    add(line) {
      const content = Buffer.from(`${line}\n`);
      isFull ||= written + content.length > head;
      if (!isFull) {
        attempt(open => {
          writeSync(open, content, 0, content.length, written);
        });
        written += content.length;
        return;
      }
      last.push(content);
      bytes += content.length;
      // Not line by line: each time moves all that are kept.
      if (bytes > 2 * tail) trim();
      timer ??= setTimeout(writeEnd, BETWEEN);
    },
    close() {
      clearTimeout(timer);
      if (isFull) writeEnd();
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** A link in the place of the log is not followed: the folder may have been written by others. */
function openForWriting(file: string): number | undefined {
  const { O_CREAT, O_TRUNC, O_WRONLY } = constants;
  // Windows has none.
  const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  try {
    return openSync(file, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o666);
  } catch {
    return undefined;
  }
}
