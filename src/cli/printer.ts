import { randomInt } from 'node:crypto';
import pc from 'picocolors';
import { shortened, visibleLine, visibleText } from '../common/visible-text';

/** A stream that text is written to. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  /** The width of the terminal, in cells. */
  readonly columns?: number;
}

/**
 * Where commands write. What they write names files, classes and programs of a repository, so that a terminal must obey
 * none of it: controls, invisible characters and turns of direction are written out (`\u001b`), and a line break in a
 * name begins no line of its own. The colours are those of {@link coloursOf} only.
 */
export interface Printer {
  readonly isTTY: boolean;
  readonly columns?: number;
  /** One line; what follows a line break in it is indented. */
  readonly line: (text: string) => void;
  readonly lines: (texts: readonly string[]) => void;
  /** A value as JSON for other programs. */
  readonly json: (value: unknown) => void;
  /** Draws over the line of the cursor, which a terminal keeps until something else is written there. */
  readonly redraw: (text: string) => void;
}

/** Under what follows a line break in a line. */
const CONTINUED = '\n    ';
/** A line of an error that is longer is cut in its middle: it repeats what it was given. */
const LONGEST_ERROR = 4000;

/** @param longest in characters; longer lines are cut in their middle */
function createPrinter(output: Output, longest: number): Printer {
  const { isTTY = false, columns } = output;
  const line = (text: string): void => {
    const shown = text.length <= longest ? text : shortened(withoutColours(text), longest);
    output.write(`${printed(shown.trimEnd().replace(/\r?\n/g, CONTINUED), visibleText)}\n`);
  };
  return {
    isTTY,
    ...(columns === undefined ? {} : { columns }),
    line,
    lines(texts) {
      if (texts.length > 0) output.write(texts.map(text => `${printed(text, visibleLine)}\n`).join(''));
    },
    json(value) {
      output.write(`${visibleText(JSON.stringify(value, undefined, 2))}\n`);
    },
    redraw(text) {
      output.write(`\r\u001b[K${printed(text, visibleLine)}`);
    },
  };
}

/** Standard output: results. */
export function resultPrinter(output: Output): Printer {
  return createPrinter(output, Infinity);
}

/** Standard error: what happens, and what is wrong. */
export function messagePrinter(output: Output): Printer {
  return createPrinter(output, LONGEST_ERROR);
}

const COLOURS = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

/** Text in a colour or weight, for a {@link Printer} to write. */
export type Colors = Readonly<Record<(typeof COLOURS)[number], (text: string) => string>>;

/**
 * A number that this process alone knows, in every escape sequence of its own: what a repository holds cannot have it.
 * In parameters of a length that those who measure texts take for a sequence.
 */
const SEAL = Array.from({ length: 10 }, () => String(randomInt(10_000)).padStart(4, '0')).join(';');
const SEALED = new RegExp(`\\u001b\\[(\\d+);${SEAL}m`, 'g');

export function coloursOf(isColoured: boolean): Colors {
  const plain = pc.createColors(isColoured);
  const seal = (text: string): string => text.replace(/m$/, `;${SEAL}m`);
  const sealed = (name: (typeof COLOURS)[number]) => {
    const [open = '', close = ''] = plain[name]('|').split('|').map(seal);
    return [name, (text: string): string => `${open}${text}${close}`] as const;
  };
  return Object.fromEntries(COLOURS.map(sealed)) as Colors;
}

/** The text in one line of a table, its own colours kept. */
export function printableLine(text: string): string {
  return eachPart(text, visibleLine, code => `\u001b[${code};${SEAL}m`);
}

function printed(text: string, visible: (text: string) => string): string {
  return eachPart(text, visible, code => `\u001b[${code}m`);
}

function withoutColours(text: string): string {
  return text.replace(SEALED, '');
}

function eachPart(text: string, visible: (text: string) => string, colour: (code: string) => string): string {
  return text
    .split(SEALED)
    .map((part, i) => (i % 2 === 0 ? visible(part) : colour(part)))
    .join('');
}
