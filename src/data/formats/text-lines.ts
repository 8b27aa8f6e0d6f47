import { textDecoder } from '../../common/text-decoding';
import { countSource } from '../../messages/counting-messages';
import { changedWhileRead } from '../../messages/data-access-messages';
import { type Encoding, decodedEncoding, openText, sampleText } from '../bytes/text-files';
import { type ReadOptions, type Table, cellBlock } from '../data-tables';
import { readRecords } from './csv-records';
import { type Dialect, countRecords, createScanner } from './record-scanner';

/** Lines have neither cells nor quotes: the delimiter is a byte that no text has. */
const LINES: Dialect = { delimiter: '\xfe', newline: '\n' };

/** The number of lines that are not empty. */
export async function countLines(path: string, encoding: Encoding, options: ReadOptions): Promise<number> {
  const source = await openText(path, encoding, options.signal);
  const scanner = createScanner(LINES);
  try {
    await countRecords(source, scanner, 10);
    await warnIfChanged(source, options);
    const { rows, blanks } = scanner.totals();
    return rows - blanks;
  } finally {
    scanner.release();
    await source.close();
  }
}

export interface Line {
  readonly text: string;
  /** Its place in the file, from 1. */
  readonly number: number;
}

/** The lines that are not empty, some thousands at a time. */
export async function* readLines(
  path: string,
  encoding: Encoding,
  options: ReadOptions,
): AsyncGenerator<Line[]> {
  const source = await openText(path, encoding, options.signal);
  const decoder = textDecoder(decodedEncoding(encoding));
  try {
    for await (const { bytes, count, starts, ends, ordinal } of readRecords(source, LINES)) {
      const lines: Line[] = [];
      for (let i = 0; i < count; i++) {
        const text = decoder.decode(bytes.subarray(starts[i], ends[i])).replace(/\r$/, '');
        if (text !== '') lines.push({ text, number: ordinal + i });
      }
      if (lines.length > 0) yield lines;
    }
    await warnIfChanged(source, options);
  } finally {
    await source.close();
  }
}

async function warnIfChanged(
  source: { readonly path: string; changed(): Promise<boolean> },
  { issues }: ReadOptions,
): Promise<void> {
  if (await source.changed())
    issues.add('warning', 'changed-while-read', changedWhileRead(source.path), source.path);
}

/** A plain text file: each line that is not empty is an example, in the one column `text`. */
export async function openTextLines(path: string, signal?: AbortSignal): Promise<Table> {
  const { encoding } = await sampleText(path, signal);
  return {
    path,
    columns: [{ name: 'text', content: 'value' }],
    from: countSource('lines'),
    written: { format: 'lines', encoding: encoding.name },
    count: options => countLines(path, encoding, options),
    async *blocks(options) {
      let first = 0;
      for await (const lines of readLines(path, encoding, options)) {
        yield cellBlock(first, lines.length, row => lines[row]?.text);
        first += lines.length;
      }
    },
  };
}
