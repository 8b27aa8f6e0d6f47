import type { Amount } from '../../protocol/preprocessing';
import { type Moments, addValue, createMoments, mergeMoments } from './moments';

// Numbers as people write them: `$1,234.50`, `45 %`, `1.234,5 €`, `3.2M`, `(120)`, `12 kg`, `10,000+`.

/** Longer cells are no numbers. */
const LONGEST = 40;

export const CURRENCY_CODES =
  'USD|EUR|GBP|JPY|CNY|RMB|INR|KRW|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL|MXN|ZAR|SGD|HKD|TWD|THB|IDR|VND|Rs';
/** An opening parenthesis, a sign, a currency, a sign. */
const START = new RegExp(String.raw`^(\()?([+\-−])?((?:[A-Z]{1,3})?\p{Sc}|${CURRENCY_CODES})?([+\-−])?`, 'u');
const DIGITS = /^[\d.,'’ ]+/;
const UNIT = /^[\p{Sc}%‰°\p{L}][\p{L}\p{M}\p{Sc}%‰°²³/·^\d.-]{0,15}$/u;
const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['B', 1e9],
  ['bn', 1e9],
]);

/** Groups of three digits, or digits without groups, and decimals. */
const GROUPED = {
  '.': /^(?:\d{1,3}(?:[,'’ ]\d{3})+|\d+)?(?:\.\d*)?$/,
  ',': /^(?:\d{1,3}(?:[.'’ ]\d{3})+|\d+)?(?:,\d*)?$/,
} as const;

interface WrittenAmount {
  readonly value: number;
  /** What stands beside the number, in one spelling: `$`, `%`, `kg`; empty where nothing does. */
  readonly unit: string;
}

/**
 * Reads a number with its unit, thousands separators, sign or scale; `undefined` for what is none, such as two numbers.
 * A number in parentheses is negative, as in accounts.
 */
export function readAmount(text: string, decimal: Amount['decimal']): WrittenAmount | undefined {
  if (text.length > LONGEST) return undefined;
  const tight = text
    .trim()
    .replaceAll(/\s/g, ' ')
    .replaceAll(/(?<!\d) | (?!\d)/g, '');
  const [start = '', open, before, currency = '', after] = START.exec(tight) ?? [];
  const isClosed = tight.endsWith(')');
  if ((open === undefined) === isClosed || (before !== undefined && after !== undefined)) return undefined;
  const rest = tight.slice(start.length, isClosed ? -1 : undefined);
  const [digits = ''] = DIGITS.exec(rest) ?? [];
  if (!/\d/.test(digits) || !GROUPED[decimal].test(digits)) return undefined;
  const behind = rest.slice(digits.length).replace(/\+$/, '');
  const scale = SCALES.get(behind);
  const unit = scale === undefined ? behind : '';
  if (unit !== '' && (currency !== '' || !UNIT.test(unit))) return undefined;
  const plain = digits.replaceAll(decimal === '.' ? /[^\d.]/g : /[^\d,]/g, '').replace(',', '.');
  const isNegative = open !== undefined || (before ?? after ?? '+') !== '+';
  return { value: (isNegative ? -1 : 1) * Number(plain) * (scale ?? 1), unit: oneSpelling(currency || unit) };
}

/** `Years`, `years.` and `year` are one unit, whatever the number before them. */
function oneSpelling(unit: string): string {
  if (unit.length < 2) return unit;
  const lower = unit.toLowerCase().replace(/\.$/, '');
  return lower.length > 2 ? lower.replace(/s$/, '') : lower;
}

/** The number of a cell in the unit that training has; `NaN` for another unit, or for no number. */
export function amountValue(text: string, { unit, decimal }: Amount): number {
  const read = readAmount(text, decimal);
  return read && (read.unit === unit || read.unit === '') ? read.value : NaN;
}

export interface AmountFitter {
  observe(text: string): void;
  /** The commonest unit, how its cells are read, and their numbers; `undefined` where no cell is an amount. */
  finish(): { readonly amount: Amount; readonly moments: Moments } | undefined;
}

/** Different units of a column that are counted. */
const MOST_UNITS = 20;

/** Gathers the cells of a column that are no plain numbers. */
export function fitAmounts(): AmountFitter {
  const units = { '.': new Map<string, Moments>(), ',': new Map<string, Moments>() };
  const add = (decimal: Amount['decimal'], text: string): void => {
    const read = readAmount(text, decimal);
    const known = units[decimal];
    if (!read || (!known.has(read.unit) && known.size >= MOST_UNITS)) return;
    const moments = known.get(read.unit) ?? createMoments();
    known.set(read.unit, moments);
    addValue(moments, read.value);
  };
  return {
    observe(text) {
      add('.', text);
      add(',', text);
    },
    finish() {
      const [point, comma] = [commonest(units['.']), commonest(units[','])];
      // `1,234` is read either way: as thousands, unless other cells of the column say that it is not.
      const decimal = comma.moments.count > point.moments.count ? ',' : '.';
      const { unit, moments } = decimal === ',' ? comma : point;
      return moments.count === 0 ? undefined : { amount: { unit, decimal }, moments };
    },
  };
}

function commonest(units: ReadonlyMap<string, Moments>): {
  readonly unit: string;
  readonly moments: Moments;
} {
  const bare = units.get('') ?? createMoments();
  const [unit, moments] = [...units]
    .filter(([name]) => name !== '')
    .reduce<readonly [string, Moments]>(
      (best, each) => (each[1].count > best[1].count ? each : best),
      ['', createMoments()],
    );
  return { unit, moments: mergeMoments(bare, moments) };
}
