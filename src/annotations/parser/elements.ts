import { onLine, type Located } from '../text';
import type { RawValue } from './tokens';

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
