import { countSource } from '../../messages/counting-messages';
import { emptyExcel, notExcel, oldExcel, sheetsLeftOut, tooManyCells } from '../../messages/format-messages';
import { unknownTable } from '../../messages/table-messages';
import { throwIfAborted } from '../../common/abort';
import { readHead } from '../bytes/byte-reader';
import { listMembers } from '../bytes/zip-archive';
import { type Table, cellBlock, cellText } from '../data-tables';
import { dataError, isDataError } from '../issues';
import { locateTable } from './csv-layout';
import {
  type Sheet,
  type Workbook,
  readDateStyles,
  readPart,
  readSharedTexts,
  readWorkbook,
  unescaped,
  walkXml,
} from './excel-parts';

type Cell = string | number | boolean | Date | undefined;
type SheetRow = readonly Cell[];

/** The last column that Excel has is XFD. */
const MAX_COLUMNS = 16_384;
/** Rows from which the table is told from what stands above it. */
const SAMPLED = 200;
const BLOCK_ROWS = 2048;
const MAX_SHEETS = 200;
/** Cells of a sheet, empty ones between others among them. */
const MAX_CELLS = 20_000_000;

/**
 * A sheet of an Excel workbook (`.xlsx`, `.xlsm`): the one that is named, else the first that holds a table. Titles above
 * the table and empty rows are no rows; formulas are what they last gave.
 *
 * @param table the name of a sheet
 * @throws DataError `unsupported` for the binary format of old, `corrupt`, `too-large`, `unknown-table`
 */
export async function openExcel(
  path: string,
  table: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Table> {
  const magic = Buffer.from(await readHead(path, 8, signal)).toString('latin1');
  if (magic.startsWith('\xd0\xcf\x11\xe0')) throw dataError('unsupported', oldExcel(path), path);
  const members = await listMembers(path, signal);
  const part = (name: string): Promise<string | undefined> => readPart(path, name, members, signal);
  const workbook = await guarded(path, async () =>
    readWorkbook((await part('xl/workbook.xml')) ?? '', (await part('xl/_rels/workbook.xml.rels')) ?? ''),
  );
  const names = workbook.sheets.map(({ name }) => name);
  if (names.length === 0) throw dataError('corrupt', notExcel(path), path);
  const asked = workbook.sheets.filter(({ name }) => table === undefined || name === table);
  if (asked.length === 0)
    throw dataError('unknown-table', unknownTable({ file: path, table: table ?? '', tables: names }), path);
  const context = await guarded(path, async () => ({
    workbook,
    texts: await readSharedTexts((await part('xl/sharedStrings.xml')) ?? ''),
    dates: await readDateStyles((await part('xl/styles.xml')) ?? ''),
  }));
  for (const sheet of asked.slice(0, MAX_SHEETS)) {
    throwIfAborted(signal);
    const rows = await guarded(path, async () => readSheet((await part(sheet.part)) ?? '', context, path));
    if (rows.length > 1) return tableOf(path, sheet, rows, names);
  }
  throw dataError('empty', emptyExcel(path), path);
}

/** What is no document of the kind makes a damaged workbook. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDataError(error) || !(error instanceof Error) || error.name === 'AbortError') throw error;
    throw dataError('corrupt', notExcel(path), path);
  }
}

function tableOf(path: string, { name }: Sheet, rows: readonly SheetRow[], sheets: readonly string[]): Table {
  const filled = (row: SheetRow): number => row.findLastIndex(cell => cell !== undefined);
  const sample = rows.slice(0, SAMPLED);
  const left = Math.min(
    ...sample.map(row =>
      Math.max(
        0,
        row.findIndex(cell => cell !== undefined),
      ),
    ),
  );
  const width = Math.max(...sample.map(filled)) + 1 - left;
  const texts = sample.map(row =>
    Array.from({ length: width }, (_, column) => cellText(row[column + left]) ?? ''),
  );
  const { columns, hasHeader, skippedRows } = locateTable(texts, width, {
    total: undefined,
    names: undefined,
  });
  const data = rows.slice(skippedRows);
  const others = sheets.filter(each => each !== name);
  return {
    path,
    columns: columns.map(each => ({ name: each, content: 'value' })),
    from: countSource('table-rows'),
    written: { format: 'excel', table: name, sheet: { skippedRows, hasHeader, left } },
    count({ issues }) {
      if (others.length > 0)
        issues.add('information', 'mixed-formats', sheetsLeftOut({ file: path, sheet: name, others }), path);
      return Promise.resolve(data.length);
    },
    async *blocks({ signal }) {
      for (let first = 0; first < data.length; first += BLOCK_ROWS) {
        throwIfAborted(signal);
        const given = data.slice(first, first + BLOCK_ROWS);
        yield await Promise.resolve(
          cellBlock(first, given.length, (row, column) => given[row]?.[column + left]),
        );
      }
    },
  };
}

interface SheetContext {
  readonly workbook: Workbook;
  readonly texts: readonly string[];
  readonly dates: readonly boolean[];
}

/** The rows of a sheet that hold anything. */
async function readSheet(
  document: string,
  { workbook, texts, dates }: SheetContext,
  path: string,
): Promise<SheetRow[]> {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let cell = { column: -1, type: '', isDate: false, value: '' };
  let inValue = false;
  let cells = 0;
  await walkXml(document, {
    open(name, attribute) {
      if (name === 'row') row = [];
      else if (name === 'c') {
        const reference = attribute('r');
        const column = reference === undefined ? cell.column + 1 : columnOf(reference);
        const isDate = dates[Number(attribute('s') ?? -1)] === true;
        cell = { column, type: attribute('t') ?? 'n', isDate, value: '' };
      } else if (name === 'v' || name === 't') inValue = true;
    },
    text(text) {
      if (inValue) cell.value += text;
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c') {
        const value = valueOf(cell, texts, workbook.from1904);
        if (value !== undefined && cell.column >= 0 && cell.column < MAX_COLUMNS) {
          while (row.length < cell.column) row.push(undefined);
          row[cell.column] = value;
        }
      } else if (name === 'row') {
        if (row.length > 0) rows.push(row);
        cells += row.length;
        if (cells > MAX_CELLS)
          throw dataError('too-large', tooManyCells({ file: path, limit: MAX_CELLS }), path);
        cell = { ...cell, column: -1 };
      }
    },
  });
  return rows;
}

/** The column of `AB12`, from 0; -1 where it is none. */
function columnOf(reference: string): number {
  const [, letters] = /^([A-Z]{1,3})\d+$/i.exec(reference) ?? [];
  let column = 0;
  for (const letter of (letters ?? '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const DAY = 86_400_000;
/** Days from the first day that Excel counts to 1970, where it counts from 1900 and from 1904. */
const DAYS_1900 = 25_569;
const DAYS_1904 = 24_107;

function valueOf(
  { type, value, isDate }: { readonly type: string; readonly value: string; readonly isDate: boolean },
  texts: readonly string[],
  from1904: boolean,
): Cell {
  if (value === '') return undefined;
  switch (type) {
    case 's':
      return texts[Number(value)] === '' ? undefined : texts[Number(value)];
    case 'b':
      return value === '1' || value === 'true';
    case 'e':
      return undefined;
    case 'str':
    case 'inlineStr':
      return unescaped(value);
    case 'd':
      return validDate(Date.parse(value));
    default: {
      const number = Number(value);
      if (Number.isNaN(number)) return undefined;
      return isDate ? validDate(Math.round((number - (from1904 ? DAYS_1904 : DAYS_1900)) * DAY)) : number;
    }
  }
}

function validDate(time: number): Date | undefined {
  return Math.abs(time) <= 8.64e15 ? new Date(time) : undefined;
}
