import { isMissing } from '../data-tables';
import { parseNumber } from './csv-records';

/**
 * Whether a first row names the columns rather than being one of them. Names are texts that stand above numbers, or that
 * never come again in their columns. Years, and numbers that count the columns, may be among them; so may `inf` and `nan`,
 * which are names unless the row has nothing else.
 */
export function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (first.length === 0) return false;
  if (isCornerOfNames(first, rest)) return true;
  if (first.filter(cell => isMissing(cell) && !isNumberWord(cell)).length > 1) return false;
  const numbers = first.filter(isWrittenNumber);
  if (numbers.length > 0) return isCount(numbers, first, rest) || areNamesBesides(first, rest);
  const texts = first.filter(cell => !isNumberWord(cell) && !isMissing(cell));
  if (texts.length === 0) return false;
  return (
    first.some((cell, column) => !isMissing(cell) && isNumeric(rest, column)) ||
    (new Set(first).size === first.length && first.every((name, column) => isUnique(name, rest, column)))
  );
}

/** An empty cell above the names of rows, beside the names of columns, whatever they are: so R and pandas write tables. */
function isCornerOfNames(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const [corner, ...names] = first;
  const rows = rest.map(row => row[0] ?? '').filter(name => name !== '');
  return (
    corner === '' &&
    names.length > 0 &&
    rows.length > 1 &&
    rows.length > 0.8 * rest.length &&
    new Set(first).size === first.length &&
    names.every(name => !isMissing(name) || isNumberWord(name)) &&
    new Set(rows).size === rows.length
  );
}

/** `0, 1, 2, …`, as pandas names columns that have no names, alone or among names. */
function isCount(
  numbers: readonly string[],
  first: readonly string[],
  rest: readonly (readonly string[])[],
): boolean {
  const start = Number(numbers[0]);
  if (numbers.length < 3 || (start !== 0 && start !== 1)) return false;
  const at = first.indexOf(numbers[0] ?? '');
  const counts = (row: readonly string[]): boolean =>
    row.slice(at, at + numbers.length).every((cell, i) => cell.trim() !== '' && Number(cell) === start + i);
  const others = first.every((cell, column) => isWrittenNumber(cell) || isUnique(cell, rest, column));
  return others && counts(first) && rest.length > 0 && !rest.some(counts);
}

/** Whether numbers among texts are names: years above other numbers, beside names that never come again. */
function areNamesBesides(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (rest.length < 2 || new Set(first).size < first.length) return false;
  return first.every((cell, column) =>
    isWrittenNumber(cell)
      ? isYear(cell) && !rest.some(row => isYear(row[column] ?? '')) && isNumericOrEmpty(rest, column)
      : isUnique(cell, rest, column),
  );
}

function isUnique(name: string, rest: readonly (readonly string[])[], column: number): boolean {
  return rest.every(row => row[column] !== name);
}

function isNumeric(rest: readonly (readonly string[])[], column: number): boolean {
  const filled = rest.map(row => row[column] ?? '').filter(cell => !isMissing(cell));
  return filled.length > 0 && filled.filter(isNumber).length > 0.8 * filled.length;
}

function isNumericOrEmpty(rest: readonly (readonly string[])[], column: number): boolean {
  return isNumeric(rest, column) || rest.every(row => isMissing(row[column] ?? ''));
}

function isYear(cell: string): boolean {
  return /^\s*(?:1[5-9]|20)\d\d\s*$/.test(cell);
}

/** `inf` and its kin: numbers that are words as well. */
function isNumberWord(cell: string): boolean {
  return /^\s*[+-]?(?:inf(?:inity)?|nan)\s*$/i.test(cell);
}

function isWrittenNumber(cell: string): boolean {
  return isNumber(cell) && !isNumberWord(cell);
}

/** Whether a cell is a number, with a point or a comma for its decimals. */
export function isNumber(cell: string): boolean {
  const bytes = Buffer.from(isDecimalComma(cell) ? withPoint(cell) : cell);
  return !Number.isNaN(parseNumber(bytes, 0, bytes.length));
}

/** Whether a cell is a number that has a comma for its decimals: `0,5`, `1.234,5`. */
export function isDecimalComma(cell: string): boolean {
  return /^\s*[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+(?:e[+-]?\d+)?\s*$/i.test(cell);
}

/** A number with a comma for its decimals as one with a point. */
export function withPoint(cell: string): string {
  return cell.replaceAll('.', '').replace(',', '.');
}
