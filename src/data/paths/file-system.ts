import type { FileUri } from './file-uri';

/** What stands somewhere, links followed. */
export interface FileStatus {
  readonly kind: 'file' | 'folder' | 'other';
  /** In bytes; of a folder it says nothing. */
  readonly size: number;
}

/**
 * The little that finding paths and reading a project's own small files needs of a file system, so that the same code
 * serves a terminal, an editor and a browser.
 */
export interface FileSystem {
  /** `undefined` where nothing is, or where it may not be looked at. */
  readonly stat: (uri: FileUri) => Promise<FileStatus | undefined>;
  /** Rejects where it cannot be read. */
  readonly readFile: (uri: FileUri) => Promise<Uint8Array>;
}
