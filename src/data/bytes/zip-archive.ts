import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { invalidZip, overlappingZip, tooManyArchiveEntries } from '../../messages/array-messages';
import { changedWhileRead } from '../../messages/data-access-messages';
import { isAbort, throwIfAborted } from '../../common/abort';
import { errorMessage } from '../../common/errors';
import { dataError, isDataError } from '../issues';
import { fileError } from '../paths/file-access';
import type { Unpacked } from './compression';
import { type ByteReader, unpackingReader } from './unpacking-reader';

/** More files than any archive of data has that is read here. */
const MAX_ENTRIES = 10_000;

/**
 * The names of the files in a zip archive, from its directory.
 *
 * @throws DataError `corrupt` or `truncated` for a bad archive, `too-many-files`
 */
export async function listMembers(path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const names: string[] = [];
  await eachMember(path, signal, entry => {
    if (!/\/$|(?:^|\/)(?:\.|__MACOSX\/)/.test(entry.fileName)) names.push(entry.fileName);
    return Promise.resolve(false);
  });
  return names;
}

/**
 * Opens a file in an archive, and unpacks it while it is read.
 *
 * @throws DataError as {@link listMembers}; `changed-while-read` where it is gone
 */
export async function openMember(
  path: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ByteReader> {
  let opened: ByteReader | undefined;
  await eachMember(path, signal, async (entry, zip) => {
    if (entry.fileName !== name) return false;
    const stream = await zip.openReadStreamPromise(entry);
    const where = `${path}#${name}`;
    const close = (): Promise<void> => {
      stream.destroy();
      zip.close();
      return Promise.resolve();
    };
    opened = {
      path: where,
      ...unpackingReader(
        piecesOf(stream as AsyncIterable<Buffer>),
        { path: where, size: entry.compressedSize, close },
        signal,
      ),
      changed: () => Promise.resolve(false),
    };
    return true;
  });
  if (!opened) throw dataError('changed-while-read', changedWhileRead(path), path);
  return opened;
}

async function* piecesOf(stream: AsyncIterable<Buffer>): Unpacked {
  yield* stream;
}

/**
 * Shows each file of an archive to `use` until that keeps the archive open by returning `true`.
 *
 * @throws DataError `corrupt` or `truncated` for a bad archive, `too-many-files`
 */
export async function eachMember(
  path: string,
  signal: AbortSignal | undefined,
  use: (entry: Entry, zip: ZipFile) => Promise<boolean>,
): Promise<void> {
  let zip: ZipFile | undefined;
  let isKept = false;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
    let entries = 0;
    let packed = 0;
    for await (const entry of zip.eachEntry()) {
      throwIfAborted(signal);
      packed += entry.compressedSize;
      // Entries that share their bytes: each would be unpacked on its own.
      if (packed > zip.fileSize) throw dataError('corrupt', overlappingZip(path), path);
      if (++entries > MAX_ENTRIES)
        throw dataError('too-many-files', tooManyArchiveEntries({ file: path, limit: MAX_ENTRIES }), path);
      isKept = await use(entry, zip);
      if (isKept) return;
    }
  } catch (error) {
    throw zipError(error, path);
  } finally {
    if (!isKept) zip?.close();
  }
}

/** The errors of the zip library have no codes. */
function zipError(error: unknown, path: string): unknown {
  if (isDataError(error) || isAbort(error)) return error;
  const known = fileError(error, path);
  if (known !== error) return known;
  const message = errorMessage(error);
  return dataError(
    /end of central directory|unexpected end|truncated/i.test(message) ? 'truncated' : 'corrupt',
    invalidZip({ file: path, reason: message }),
    path,
  );
}
