import path from 'node:path';
import * as vscode from 'vscode';
import { fileIssueMessage } from '../../messages/file-issues';
import type { AnnotatedFile } from '../../workspace/annotated-files';
import { scan, scanFile } from '../../workspace/annotation-scan';
import { createReader } from '../../workspace/file-reader';
import { createFileKindOf } from '../../workspace/file-selection';
import type { Log } from '../log';
import { type IndexStore, limitFiles } from './folder-index-store';
import type { ClosedFile, FolderReader } from './folder-reader';
import { isIncluded } from './node-path-filter';

/** Reads folders on disk as the command line does; others (a remote repository) as a browser does. */
export function nodeReader(log: Log, store: IndexStore): FolderReader {
  let elsewhere: Promise<FolderReader> | undefined;
  const readerElsewhere = (): Promise<FolderReader> =>
    (elsewhere ??= import('./web-folder-reader').then(({ webReader }) => webReader(log, store)));
  const kindOf = createFileKindOf();
  const isScript = scriptTest();
  const nameOf = (uri: vscode.Uri): string => path.basename(uri.fsPath);
  return {
    isCandidate: uri => kindOf(nameOf(uri)) !== undefined,
    async readFolder(root, folder, leftOut, signal) {
      if (root.scheme !== 'file') return (await readerElsewhere()).readFolder(root, folder, leftOut, signal);
      const isLeftOut = (file: string, isFolder: boolean): boolean =>
        leftOut(relative(root.fsPath, file), isFolder);
      if (folder.fsPath !== root.fsPath) {
        if (!isIncluded(root.fsPath, folder.fsPath, true) || isLeftOut(folder.fsPath, true)) return [];
      }
      const known = folder.fsPath === root.fsPath ? await store.open(root) : undefined;
      const { files, issues, opened } = await scan([folder.fsPath], {
        signal,
        isLeftOut,
        ...(known ? { known } : {}),
      });
      await known?.save();
      for (const issue of issues) log.warn(`${issue.path}: ${fileIssueMessage(issue)}`);
      log.info(`${folder.fsPath}: ${opened} files read, ${files.length} with annotations`);
      return limitFiles(files, folder, log).map(toClosedFile);
    },
    async readFile(root, file) {
      if (root.scheme !== 'file') return (await readerElsewhere()).readFile(root, file);
      const kind = kindOf(nameOf(file));
      if (!kind || !isIncluded(root.fsPath, file.fsPath)) return undefined;
      if (kind === 'script' && !isScript(file.fsPath)) return undefined;
      const found = scanFile(file.fsPath);
      if (found && 'code' in found) log.warn(`${file.fsPath}: ${fileIssueMessage(found)}`);
      return found && !('code' in found) ? toClosedFile(found) : undefined;
    },
  };
}

/** The path from a folder to what lies in it, with slashes. */
function relative(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}

/** Whether a file without an ending names its interpreter, and holds annotations at all. */
function scriptTest(): (file: string) => boolean {
  const read = createReader();
  const accepts = (beginning: string): boolean => beginning.startsWith('#!');
  return file => read(file, { limit: Number.POSITIVE_INFINITY, accepts }).kind === 'text';
}

function toClosedFile({ path: file, annotations, diagnostics }: AnnotatedFile): ClosedFile {
  return { uri: vscode.Uri.file(file), annotations, diagnostics };
}
