import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { readHead } from '../../bytes/source';
import { DataError } from '../../errors';

export type SqliteRow = Readonly<Record<string, unknown>>;

/** Runs one query; the rows come all at once, so queries ask for few. */
export type Query = (sql: string, values?: (number | bigint | string)[]) => SqliteRow[];

/** A database open for reading. */
export interface Connection {
  readonly query: Query;
  readonly close: () => Promise<void>;
}

/**
 * Opens a database for reading. The library locks by making a folder beside the file; it is given a link in a
 * folder of its own, so that nothing appears in the user's, and one that cannot be written to is no obstacle.
 *
 * @throws DataError `corrupt`, or `unsupported` for a database in write-ahead mode
 */
export async function openDatabase(path: string): Promise<Connection> {
  await checkHeader(path);
  const folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const link = join(folder, 'data.db');
    await symlink(path, link);
    const { Database } = await import('./library');
    const database = new Database(link, { readOnly: true });
    return {
      query: (sql, values) => {
        try {
          return database.all(sql, values);
        } catch (error) {
          throw databaseError(error, path);
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

function databaseError(error: unknown, path: string): DataError {
  const message = error instanceof Error ? error.message : String(error);
  return new DataError(
    'corrupt',
    l10n.t('{0} cannot be read as a SQLite database: {1}', path, message),
    path,
  );
}

async function checkHeader(path: string): Promise<void> {
  const head = Buffer.from(await readHead(path, 100));
  if (head.toString('latin1', 0, 15) !== 'SQLite format 3')
    throw new DataError('corrupt', l10n.t('{0} is not a SQLite database', path), path);
  if (head[18] === 2) {
    throw new DataError(
      'unsupported',
      l10n.t('{0} is in write-ahead mode; run "PRAGMA journal_mode=DELETE" on it first', path),
      path,
    );
  }
}
