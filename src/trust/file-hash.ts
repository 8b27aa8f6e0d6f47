import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Larger files are known by what the file system says of them: nobody reads gigabytes before each trial. */
const LARGEST_READ = 64 * 1024 * 1024;
/** Files from this size are not read again while the file system says that they are the same. */
const SMALLEST_KEPT = 256 * 1024;
/** A file that changed so lately, in milliseconds, may change again within the same tick of the clock. */
const SETTLED = 2000;

const READING = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

const known = new Map<string, string>();

/** SHA-256 of a text, in hexadecimal digits. */
export function sha256Of(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * What a file says, as one hash: of its content, or from {@link LARGEST_READ} bytes of its size, identity and times of
 * change. `undefined` for what is no regular file, or cannot be read. Links are followed.
 */
export async function hashOfFile(file: string): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    // A pipe would be waited for without end.
    handle = await open(file, READING);
    const { size, dev, ino, mtimeNs, ctimeNs, ctimeMs } = await handle.stat({ bigint: true });
    if (!(await handle.stat()).isFile()) return undefined;
    if (size > LARGEST_READ) return sha256Of(['large', size, ino, mtimeNs, ctimeNs].join(' '));
    const stamp = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    const before = known.get(stamp);
    if (before !== undefined) return before;
    const hash = createHash('sha256');
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
    const found = hash.digest('hex');
    if (size >= SMALLEST_KEPT && Date.now() - Number(ctimeMs) > SETTLED) known.set(stamp, found);
    return found;
  } catch {
    return undefined;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** Whether there is a regular file, links followed. */
export async function isRegularFile(file: string): Promise<boolean> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, READING);
    return (await handle.stat()).isFile();
  } catch {
    return false;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** The text of a regular file of at most `most` bytes; `undefined` for anything else. */
export async function textOfFile(file: string, most: number): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, READING);
    const status = await handle.stat();
    return status.isFile() && status.size <= most ? await handle.readFile('utf8') : undefined;
  } catch {
    return undefined;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}
