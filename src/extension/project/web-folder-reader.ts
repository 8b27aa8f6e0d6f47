import * as vscode from 'vscode';
import { errorMessage } from '../../common/errors';
import { throwIfAborted } from '../../common/abort';
import { decode, isBinary } from '../../common/text-decoding';
import { mayHoldAnnotations } from '../../language/annotated-text';
import { SYNTAXES } from '../../language/languages/language-registry';
import { annotateText } from '../../workspace/annotated-files';
import { createFileKindOf } from '../../workspace/file-selection';
import { isReliable, isUnchanged } from '../../workspace/scan-cache';
import type { Log } from '../log';
import { enabledGlobs } from './exclude-globs';
import { type IndexStore, type StoredIndex, limitFiles } from './folder-index-store';
import type { ClosedFile, FolderReader } from './folder-reader';
import { type FolderWalkOptions, relativePath, rulesTo, textOf, walkFolder } from './web-folder-walk';
import { RULE_GLOB, type Rules, includedIn, markedBy, parentOf } from './web-path-filter';

/** Every file is a request to somewhere: a search ends at so many. */
const MOST_FILES = 5000;
/** A search knows nothing of `.gitignore`: of what it finds much may be left out. */
const MOST_FOUND = 4 * MOST_FILES;
const LARGEST_FILE = 10_000_000;
const AT_ONCE = 8;
/** How long a search may take, in milliseconds, before folders are read one by one. */
const SEARCH_LIMIT = 3000;

/** Reads files through the editor alone, as a browser must. */
export function webReader(log: Log, store: IndexStore): FolderReader {
  const kindOf = createFileKindOf();
  return {
    isCandidate: uri => kindOf(nameOf(uri)) !== undefined,
    async readFolder(root, folder, leftOut, signal) {
      const isRoot = folder.toString() === root.toString();
      const rules = isRoot ? [] : await rulesTo(root, folder, true);
      if (!rules || (!isRoot && leftOut(relativePath(root, folder), true))) return [];
      const wanted: FolderWalkOptions = {
        isCandidate: uri => kindOf(nameOf(uri)) !== undefined,
        leftOut: (uri, isFolder) => leftOut(relativePath(root, uri), isFolder),
        limit: MOST_FILES,
      };
      const excluded = enabledGlobs(vscode.workspace.getConfiguration('search', root).get('exclude'));
      // Left undefined, only files.exclude counts; a glob counts beside it.
      const exclude = excluded.length > 0 ? `{${excluded.join(',')}}` : undefined;
      const searched = await search(
        new vscode.RelativePattern(folder, `**/{${fileGlobs().join(',')}}`),
        exclude,
      );
      // Most virtual file systems cannot be searched, and then nothing is found: their folders are read one by one.
      const found =
        searched.length > 0
          ? (await visited(searched, { uri: folder, rules }, exclude))
              .filter(uri => !wanted.leftOut(uri, false))
              .slice(0, MOST_FILES)
          : await walkFolder({ uri: folder, rules }, wanted, signal);
      if (found.length === MOST_FILES)
        log.warn(`${folder.toString()}: only the first ${MOST_FILES} files are read`);
      const known = isRoot ? await store.open(root) : undefined;
      const files = await readAll(found, signal, log, known);
      await known?.save();
      log.info(`${folder.toString()}: ${found.length} files, ${files.length} with annotations`);
      return limitFiles(files, folder, log);
    },
    async readFile(root, file) {
      const rules = await rulesTo(root, file, false);
      return rules ? read(file, log) : undefined;
    },
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
      vscode.workspace.findFiles(include, exclude, MOST_FOUND, source.token),
      timeout,
    ]);
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

/** What going through the folders would have come upon, of what a search has found. */
async function visited(
  found: readonly vscode.Uri[],
  { uri: folder, rules }: { readonly uri: vscode.Uri; readonly rules: readonly Rules[] },
  exclude: string | undefined,
): Promise<readonly vscode.Uri[]> {
  const files = await search(new vscode.RelativePattern(folder, RULE_GLOB), exclude);
  const ignoring = files.filter(uri => nameOf(uri) === '.gitignore');
  const texts = await Promise.all(
    ignoring.map(async uri => [parentOf(uri.path), await textOf(uri)] as const),
  );
  const marked = new Set(files.flatMap(({ path }) => markedBy(path) ?? []));
  const visits = includedIn(folder.path, rules, { gitignores: new Map(texts), marked });
  return found.filter(({ path }) => visits(path));
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
    throwIfAborted(signal);
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
    if (isReliable(stamp, Date.now()))
      known?.note(
        uri.toString(),
        isAnnotated ? { ...stamp, annotated: { annotations, diagnostics } } : stamp,
      );
    return isAnnotated ? { uri, annotations, diagnostics } : undefined;
  } catch (error) {
    log.warn(`${uri.toString()}: ${errorMessage(error)}`);
    return undefined;
  }
}
