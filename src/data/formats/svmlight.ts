import { countSource } from '../../messages/counting-messages';
import { notSvmlight, svmlightRowsSkipped, svmlightTooWide } from '../../messages/format-messages';
import { lineLocation } from '../../messages/table-messages';
import { type Encoding, sampleText } from '../bytes/text-files';
import { type ReadOptions, type Table, cellBlock } from '../data-tables';
import { createIssueLog, dataError } from '../issues';
import { readLines } from './text-lines';

interface SparseRow {
  readonly label: string;
  readonly query: string | undefined;
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** Networks see features one by one: more of them than this are for linear models of sparse data. */
const MAX_FEATURES = 16_384;

/** What one pass over a file finds. */
interface Extent {
  readonly encoding: Encoding;
  readonly rows: number;
  /** The number of the first feature: 1, or 0 where one has it. */
  readonly base: 0 | 1;
  readonly features: number;
  readonly hasQueries: boolean;
}

/**
 * A file of svmlight and libsvm: in each line a label, perhaps `qid:n`, and the features that are not 0 by their numbers.
 * Columns: `label`, `qid` where there are any, and the array `features`.
 *
 * @throws DataError `corrupt` where no line is of that form
 */
export async function openSvmlight(path: string, signal?: AbortSignal): Promise<Table> {
  const { encoding } = await sampleText(path, signal);
  const found = await measure(path, encoding, signal);
  const names = ['label', ...(found.hasQueries ? ['qid'] : [])];
  return {
    path,
    columns: [
      ...names.map(name => ({ name, content: 'value' }) as const),
      { name: 'features', content: 'value', shape: [found.features] },
    ],
    from: countSource('lines'),
    written: { format: 'svmlight', encoding: encoding.name, firstFeature: found.base },
    async count(options) {
      for await (const _ of readRows(path, encoding, options));
      return found.rows;
    },
    async *blocks(options) {
      if (found.features > MAX_FEATURES) {
        const limit = MAX_FEATURES;
        throw dataError('too-large', svmlightTooWide({ file: path, features: found.features, limit }), path);
      }
      let first = 0;
      for await (const rows of readRows(path, encoding, options)) {
        yield cellBlock(first, rows.length, (row, column) => cellOf(rows[row], names[column], found));
        first += rows.length;
      }
    },
  };
}

function cellOf(row: SparseRow | undefined, name: string | undefined, { base, features }: Extent): unknown {
  if (name === 'label') return row?.label;
  if (name === 'qid') return row?.query;
  const dense = new Float64Array(features);
  row?.places.forEach((place, i) => {
    dense[place - base] = row.values[i] ?? 0;
  });
  return dense;
}

async function measure(path: string, encoding: Encoding, signal: AbortSignal | undefined): Promise<Extent> {
  let [rows, least, most, hasQueries] = [0, Infinity, -1, false];
  for await (const found of readRows(path, encoding, { signal, issues: createIssueLog() })) {
    rows += found.length;
    for (const { places, query } of found) {
      if (query !== undefined) hasQueries = true;
      for (const place of places) {
        if (place < least) least = place;
        if (place > most) most = place;
      }
    }
  }
  if (rows === 0 || most < 0) throw dataError('corrupt', notSvmlight(path), path);
  const base = least === 0 ? 0 : 1;
  return { encoding, rows, base, features: most + 1 - base, hasQueries };
}

async function* readRows(
  path: string,
  encoding: Encoding,
  options: ReadOptions,
): AsyncGenerator<SparseRow[]> {
  for await (const lines of readLines(path, encoding, options)) {
    const rows: SparseRow[] = [];
    for (const { text, number } of lines) {
      const comment = text.indexOf('#');
      const line = (comment < 0 ? text : text.slice(0, comment)).trim();
      if (line === '') continue;
      const row = parseLine(line);
      if (row) rows.push(row);
      else
        options.issues.add(
          'warning',
          'bad-row',
          svmlightRowsSkipped(path),
          lineLocation({ file: path, line: number }),
        );
    }
    if (rows.length > 0) yield rows;
  }
}

function parseLine(line: string): SparseRow | undefined {
  const [label = '', ...pairs] = line.split(/\s+/);
  if (label.includes(':') || !label.split(',').every(isNumber)) return undefined;
  const places: number[] = [];
  const values: number[] = [];
  let query: string | undefined;
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const value = pair.slice(colon + 1);
    if (colon <= 0 || !isNumber(value)) return undefined;
    const key = pair.slice(0, colon);
    if (key === 'qid') {
      query = value;
      continue;
    }
    const place = /^\d{1,10}$/.test(key) ? Number(key) : -1;
    if (place < 0 || place > 0x7fffffff) return undefined;
    places.push(place);
    values.push(Number(value));
  }
  return { label, query, places, values };
}

function isNumber(text: string): boolean {
  return text !== '' && (!Number.isNaN(Number(text)) || /^[+-]?(?:nan|inf)/i.test(text));
}
