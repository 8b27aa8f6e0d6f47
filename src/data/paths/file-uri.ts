/**
 * Where a file or folder lies, by the parts of a URI: the same on every system and for files that another machine
 * keeps. An editor's URIs fit as they are.
 */
export interface FileUri {
  /** `file` for this machine. */
  readonly scheme: string;
  /** The server of a share, or the machine or repository that an editor is connected to. */
  readonly authority: string;
  /** Begins with a slash, and has slashes on Windows too: `/C:/data`. */
  readonly path: string;
}

/** The URI of an absolute path on this machine. */
export function uriOfFsPath(fsPath: string, isWindows: boolean): FileUri {
  const path = isWindows ? fsPath.replaceAll('\\', '/') : fsPath;
  const [, server, share] = (isWindows ? /^\/\/([^/]+)(\/.*)?$/.exec(path) : undefined) ?? [];
  if (server !== undefined) return { scheme: 'file', authority: server, path: normalise(share ?? '/') };
  return { scheme: 'file', authority: '', path: normalise(path.startsWith('/') ? path : `/${path}`) };
}

/** The path that the system knows a `file` URI by. */
export function fsPathOf({ authority, path }: FileUri, isWindows: boolean): string {
  if (!isWindows) return path;
  const local = authority === '' ? path.replace(/^\/(?=[A-Za-z]:)/, '') : `//${authority}${path}`;
  return (/^[A-Za-z]:$/.test(local) ? `${local}/` : local).replaceAll('/', '\\');
}

/** What a relative path leads to from a folder. It never leads above the root of a drive or share. */
export function joinUri(folder: FileUri, relative: string, isWindows = false): FileUri {
  const steps = isWindows ? relative.replaceAll('\\', '/') : relative;
  return { ...partsOf(folder), path: normalise(`${folder.path}/${steps}`) };
}

/** The folder that something lies in; of a root, that root. */
export function parentUri(uri: FileUri): FileUri {
  return joinUri(uri, '..');
}

/** Whether `uri` is `folder` or lies in it, links not followed. */
export function isInsideUri(folder: FileUri, uri: FileUri): boolean {
  if (folder.scheme !== uri.scheme || folder.authority !== uri.authority) return false;
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path === folder.path || uri.path.startsWith(base);
}

/** One text for one place. */
export function uriKey({ scheme, authority, path }: FileUri): string {
  return `${scheme}://${authority}${path}`;
}

/** An editor's URI has more than these, behind getters that a spread would miss. */
function partsOf({ scheme, authority, path }: FileUri): FileUri {
  return { scheme, authority, path };
}

/** Without `.`, `..` and slashes that say nothing; a drive letter at the beginning stays. */
function normalise(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (!(steps.length === 1 && /^[A-Za-z]:$/.test(steps[0] ?? ''))) steps.pop();
  }
  return `/${steps.join('/')}`;
}
