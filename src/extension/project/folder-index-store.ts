import * as vscode from 'vscode';
import { errorMessage } from '../../common/errors';
import type { CachedFile, ScanCache } from '../../workspace/scan-cache';
import type { Log } from '../log';

/** Annotated files that are kept in memory of one folder: some hundred megabytes at the very most. */
const MOST_FILES = 20_000;
/** Files of one folder that are remembered between windows. */
const MOST_KNOWN = 500_000;

/** What a window has read of a folder, for the next one: only what has changed since is read again. */
export interface IndexStore {
  /** `undefined` where nothing can be kept: a window without a folder. */
  readonly open: (root: vscode.Uri) => Promise<StoredIndex | undefined>;
}

export interface StoredIndex extends ScanCache {
  /** Keeps what was noted, and nothing else. */
  readonly save: () => Promise<void>;
}

export function createIndexStore(storage: vscode.Uri | undefined, release: string, log: Log): IndexStore {
  const { fs } = vscode.workspace;
  return {
    async open(root) {
      if (!storage) return undefined;
      const file = vscode.Uri.joinPath(storage, `index-${fingerprint(root.toString())}.json`);
      const { decodeScanCache, encodeScanCache } = await import('../../workspace/stored-scan-cache');
      const before = decodeScanCache(await readText(file), release);
      const now = new Map<string, CachedFile>();
      return {
        get: path => before.get(path),
        note(path, known) {
          if (now.size < MOST_KNOWN) now.set(path, known);
        },
        async save() {
          if (isSame(before, now)) return;
          try {
            await fs.createDirectory(storage);
            // Under another name first: a window that is closed now leaves no half of it.
            const whole = file.with({ path: `${file.path}.new` });
            await fs.writeFile(whole, new TextEncoder().encode(encodeScanCache(now, release)));
            await fs.rename(whole, file, { overwrite: true });
          } catch (error) {
            log.warn(`${file.toString()}: ${errorMessage(error)}`);
          }
        },
      };
    },
  };
}

/** The files that are kept in memory; a message tells where that is not all of them. */
export function limitFiles<T>(files: readonly T[], folder: vscode.Uri, log: Log): readonly T[] {
  if (files.length <= MOST_FILES) return files;
  log.warn(
    `${folder.toString()}: of ${files.length} files with annotations, the first ${MOST_FILES} are kept`,
  );
  return files.slice(0, MOST_FILES);
}

/** Files that are as they were are noted as they were. */
function isSame(before: ReadonlyMap<string, CachedFile>, now: ReadonlyMap<string, CachedFile>): boolean {
  if (before.size !== now.size) return false;
  for (const [path, file] of now) if (before.get(path) !== file) return false;
  return true;
}

async function readText(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // There is none yet.
    return '';
  }
}

/** A short name for a text; two folders of one workspace never meet by chance in 64 bits. */
function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
