import { mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { countSource } from '../../messages/counting-messages';
import {
  corruptSqliteRows,
  notSqlite,
  sqliteUnreadable,
  sqliteWriteAheadLog,
  unknownSqliteTable,
} from '../../messages/table-messages';
import { errorMessage } from '../../common/errors';
import { throwIfAborted } from '../../common/abort';
import { readHead } from '../bytes/byte-reader';
import { type Block, type ReadOptions, type Table, cellBlock } from '../data-tables';
import { dataError, type DataError } from '../issues';

export type SqliteRow = Readonly<Record<string, unknown>>;

/** Runs one query; the rows come all at once, so queries ask for few. */
type Query = (sql: string, values?: (number | bigint | string)[]) => SqliteRow[];

/** A database open for reading. */
export interface Connection {
  readonly query: Query;
  /** Runs one query row by row. */
  readonly rows: (sql: string) => IterableIterator<SqliteRow>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a database for reading. The library locks it by creating a folder next to the file; it is given a link in a
 * temporary folder, so that nothing is created in the user's folder, which may be read-only.
 *
 * @throws DataError `corrupt`, or `unsupported` for a database in write-ahead mode
 */
async function openDatabase(path: string): Promise<Connection> {
  await checkHeader(path);
  const folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const link = join(folder, 'data.db');
    await symlink(path, link);
    const { Database } = await import('./sqlite-library');
    const database = new Database(link, { readOnly: true });
    // Functions that a made-up schema calls in indexes and generated columns may do more than compute; the sizes of
    // cells are checked against their pages.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    return {
      query: (sql, values) => {
        try {
          return database.all(sql, values);
        } catch (error) {
          throw databaseError(error, path);
        }
      },
      *rows(sql) {
        let statement;
        try {
          statement = database.prepare(sql);
          yield* statement.iterate() as IterableIterator<SqliteRow>;
        } catch (error) {
          throw databaseError(error, path);
        } finally {
          finalize(statement);
        }
      },
      close: async () => {
        database.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw databaseError(error, path);
  }
}

/** The library repeats the error of the last step when a statement ends; that has been thrown. */
function finalize(statement: { readonly finalize: () => void } | undefined): void {
  try {
    statement?.finalize();
  } catch {
    // The statement is released all the same.
  }
}

function databaseError(error: unknown, path: string): DataError {
  const message = errorMessage(error);
  return dataError('corrupt', sqliteUnreadable({ file: path, reason: message }), path);
}

async function checkHeader(path: string): Promise<void> {
  const head = Buffer.from(await readHead(path, 100));
  if (head.toString('latin1', 0, 15) !== 'SQLite format 3') throw dataError('corrupt', notSqlite(path), path);
  if (head[18] === 2) {
    throw dataError('unsupported', sqliteWriteAheadLog(path), path);
  }
}

/** Rows per query: each takes a few milliseconds, and other work can run between two of them. */
const COUNT_STEP = 50_000;
/** Rows, and characters or bytes in them, that are given at a time. */
const READ_STEP = 2048;
const READ_BYTES = 16 * 1024 * 1024;

/** The names that SQLite has for the number of a row; a column of such a name hides it. */
const ROWID_NAMES = ['rowid', '_rowid_', 'oid'] as const;

/** A table and how its rows are stepped through. */
interface TablePlan {
  readonly path: string;
  /** The size of the file: a row takes at least a byte. */
  readonly bytes: number;
  readonly table: string;
  readonly columns: readonly string[];
  /** The name of the row's number. Tables without one, or whose columns hide all its names, are read by offset. */
  readonly rowid: (typeof ROWID_NAMES)[number] | undefined;
}

/**
 * A table of a SQLite database. Views and virtual tables are not read: they can hide any query.
 *
 * @throws DataError `unknown-table` if no table has that name, or none is given and there is not exactly one
 */
export async function openSqlite(path: string, name: string | undefined): Promise<Table> {
  const connection = await openDatabase(path);
  const { size: bytes } = await stat(path);
  const plan = await runLater(() => planTable(path, bytes, name, connection.query)).finally(connection.close);
  return {
    path,
    columns: plan.columns.map(column => ({ name: column, content: 'value' })),
    from: countSource('table-rows'),
    written: { format: 'sqlite', table: plan.table },
    count: async ({ signal }) => {
      const { query, close } = await openDatabase(path);
      return countRows(query, plan, signal).finally(close);
    },
    blocks: options => readBlocks(path, plan, options),
  };
}

function planTable(path: string, bytes: number, name: string | undefined, query: Query): TablePlan {
  const tables = query(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  ).filter(({ sql }) => !/^\s*CREATE\s+VIRTUAL/i.test(String(sql)));
  const names = tables.map(table => String(table['name']));
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  const found = tables.find(table => table['name'] === chosen);
  if (chosen === undefined || !found) {
    const message = unknownSqliteTable({ file: path, table: name, tables: names });
    throw dataError('unknown-table', message, path);
  }
  const columns = query(`SELECT name FROM pragma_table_info(${quoteText(chosen)})`).map(column =>
    String(column['name']),
  );
  const taken = new Set(columns.map(column => column.toLowerCase()));
  const hasRowid = !/WITHOUT\s+ROWID[^)]*$/i.test(String(found['sql']));
  return {
    path,
    bytes,
    table: chosen,
    columns,
    rowid: hasRowid ? ROWID_NAMES.find(each => !taken.has(each)) : undefined,
  };
}

async function countRows(query: Query, plan: TablePlan, signal: AbortSignal | undefined): Promise<number> {
  const table = quoteName(plan.table);
  const { rowid } = plan;
  if (rowid === undefined) {
    // Pages that several others point to would be counted over and over.
    const most = plan.bytes + 1;
    const counted = query(`SELECT count(*) AS n FROM (SELECT 1 FROM ${table} LIMIT ${most})`)[0]?.['n'];
    if (Number(counted) >= most) throw damagedTable(plan);
    return Number(counted);
  }
  let total = 0;
  let last: number | bigint | undefined;
  for (;;) {
    throwIfAborted(signal);
    const where = last === undefined ? '' : `WHERE ${rowid} > ?`;
    const [step] = query(
      `SELECT count(*) AS n, max(id) AS last FROM (SELECT ${rowid} AS id FROM ${table} ${where} ORDER BY ${rowid} LIMIT ${COUNT_STEP})`,
      last === undefined ? [] : [last],
    );
    const count = Number(step?.['n']);
    total += count;
    if (count < COUNT_STEP) return total;
    last = nextRowid(last, step?.['last'], plan);
    await setImmediate();
  }
}

async function* readBlocks(path: string, plan: TablePlan, { signal }: ReadOptions): AsyncGenerator<Block> {
  const table = quoteName(plan.table);
  const { rowid } = plan;
  // A row is an object: by numbers, since a column may have a name that objects have.
  const columns = [
    ...(rowid === undefined ? [] : [`${rowid} AS id`]),
    ...plan.columns.map((column, i) => `${quoteName(column)} AS c${i}`),
  ];
  const { rows, close } = await openDatabase(path);
  try {
    let last: number | bigint | undefined;
    let [first, read] = [0, 0];
    let step: SqliteRow[] = [];
    const block = (): Block => {
      const given = step;
      step = [];
      return cellBlock(first, given.length, (row, column) => given[row]?.[`c${column}`]);
    };
    const order = rowid === undefined ? '' : `ORDER BY ${rowid}`;
    for (const row of rows(`SELECT ${columns.join(', ')} FROM ${table} ${order}`)) {
      if (rowid !== undefined) last = nextRowid(last, row['id'], plan);
      else if (first + step.length > plan.bytes) throw damagedTable(plan);
      step.push(row);
      read += plan.columns.reduce((sum, _, i) => sum + sizeOf(row[`c${i}`]), 0);
      if (step.length < READ_STEP && read < READ_BYTES) continue;
      throwIfAborted(signal);
      const { length } = step;
      yield block();
      first += length;
      read = 0;
      await setImmediate();
    }
    throwIfAborted(signal);
    if (step.length > 0) yield block();
  } finally {
    await close();
  }
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}

/** @throws DataError where the rows of a damaged database lead in a circle: the numbers must grow */
function nextRowid(last: number | bigint | undefined, next: unknown, plan: TablePlan): number | bigint {
  const isNumber = typeof next === 'number' || typeof next === 'bigint';
  if (!isNumber || (last !== undefined && next <= last)) throw damagedTable(plan);
  return next;
}

function damagedTable({ path, table }: TablePlan): DataError {
  return dataError('corrupt', corruptSqliteRows({ file: path, table }), path);
}

async function runLater<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
