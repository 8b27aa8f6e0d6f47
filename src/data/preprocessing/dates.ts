import type { DateFormat } from '../../protocol/preprocessing';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?)?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`;

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  iso: new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}${ZONE}$`),
  compact: /^(\d{4})(\d{2})(\d{2})$/,
  dmy: new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`),
  mdy: new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`),
  'd-month-y': new RegExp(
    String.raw`^(?:[A-Za-z]{3,9}\.?,? )?(\d{1,2})[- .]([A-Za-z]{3,9})\.?[- ,]+(\d{4}|\d{2})${TIME}$`,
  ),
  'month-d-y': new RegExp(String.raw`^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})${TIME}$`),
};

/** In the order in which they are taken where several fit all cells. */
export const DATE_FORMATS: readonly DateFormat[] = ['iso', 'mdy', 'dmy', 'd-month-y', 'month-d-y', 'compact'];

/** Longer cells are no dates. */
const LONGEST = 40;

/** A day of the calendar, and how much of it has passed. */
export interface Moment {
  /** Whole days since 1970-01-01, by the clock that the cell was written by: offsets from UTC are passed over. */
  readonly day: number;
  /** From 0 up to 1. */
  readonly time: number;
}

/** Reads a date, with its time if it has one; `undefined` for what is none, such as the 30th of February. */
export function readDate(text: string, format: DateFormat): Moment | undefined {
  if (text.length > LONGEST) return undefined;
  const match = PATTERNS[format].exec(text.trim());
  if (!match) return undefined;
  const [year, month, date, clock] = partsOf(match, format);
  const day = dayNumber(year, month, date);
  const time = timeOf(clock);
  return day === undefined || time === undefined ? undefined : { day, time };
}

function partsOf(
  match: RegExpExecArray,
  format: DateFormat,
): readonly [year: number, month: number, date: number, clock: readonly (string | undefined)[]] {
  const [, a = '', b = '', c = '', d = ''] = match;
  switch (format) {
    case 'iso':
      return [Number(a), Number(c), Number(d), match.slice(5, 9)];
    case 'compact':
      return [Number(a), Number(b), Number(c), []];
    case 'dmy':
      return [fullYear(d), Number(c), Number(a), match.slice(5, 9)];
    case 'mdy':
      return [fullYear(d), Number(a), Number(c), match.slice(5, 9)];
    case 'd-month-y':
      return [fullYear(c), monthOf(b), Number(a), match.slice(4, 8)];
    case 'month-d-y':
      return [Number(c), monthOf(a), Number(b), match.slice(4, 8)];
  }
}

/** Of two digits, as POSIX reads them: from 1969 to 2068. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

/** 1 to 12; 0 for a word that is no English month. */
function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Days since 1970 in the Gregorian calendar; `undefined` for a day that there is not. */
function dayNumber(year: number, month: number, date: number): number | undefined {
  const at = new Date(Date.UTC(2000, 0, 1));
  at.setUTCFullYear(year, month - 1, date);
  const isThere = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isThere && year > 0 ? at.getTime() / 86_400_000 : undefined;
}

function timeOf([hours, minutes, seconds, half]: readonly (string | undefined)[]): number | undefined {
  if (hours === undefined) return 0;
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds ?? 0)];
  if (m > 59 || s > 60 || h > (half === undefined ? 24 : 12)) return undefined;
  const shifted = half === undefined ? h : (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return Math.min(shifted * 3600 + m * 60 + s, 86_399) / 86_400;
}

/** 0 for Monday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** How much of the year has passed, from 0 up to 1. */
export function partOfYear({ day, time }: Moment): number {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  const first = dayNumber(year, 1, 1) ?? day;
  const length = (dayNumber(year + 1, 1, 1) ?? day + 365) - first;
  return (day - first + time) / length;
}
