import { type Located, type TextRange, onLine } from '../../common/text-ranges';

/** Part of a line that belongs to an annotation: the comment's text, without leader and line break. */
export interface Piece {
  readonly line: number;
  /** The whole line, so that columns are those of the file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A value as written: `raw` begins at `range.start`, quotes and escapes included. */
export interface RawValue {
  readonly raw: string;
  readonly range: TextRange;
  /** A quote that was opened and never closed. */
  readonly unclosed: boolean;
}

export interface PairToken {
  readonly kind: 'pair';
  readonly key: Located<string>;
  readonly value: RawValue;
}
export interface WordToken {
  readonly kind: 'word';
  readonly word: Located<string>;
}
export type Token = PairToken | WordToken;

const KEY = /[\p{L}_][\p{L}\p{M}\p{N}_.-]*/uy;
const SPACES = /\s*/y;
const WORD = /\S+/y;

/**
 * Splits the pieces of one annotation into words and `key=value` pairs, in linear time.
 * `isKey` tells which keys may stand apart from their `=` (`num_examples = 5k`).
 */
export function tokenize(pieces: readonly Piece[], isKey: (word: string) => boolean): Token[] {
  return pieces.flatMap(piece => tokenizePiece(piece, isKey));
}

function tokenizePiece(piece: Piece, isKey: (word: string) => boolean): Token[] {
  const text = piece.text.slice(0, piece.end);
  const tokens: Token[] = [];
  let at = skip(SPACES, text, piece.start);
  while (at < text.length) {
    const pair = pairAt(text, at, piece.line, isKey);
    if (pair) {
      tokens.push(pair);
      at = skip(SPACES, text, pair.value.range.end.column);
      continue;
    }
    const end = skip(WORD, text, at);
    tokens.push({ kind: 'word', word: { value: text.slice(at, end), range: onLine(piece.line, at, end) } });
    at = skip(SPACES, text, end);
  }
  return tokens;
}

function pairAt(
  text: string,
  at: number,
  line: number,
  isKey: (word: string) => boolean,
): PairToken | undefined {
  const keyEnd = skip(KEY, text, at);
  if (keyEnd === at) return undefined;
  const key = text.slice(at, keyEnd);
  const equals = skip(SPACES, text, keyEnd);
  if (text[equals] !== '=' || text[equals + 1] === '=') return undefined;
  const apart = equals > keyEnd;
  if (apart && !isKey(key)) return undefined;
  let start = equals + 1;
  if (isKey(key)) {
    // `key = value`, but not `key= next=…`, where the value is missing.
    const value = skip(SPACES, text, start);
    if (value > start && !nextIsPair(text, value)) start = value;
  }
  return {
    kind: 'pair',
    key: { value: key, range: onLine(line, at, keyEnd) },
    value: valueAt(text, start, line),
  };
}

function nextIsPair(text: string, at: number): boolean {
  const end = skip(KEY, text, at);
  return end > at && text[end] === '=';
}

/** A value up to white space outside quotes. A list may go on behind a comma, `a, b`, and a step around its arrow, `a -> b`. */
function valueAt(text: string, start: number, line: number): RawValue {
  let at = start;
  let unclosed = false;
  while (at < text.length) {
    const before = text[at - 1];
    if (/\s/.test(text.charAt(at))) {
      const next = overGap(text, start, at);
      if (next === at) break;
      at = next;
    } else if (text[at] === '"' && (at === start || before === ',' || before === ':')) {
      const end = closingQuote(text, at);
      if (end < 0) {
        unclosed = true;
        at = beforeNextPair(text, at);
        break;
      }
      at = end + 1;
    } else at++;
  }
  return { raw: text.slice(start, at), range: onLine(line, start, at), unclosed };
}

/** Over the white space at `at`, where the value goes on behind it: after a comma, and around an arrow. */
function overGap(text: string, start: number, at: number): number {
  const next = skip(SPACES, text, at);
  if (next >= text.length || at === start) return at;
  if (text.startsWith('->', next)) return next;
  const goesOn =
    (text[at - 1] === ',' && at - 1 > start) || (text.startsWith('->', at - 2) && at - 2 > start);
  return goesOn && !nextIsPair(text, next) ? next : at;
}

function closingQuote(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

/** Where an unclosed quote is taken to end: before the next `key=`, so that one slip does not hide the rest. */
function beforeNextPair(text: string, from: number): number {
  const next = /\s[\p{L}_][\p{L}\p{M}\p{N}_.-]*=/gu;
  next.lastIndex = from + 1;
  return text.slice(0, next.exec(text)?.index).trimEnd().length;
}

/** Where a sticky pattern that matches at `at` ends; `at` itself where it does not. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** A part of a value, unquoted; its range covers what was written, quotes included. */
export type Element = Located<string>;

/** The value as one text. */
export function wholeText(value: RawValue): Element {
  return { value: unquote(value.raw), range: value.range };
}

/**
 * The elements of a list. Commas inside quotes hold an element together, unless the quotes are around
 * the whole list and `quotedList` says that its elements cannot hold commas themselves.
 */
export function listElements(value: RawValue, quotedList: boolean): Element[] {
  const whole = quotedList && isWhollyQuoted(value.raw);
  const text = whole ? value.raw.slice(1, -1) : value.raw;
  return split(text, ',', value, whole ? 1 : 0);
}

/** `key:value` of an element, split at its first colon outside quotes. */
export function keyAndValue(
  element: Element,
  raw: string,
): { readonly key?: Element; readonly value: Element } {
  const { line, column } = element.range.start;
  const colon = indexOutsideQuotes(raw, ':', 0);
  if (colon < 0) return { value: element };
  const part = (from: number, to: number): Element => {
    const text = raw.slice(from, to);
    const lead = text.length - text.trimStart().length;
    const start = column + from + lead;
    return { value: unquote(text.trim()), range: onLine(line, start, start + text.trim().length) };
  };
  return { key: part(0, colon), value: part(colon + 1, raw.length) };
}

/** What stands at an element, as written. */
export function rawText(value: RawValue, element: Element): string {
  const start = value.range.start.column;
  return value.raw.slice(element.range.start.column - start, element.range.end.column - start);
}

function split(text: string, separator: string, value: RawValue, offset: number): Element[] {
  const { line, column } = value.range.start;
  const elements: Element[] = [];
  for (let from = 0; from <= text.length;) {
    const found = indexOutsideQuotes(text, separator, from);
    const to = found < 0 ? text.length : found;
    const part = text.slice(from, to);
    const lead = part.length - part.trimStart().length;
    const start = column + offset + from + (part.trim() === '' ? 0 : lead);
    elements.push({ value: unquote(part.trim()), range: onLine(line, start, start + part.trim().length) });
    from = to + 1;
  }
  return elements;
}

function indexOutsideQuotes(text: string, wanted: string, from: number): number {
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === wanted) return i;
  }
  return -1;
}

function isWhollyQuoted(raw: string): boolean {
  return raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"') && indexOutsideQuotes(raw, ',', 0) < 0;
}

/** Without its quotes; inside them `\"` is a quote and `\\` a backslash. */
export function unquote(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  const inner = raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw.slice(1);
  return inner.replace(/\\(["\\])/g, '$1');
}

/** Bare where that reads back the same, quoted otherwise. */
export function quote(text: string): string {
  return text !== '' && !/[\s",:\\=]/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
