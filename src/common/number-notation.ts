import { entryOf } from './named-entries';

const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*)(\.\d+)?(?:[eE]([+-]?\d{1,3})|([kKmMbBtT]))?$/;
const EXPONENTS: Readonly<Record<string, number>> = { k: 3, m: 6, b: 9, t: 12 };
/** More than any dataset or network has; beyond it a number is a slip of the keyboard. */
export const LARGEST_NUMBER = 1e15;

/** Reads `5000`, `5_000`, `5,000`, `5k`, `1.2M`, `3B`, `15T`, `1.28e6`, `0.5`; `undefined` for anything else. */
export function parseNumber(text: string): number | undefined {
  return scaled(text, 0);
}

/** The number times a power of ten. */
function scaled(text: string, shift: number): number | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, whole = '', fraction = '', exponent, suffix] = match;
  const power =
    suffix === undefined ? Number(exponent ?? 0) : (entryOf(EXPONENTS, suffix.toLowerCase()) ?? 0);
  // Through the decimal text, not by multiplying: 1.1 * 1000 is 1100.0000000000002.
  const value = Number(`${whole.replace(/[,_]/g, '')}${fraction}e${power + shift}`);
  return value <= LARGEST_NUMBER ? value : undefined;
}

/** The shortest usual way to write a number such that `parseNumber` reads the same value: `1.2M`, `5k`, `2975`. */
export function printNumber(value: number): string {
  for (const [suffix, power] of [
    ['T', 12],
    ['B', 9],
    ['M', 6],
    ['k', 3],
  ] as const) {
    if (value < 10 ** power) continue;
    const short = `${Number((value / 10 ** power).toPrecision(4))}${suffix}`;
    if (parseNumber(short) === value) return short;
  }
  return String(value);
}

/** A share between 0 and 1: `60%`, `0.6`, `1`. */
export function parseShare(text: string): number | undefined {
  const share = text.endsWith('%') ? scaled(text.slice(0, -1), -2) : scaled(text, 0);
  return share !== undefined && share <= 1 ? share : undefined;
}

export function printShare(share: number): string {
  const percent = `${Number((share * 100).toPrecision(12))}%`;
  return parseShare(percent) === share ? percent : String(share);
}

// Made once: to make one takes longer than to format a hundred numbers.
let exact: Intl.NumberFormat | undefined;

/** Every digit of a count, at most three of a fraction: 36,512. */
export function formatExactCount(count: number): string {
  exact ??= new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
  return exact.format(count);
}
