import * as vscode from 'vscode';
import { mayHoldAnnotations } from '../../annotations/document';
import { SYNTAXES } from '../../annotations/languages/table';
import { annotateText } from '../../workspace/annotate';
import { decode, isBinary } from '../../workspace/encoding';
import { createKinds } from '../../workspace/kinds';
import { isTelling, isUnchanged } from '../../workspace/known-files';
import type { Log } from '../log';
import { enabledGlobs } from './excludes';
import { walkFolder } from './web-walk';
import { limited, type IndexStore, type StoredIndex } from './index-store';
import type { ClosedFile, FolderReader } from './reader';

/** Every file is a request to somewhere: a search ends at so many. */
const MOST_FILES = 5000;
const LARGEST_FILE = 10_000_000;
const AT_ONCE = 8;
/** How long a search may take, in milliseconds, before folders are read one by one. */
const SEARCH_LIMIT = 3000;

/** Reads files through the editor alone, as a browser must. */
export function webReader(log: Log, store: IndexStore): FolderReader {
  const kindOf = createKinds();
  return {
    isCandidate: uri => kindOf(nameOf(uri)) !== undefined,
    async readFolder(root, folder, signal) {
      const excluded = enabledGlobs(vscode.workspace.getConfiguration('search', root).get('exclude'));
      const searched = await search(
        new vscode.RelativePattern(folder, `**/{${fileGlobs().join(',')}}`),
        // Left undefined, only files.exclude counts; a glob counts beside it.
        excluded.length > 0 ? `{${excluded.join(',')}}` : undefined,
      );
      // Most virtual file systems cannot be searched, and then nothing is found: their folders are read one by one.
      const found =
        searched.length > 0
          ? searched
          : await walkFolder(folder, uri => kindOf(nameOf(uri)) !== undefined, MOST_FILES, signal);
      if (found.length === MOST_FILES)
        log.warn(`${folder.toString()}: only the first ${MOST_FILES} files are read`);
      const known = folder.toString() === root.toString() ? await store.open(root) : undefined;
      const files = await readAll(found, signal, log, known);
      await known?.save();
      log.info(`${folder.toString()}: ${found.length} files, ${files.length} with annotations`);
      return limited(files, folder, log);
    },
    readFile: (_root, file) => read(file, log),
  };
}

/** Where nothing can search a file system, VS Code waits for something that could, for ever. */
async function search(include: vscode.RelativePattern, exclude: string | undefined): Promise<vscode.Uri[]> {
  const source = new vscode.CancellationTokenSource();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<vscode.Uri[]>(resolve => {
    timer = setTimeout(() => {
      source.cancel();
      resolve([]);
    }, SEARCH_LIMIT);
  });
  try {
    return await Promise.race([
      vscode.workspace.findFiles(include, exclude, MOST_FILES, source.token),
      timeout,
    ]);
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

function fileGlobs(): string[] {
  return [
    '*.ipynb',
    ...SYNTAXES.flatMap(({ files }) => files.map(file => (file.startsWith('.') ? `*${file}` : file))),
  ];
}

async function readAll(
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
  log: Log,
  known: StoredIndex | undefined,
): Promise<ClosedFile[]> {
  const files: ClosedFile[] = [];
  for (let i = 0; i < uris.length; i += AT_ONCE) {
    signal.throwIfAborted();
    const some = await Promise.all(uris.slice(i, i + AT_ONCE).map(uri => read(uri, log, known)));
    files.push(...some.filter(file => file !== undefined));
  }
  return files;
}

async function read(uri: vscode.Uri, log: Log, known?: StoredIndex): Promise<ClosedFile | undefined> {
  try {
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    const stamp = { size, changed: mtime };
    const before = known?.get(uri.toString());
    if (known && before && isUnchanged(before, stamp)) {
      known.note(uri.toString(), before);
      return before.annotated ? { uri, ...before.annotated } : undefined;
    }
    if (size > LARGEST_FILE) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = isBinary(bytes) ? '' : decode(bytes);
    const { annotations, diagnostics } = mayHoldAnnotations(text)
      ? annotateText(uri.path, text, uri.path.endsWith('.ipynb')).annotated
      : { annotations: [], diagnostics: [] };
    const isAnnotated = annotations.length + diagnostics.length > 0;
    if (isTelling(stamp, Date.now()))
      known?.note(
        uri.toString(),
        isAnnotated ? { ...stamp, annotated: { annotations, diagnostics } } : stamp,
      );
    return isAnnotated ? { uri, annotations, diagnostics } : undefined;
  } catch (error) {
    log.warn(`${uri.toString()}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
