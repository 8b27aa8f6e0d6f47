import { gitLfsPointer, webPageInsteadOfData } from '../../messages/data-access-messages';
import { openRegular } from '../../files/regular-file';
import { type DataError, dataError } from '../issues';
import { fileError } from '../paths/file-access';

/** What lies in the place of a file that was never downloaded. */
export type Placeholder = 'git-lfs pointer' | 'web page';

/** Bytes that tell a placeholder: a pointer of Git LFS has some 130 altogether. */
export const PLACEHOLDER_HEAD = 256;
/** A pointer is never longer. */
export const LONGEST_POINTER = 1024;

const POINTER = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\//;
/** What servers send in place of a file: a question to log in, or an error. */
const WEB_PAGE = /^\s*<(?:!doctype\s+html|html|head)\b/i;

/** What a file is a placeholder for, by its first bytes; `undefined` for anything else. */
export function placeholderOf(head: Uint8Array): Placeholder | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, PLACEHOLDER_HEAD))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  if (POINTER.test(text)) return 'git-lfs pointer';
  return WEB_PAGE.test(text) ? 'web page' : undefined;
}

/** The error of a file that is a placeholder; `undefined` for any other. */
export function placeholderError(head: Uint8Array, path: string): DataError | undefined {
  switch (placeholderOf(head)) {
    case 'git-lfs pointer':
      return dataError('not-downloaded', gitLfsPointer(path), path);
    case 'web page':
      return dataError('not-downloaded', webPageInsteadOfData(path), path);
    case undefined:
      return undefined;
  }
}

/**
 * The first bytes of a file.
 *
 * @throws DataError `not-found`, `no-permission`, `unsupported`
 */
export async function headOf(path: string): Promise<Uint8Array> {
  try {
    const handle = await openRegular(path);
    try {
      const head = new Uint8Array(PLACEHOLDER_HEAD);
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}
