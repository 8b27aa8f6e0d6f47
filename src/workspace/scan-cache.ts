import type { AnnotatedFile } from './annotated-files';

/** Shows whether a file may have changed since it was read. */
export interface FileStamp {
  /** In bytes. */
  readonly size: number;
  /** When its content or its place last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** What was found in a file when it stood as `stamp` says; without `annotated`, nothing. */
export interface CachedFile extends FileStamp {
  readonly annotated?: Omit<AnnotatedFile, 'path'>;
}

/** Files that were read before: a scan skips those that have not changed since. */
export interface ScanCache {
  readonly get: (path: string) => CachedFile | undefined;
  /** Told of every file that a scan has read, or found as it was. */
  readonly note: (path: string, file: CachedFile) => void;
}

/**
 * A file that was written so shortly before it was read may be written again without another time: its stamp
 * does not tell. In milliseconds; file systems count in steps of two seconds at most.
 */
const TOO_FRESH = 2000;

/** Whether a stamp, taken at `now`, will differ after the next change. */
export function isReliable({ changed }: FileStamp, now: number): boolean {
  return changed < now - TOO_FRESH;
}

export function isUnchanged(known: FileStamp | undefined, now: FileStamp): boolean {
  return known?.size === now.size && known.changed === now.changed;
}
