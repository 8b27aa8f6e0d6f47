import path from 'node:path';
import stringWidth from 'string-width';
import { type Colors, type Output, type Printer, coloursOf, printableLine } from './printer';

/** The process that the program runs in. */
export interface Surroundings {
  /** Aborts with Ctrl-C from the first time it is asked for; a second Ctrl-C ends the process. */
  readonly interruption?: () => AbortSignal;
  /** Asks the user on the terminal; absent where nobody sits there. Resolves to nothing where the input ends. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** All that a command has to do with the world around it, besides the files it is given. */
export interface Io extends Omit<Surroundings, 'stdout' | 'stderr'> {
  readonly stdout: Printer;
  readonly stderr: Printer;
}

/** A path as the user would write it: relative to where they are. */
export function displayPath(file: string, { cwd }: Pick<Io, 'cwd'>): string {
  return path.relative(cwd, file) || '.';
}

/** How to write to a stream: with which colours, and how wide. */
export interface Style {
  readonly colors: Colors;
  /** In cells; endless where nobody looks at it. */
  readonly width: number;
}

const NARROWEST = 40;

/** Colours and the width of a terminal; neither for a file or a pipe. `NO_COLOR` and `FORCE_COLOR` decide otherwise. */
export function styleOf(output: Pick<Printer, 'isTTY' | 'columns'>, env: Io['env']): Style {
  const terminal = output.isTTY;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const colored = !env['NO_COLOR'] && (forced || (terminal && env['TERM'] !== 'dumb'));
  return {
    colors: coloursOf(colored),
    width: terminal ? Math.max(output.columns ?? 80, NARROWEST) : Infinity,
  };
}

/** Breaks a text between words so that no line is wider than `width` cells; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of printableLine(text).split(' ')) {
    const cells = stringWidth(word);
    if (line !== '' && used + 1 + cells > width) {
      lines.push(line);
      line = word;
      used = cells;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used = stringWidth(line);
    }
  }
  return [...lines, line];
}

/** A message with its files named as the user would, from the current folder. */
export function relativeTo(text: string, cwd: string): string {
  return text.replaceAll(`${cwd}${path.sep}`, '');
}

/** The text in lines of at most `width` cells, the first after `lead`, the others below its end. */
export function hangingLines(lead: string, text: string, width: number): string[] {
  const indent = stringWidth(lead);
  return wrap(text, width - indent).map((line, i) => (i === 0 ? lead : ' '.repeat(indent)) + line);
}

const GAP = '  ';
const NARROWEST_COLUMN = 12;

/** How wide each column is, so that all rows fit `width`: the widest gives way first. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const count = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(...rows.map(row => stringWidth(printableLine(row[i] ?? '')))),
  );
  const gaps = GAP.length * (count - 1);
  for (let excess = sum(widths) + gaps - width; excess > 0; excess = sum(widths) + gaps - width) {
    const widest = widths.indexOf(Math.max(...widths));
    const cells = widths[widest] ?? 0;
    if (cells <= NARROWEST_COLUMN) break;
    widths[widest] = Math.max(NARROWEST_COLUMN, cells - excess);
  }
  return widths;
}

/** One row in columns of these widths; cells that are too long continue on the next line. */
export function rowLines(
  row: readonly string[],
  widths: readonly number[],
  style: (cell: string, column: number) => string = cell => cell,
): string[] {
  const cells = widths.map((width, i) => wrap(row[i] ?? '', width));
  const height = Math.max(0, ...cells.map(lines => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => {
        const cell = lines[line] ?? '';
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)));
        return cell === '' ? padding : style(cell, column) + padding;
      })
      .join(GAP)
      .trimEnd(),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
