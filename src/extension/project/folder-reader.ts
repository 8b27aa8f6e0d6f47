import type * as vscode from 'vscode';
import type { Diagnostic } from '../../language/annotation-diagnostics';
import type { Annotation } from '../../language/annotation-model';

/** The annotations of a file as it stands on disk. */
export interface ClosedFile {
  readonly uri: vscode.Uri;
  readonly annotations: readonly Annotation[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Whether a file or folder, named relative to its workspace folder with slashes, is left out: by `files.exclude` or
 * `search.exclude`, or because it is a workspace folder of its own.
 */
export type IsExcluded = (relative: string, isFolder: boolean) => boolean;

/** How files are found and read: it differs between a machine with files and a browser. */
export interface FolderReader {
  /** Whether a file so named may hold annotations. */
  readonly isCandidate: (uri: vscode.Uri) => boolean;
  /**
   * Reads what is worth reading in `folder`, which is `root` or lies in it; what is left out is neither entered nor
   * counts towards a limit. Rejects when `signal` is aborted.
   */
  readonly readFolder: (
    root: vscode.Uri,
    folder: vscode.Uri,
    leftOut: IsExcluded,
    signal: AbortSignal,
  ) => Promise<readonly ClosedFile[]>;
  /** Reads one file; `undefined` where it holds no annotation, or a search of `root` would pass it by. */
  readonly readFile: (root: vscode.Uri, file: vscode.Uri) => Promise<ClosedFile | undefined>;
}
