import { countSource } from '../../messages/counting-messages';
import {
  arffRowsSkipped,
  arffTooWide,
  invalidArffAttribute,
  notArff,
  relationalArff,
} from '../../messages/format-messages';
import { lineLocation } from '../../messages/table-messages';
import { type Encoding, sampleText } from '../bytes/text-files';
import { type ReadOptions, type Table, cellBlock } from '../data-tables';
import { createIssueLog, dataError } from '../issues';
import { readLines } from './text-lines';

/** A file may declare any number of attributes, and rows of three bytes that leave them all out. */
const MAX_ATTRIBUTES = 20_000;
const MAX_CELLS = 1_000_000;

interface Attribute {
  readonly name: string;
  /** The value of a cell that a sparse row leaves out: 0, or the first of the values that are declared. */
  readonly absent: string;
}

interface ArffHeader {
  readonly encoding: Encoding;
  readonly attributes: readonly Attribute[];
  /** The line of `@data`, from 1. */
  readonly dataLine: number;
}

type Cells = readonly (string | undefined)[];

/**
 * An ARFF file, as Weka and OpenML write it: rows of values, or sparse rows in braces; `?` is missing. Weights of rows are
 * passed over.
 *
 * @throws DataError `corrupt` for a file without attributes or data, `unsupported` for attributes that hold tables
 */
export async function openArff(path: string, signal?: AbortSignal): Promise<Table> {
  const header = await readHeader(path, signal);
  return {
    path,
    columns: header.attributes.map(({ name }) => ({ name, content: 'value' })),
    from: countSource('table-rows'),
    written: { format: 'arff', encoding: header.encoding.name },
    async count(options) {
      let total = 0;
      for await (const rows of readRows(path, header, options)) total += rows.length;
      return total;
    },
    async *blocks(options) {
      // What is skipped is reported by the count.
      let first = 0;
      for await (const rows of readRows(path, header, options)) {
        const at = first;
        yield cellBlock(at, rows.length, (row, column) => rows[row]?.[column]);
        first += rows.length;
      }
    },
  };
}

async function readHeader(path: string, signal: AbortSignal | undefined): Promise<ArffHeader> {
  const { encoding } = await sampleText(path, signal);
  const attributes: Attribute[] = [];
  for await (const lines of readLines(path, encoding, { signal, issues: createIssueLog() })) {
    for (const { text, number } of lines) {
      const line = text.trim();
      if (/^@data\b/i.test(line)) {
        if (attributes.length === 0) throw dataError('corrupt', notArff(path), path);
        return { encoding, attributes: distinct(attributes), dataLine: number };
      }
      if (/^@attribute\b/i.test(line)) {
        attributes.push(parseAttribute(path, line, number));
        if (attributes.length > MAX_ATTRIBUTES)
          throw dataError('too-large', arffTooWide({ file: path, limit: MAX_ATTRIBUTES }), path);
      } else if (line !== '' && !line.startsWith('%') && !/^@(?:relation|end)\b/i.test(line))
        throw dataError('corrupt', notArff(path), lineLocation({ file: path, line: number }));
    }
  }
  throw dataError('corrupt', notArff(path), path);
}

function parseAttribute(path: string, line: string, number: number): Attribute {
  const rest = line.slice('@attribute'.length).trimStart();
  const { value: name, end } = readValue(rest, 0, BLANKS);
  const type = rest.slice(end).trim();
  if (name === undefined || name === '' || type === '')
    throw dataError(
      'corrupt',
      invalidArffAttribute({ file: path, line: number }),
      lineLocation({ file: path, line: number }),
    );
  if (/^relational\b/i.test(type))
    throw dataError(
      'unsupported',
      relationalArff({ file: path, name }),
      lineLocation({ file: path, line: number }),
    );
  if (!type.startsWith('{')) return { name, absent: /^string\b/i.test(type) ? '' : '0' };
  const [first] = splitValues(type.slice(1, type.lastIndexOf('}') > 0 ? type.lastIndexOf('}') : undefined));
  return { name, absent: first ?? '' };
}

/** Names that come again get their place. */
function distinct(attributes: readonly Attribute[]): Attribute[] {
  const seen = new Set<string>();
  return attributes.map((each, place) => {
    const name = seen.has(each.name) ? `${each.name}_${place}` : each.name;
    seen.add(name);
    return { ...each, name };
  });
}

async function* readRows(path: string, header: ArffHeader, options: ReadOptions): AsyncGenerator<Cells[]> {
  const { attributes, dataLine, encoding } = header;
  for await (const lines of readLines(path, encoding, options)) {
    let rows: Cells[] = [];
    for (const { text, number } of lines) {
      if (rows.length * attributes.length >= MAX_CELLS) {
        yield rows;
        rows = [];
      }
      if (number <= dataLine) continue;
      const line = text.trim();
      if (line === '' || line.startsWith('%')) continue;
      const row = parseRow(line, attributes);
      if (row) rows.push(row);
      else
        options.issues.add(
          'warning',
          'uneven-rows',
          arffRowsSkipped({ file: path, columns: attributes.length }),
          lineLocation({ file: path, line: number }),
        );
    }
    if (rows.length > 0) yield rows;
  }
}

function parseRow(line: string, attributes: readonly Attribute[]): Cells | undefined {
  if (line.startsWith('{')) return parseSparse(line, attributes);
  const values = splitValues(line);
  // Behind the values, the weight of the row may stand in braces.
  if (values.length === attributes.length + 1 && /^\{.*\}$/.test(values.at(-1) ?? '')) values.pop();
  return values.length === attributes.length ? values : undefined;
}

/** `{1 X, 3 Y}`: places from 0, with values. */
function parseSparse(line: string, attributes: readonly Attribute[]): Cells | undefined {
  const end = line.indexOf('}', lastQuote(line));
  if (end < 0) return undefined;
  const cells: (string | undefined)[] = attributes.map(({ absent }) => absent);
  let at = 1;
  while (at < end) {
    const [pair, place] = /^[\s,]*(\d+)\s+/.exec(line.slice(at, end)) ?? [];
    if (pair === undefined) return line.slice(at, end).trim() === '' ? cells : undefined;
    const column = Number(place);
    if (column >= attributes.length) return undefined;
    const { value, end: next } = readValue(line, at + pair.length, COMMAS);
    cells[column] = value;
    at = next;
  }
  return cells;
}

function lastQuote(line: string): number {
  return Math.max(0, line.lastIndexOf("'"), line.lastIndexOf('"'));
}

/** What ends a value that is in no quotes. */
const BLANKS = /[\s{]/;
const COMMAS = /[,\t}]/;

/** The values of a row, separated by commas or tabs; `undefined` for one that is missing. */
function splitValues(line: string): (string | undefined)[] {
  const values: (string | undefined)[] = [];
  let at = 0;
  for (;;) {
    const { value, end } = readValue(line, at, /[,\t]/);
    values.push(value);
    let next = end;
    while (next < line.length && line.charAt(next) === ' ') next++;
    if (next >= line.length) return values;
    if (line.charAt(next) !== ',' && line.charAt(next) !== '\t') return [...values, undefined, undefined];
    at = next + 1;
  }
}

/** Reads one value from a place on. A quoted one ends with its quote, another one before what `stop` matches. */
function readValue(line: string, from: number, stop: RegExp): { value: string | undefined; end: number } {
  let at = from;
  while (at < line.length && line.charAt(at) === ' ') at++;
  const quote = line.charAt(at);
  if (quote === "'" || quote === '"') {
    let value = '';
    for (at++; at < line.length && line.charAt(at) !== quote; at++) {
      if (line.charAt(at) !== '\\' || at + 1 >= line.length) value += line.charAt(at);
      else value += unescaped(line.charAt(++at));
    }
    return { value, end: Math.min(at + 1, line.length) };
  }
  const start = at;
  while (at < line.length && !stop.test(line.charAt(at))) at++;
  const raw = line.slice(start, at).trim();
  return { value: raw === '?' || raw === '' ? undefined : raw, end: at };
}

function unescaped(character: string): string {
  switch (character) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return character;
  }
}
