import { textDecoder } from '../../common/text-decoding';
import { isRecord, parseJson } from '../../common/validation';
import { countSource } from '../../messages/counting-messages';
import { lineLocation, nonObjectLinesSkipped, notJsonLines } from '../../messages/table-messages';
import { type TextSample, decodedEncoding, sampleText } from '../bytes/text-files';
import { type ReadOptions, type Table, cellBlock } from '../data-tables';
import { dataError } from '../issues';
import { type Line, countLines, readLines } from './text-lines';
import { isRecordRow, recordCell, recordColumns } from './record-columns';

type Row = Readonly<Record<string, unknown>>;

/**
 * A JSON Lines file: one object to a line. Its columns are the keys of the objects at its start, `a.b` for the key `b` of an object under `a`.
 *
 * @throws DataError `bad-row` where the first line is not an object
 */
export async function openJsonLines(path: string, signal?: AbortSignal): Promise<Table> {
  const sample = await sampleText(path, signal);
  const names = sampleKeys(path, sample);
  return {
    path,
    columns: names.map(name => ({ name, content: 'value' })),
    from: countSource('lines'),
    written: { format: 'jsonl', encoding: sample.encoding.name },
    count: options => countLines(path, sample.encoding, options),
    async *blocks(options) {
      let first = 0;
      for await (const lines of readLines(path, sample.encoding, options)) {
        const rows = parseLines(path, lines, options);
        if (rows.length === 0) continue;
        yield cellBlock(first, rows.length, (row, column) =>
          recordCell(rows[row], names[column] ?? '', column),
        );
        first += rows.length;
      }
    },
  };
}

function parseLines(path: string, lines: readonly Line[], { issues }: ReadOptions): Row[] {
  const rows: Row[] = [];
  for (const { text, number } of lines) {
    const row = parseRow(text);
    if (row) rows.push(row);
    else
      issues.add(
        'warning',
        'bad-row',
        nonObjectLinesSkipped(path),
        lineLocation({ file: path, line: number }),
      );
  }
  return rows;
}

function parseRow(text: string): Row | undefined {
  const value = parseJson(text);
  return isRecord(value) && isRecordRow(value) ? value : undefined;
}

/** The keys of the first objects, in order of appearance. */
function sampleKeys(path: string, { bytes, whole, encoding }: TextSample): string[] {
  const text = textDecoder(decodedEncoding(encoding)).decode(bytes);
  const lines = text.split('\n').filter(line => line.trim() !== '');
  if (!whole && lines.length > 1) lines.pop();
  const rows = lines.slice(0, 100).map(parseRow);
  if (lines.length > 0 && rows.every(row => row === undefined) && whole) {
    throw dataError('bad-row', notJsonLines(path), lineLocation({ file: path, line: 1 }));
  }
  return recordColumns(rows.filter(row => row !== undefined));
}
