import { StringDecoder } from 'node:string_decoder';

/** A line of output; `isWhole` says whether it was kept as it came. */
export interface OutputLine {
  readonly text: string;
  readonly isWhole: boolean;
}

export interface LineLimits {
  /** Characters that are kept of a line. */
  readonly plain: number;
  /** The same of a line that begins with `{`: it may be a report with many predictions. */
  readonly json: number;
}

export const LINE_LIMITS: LineLimits = { plain: 16_384, json: 64 * 2 ** 20 };

/** Divides what a program writes into lines, of which each has a limit: a program may write without end, or without line breaks. */
export interface LineReader {
  readonly write: (bytes: Buffer) => void;
  /** Hands on what is left behind the last line break. */
  readonly end: () => void;
}

export function readLines(onLine: (line: OutputLine) => void, limits: LineLimits = LINE_LIMITS): LineReader {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  let limit = 0;
  let isWhole = true;
  const add = (text: string): void => {
    if (text === '') return;
    if (length === 0) limit = text.startsWith('{') ? limits.json : limits.plain;
    const room = limit - length;
    if (text.length > room) isWhole = false;
    if (room <= 0) return;
    const kept = text.slice(0, room);
    parts.push(kept);
    length += kept.length;
  };
  const finish = (): void => {
    const text = parts.join('');
    // Windows ends its lines with both.
    onLine({ text: text.endsWith('\r') ? text.slice(0, -1) : text, isWhole });
    [parts, length, isWhole] = [[], 0, true];
  };
  const take = (text: string): void => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      add(text.slice(from, end));
      finish();
      from = end + 1;
    }
    add(text.slice(from));
  };
  return {
    write(bytes) {
      take(decoder.write(bytes));
    },
    end() {
      take(decoder.end());
      if (length > 0) finish();
    },
  };
}
