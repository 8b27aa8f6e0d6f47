import { entryOf } from './named-entries';

/** A part of a text, in UTF-16 units. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * A JSON value with its place in the text, of a string without its quotes. Strings keep their raw characters;
 * `decodeJsonString` reads them.
 */
export type JsonNode = JsonSpan &
  (
    | { readonly type: 'string' }
    | { readonly type: 'array'; readonly items: readonly JsonNode[] }
    | {
        readonly type: 'object';
        readonly members: ReadonlyMap<string, JsonNode>;
        /** The places of the names, without their quotes. */
        readonly names: ReadonlyMap<string, JsonSpan>;
      }
    | { readonly type: 'other' }
  );

/** What could be read, and where reading ended if it ended early. */
export interface ParsedJson {
  readonly root?: JsonNode;
  /** The offset of the first character that is not JSON. */
  readonly brokenAt?: number;
}

/** Deeper nesting than any notebook has; bounds the stack on hostile input. */
const MAX_DEPTH = 200;

/**
 * Reads JSON tolerantly: of a truncated or broken text everything before the break is kept.
 * The time is linear in the length of the text; it never throws.
 */
export function parseTolerantJson(text: string): ParsedJson {
  const reader: Reader = { text, at: 0, broken: false };
  const root = readValue(reader, 0);
  skipSpace(reader);
  if (!reader.broken && reader.at < text.length) reader.broken = true;
  return { ...(root ? { root } : {}), ...(reader.broken ? { brokenAt: reader.at } : {}) };
}

interface Reader {
  readonly text: string;
  at: number;
  broken: boolean;
}

const SPACE = /[ \t\r\n\uFEFF]*/y;
const SCALAR = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;

function skipSpace(reader: Reader): void {
  SPACE.lastIndex = reader.at;
  SPACE.test(reader.text);
  reader.at = SPACE.lastIndex;
}

function readValue(reader: Reader, depth: number): JsonNode | undefined {
  skipSpace(reader);
  const c = reader.text[reader.at];
  if (c === '"') return readString(reader);
  if (c === '[' && depth < MAX_DEPTH) return readArray(reader, depth);
  if (c === '{' && depth < MAX_DEPTH) return readObject(reader, depth);
  SCALAR.lastIndex = reader.at;
  if (SCALAR.test(reader.text)) {
    const start = reader.at;
    reader.at = SCALAR.lastIndex;
    return { type: 'other', start, end: reader.at };
  }
  reader.broken = true;
  return undefined;
}

function readString(reader: Reader): JsonSpan & { readonly type: 'string' } {
  const start = reader.at + 1;
  const { text } = reader;
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      reader.broken = true;
      reader.at = text.length;
      return { type: 'string', start, end: text.length };
    }
    let backslashes = 0;
    while (quote - 1 - backslashes >= at && text[quote - 1 - backslashes] === '\\') backslashes++;
    at = quote + 1;
    if (backslashes % 2 === 0) {
      reader.at = at;
      return { type: 'string', start, end: quote };
    }
  }
}

function readArray(reader: Reader, depth: number): JsonNode {
  const items: JsonNode[] = [];
  const start = reader.at++;
  if (closes(reader, ']')) return { type: 'array', items, start, end: reader.at };
  do {
    const item = readValue(reader, depth + 1);
    if (item) items.push(item);
  } while (!reader.broken && goesOn(reader, ']'));
  return { type: 'array', items, start, end: reader.at };
}

function readObject(reader: Reader, depth: number): JsonNode {
  const members = new Map<string, JsonNode>();
  const names = new Map<string, JsonSpan>();
  const start = reader.at++;
  if (closes(reader, '}')) return { type: 'object', members, names, start, end: reader.at };
  do {
    skipSpace(reader);
    if (reader.text[reader.at] !== '"') {
      reader.broken = true;
      break;
    }
    const key = readString(reader);
    skipSpace(reader);
    if (reader.text[reader.at] !== ':') {
      reader.broken = true;
      break;
    }
    reader.at++;
    const value = readValue(reader, depth + 1);
    if (!value) continue;
    const name = decodeJsonString(reader.text, key).text;
    members.set(name, value);
    names.set(name, { start: key.start, end: key.end });
  } while (!reader.broken && goesOn(reader, '}'));
  return { type: 'object', members, names, start, end: reader.at };
}

function closes(reader: Reader, bracket: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== bracket) return false;
  reader.at++;
  return true;
}

/** Past a comma: true. Past the closing bracket: false. Anything else breaks the text. */
function goesOn(reader: Reader, bracket: string): boolean {
  if (closes(reader, bracket)) return false;
  if (reader.text[reader.at] !== ',') {
    reader.broken = true;
    return false;
  }
  reader.at++;
  return true;
}

/** A decoded string and, for each of its UTF-16 units, its offsets in the text: from `starts[i]` to `ends[i]`. */
export interface DecodedString {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Decodes the escapes of a string. One that is no escape stands for the character behind its backslash. */
export function decodeJsonString(
  text: string,
  string: { readonly start: number; readonly end: number },
): DecodedString {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = string.start; at < string.end;) {
    const length = text[at] === '\\' ? escapeLength(text, at, string.end) : 1;
    units.push(length === 1 ? text.charAt(at) : unescape(text.slice(at, at + length)));
    starts.push(at);
    ends.push(at + length);
    at += length;
  }
  return { text: units.join(''), starts, ends };
}

function escapeLength(text: string, at: number, end: number): number {
  if (at + 1 >= end) return 1;
  return text[at + 1] === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, Math.min(at + 6, end))) ? 6 : 2;
}

function unescape(escape: string): string {
  if (escape.length === 6) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  return entryOf(ESCAPES, escape.charAt(1)) ?? escape.charAt(1);
}
