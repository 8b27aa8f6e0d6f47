/** The forms that the value of `path=` may have, wherever it is then looked for. Pure text: nothing here reads a disk. */

const WORKSPACE_FOLDER = '${workspaceFolder}';

/** Whether a path is an address on another machine: `https://…`, `s3://…`. A `file:` URI names a file of this one. */
export function isAddress(written: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(written) && fileUriPath(written) === undefined;
}

/** The authority and the decoded path of a `file:` URI; `undefined` for anything else, malformed escapes included. */
export function fileUriPath(
  written: string,
): { readonly authority: string; readonly path: string } | undefined {
  const [, authority = '', encoded = ''] = /^file:\/\/([^/]*)(\/.*)$/i.exec(written) ?? [];
  if (encoded === '') return undefined;
  try {
    return { authority: authority === 'localhost' ? '' : authority, path: decodeURIComponent(encoded) };
  } catch {
    return undefined;
  }
}

/** What stands behind `${workspaceFolder}/`, where a path begins so. */
export function inWorkspaceFolder(written: string): string | undefined {
  if (!written.startsWith(WORKSPACE_FOLDER)) return undefined;
  return written.slice(WORKSPACE_FOLDER.length).replace(/^[/\\]+/, '');
}

/** What stands behind `~/`, where a path begins so. */
export function inHome(written: string): string | undefined {
  return /^~[/\\]/.test(written) ? written.slice(2) : undefined;
}

/** Whether a path begins at a root: `/data`, `C:\data`, and where folders are separated so, `\data`. */
export function isAbsolutePath(written: string, isWindows: boolean): boolean {
  return /^(?:\/|[A-Za-z]:[/\\])/.test(written) || (isWindows && written.startsWith('\\'));
}

/**
 * Whether a path names its place outright, wherever the annotated file lies: it is absolute, in the home directory, or
 * a `file:` URI.
 */
export function isExplicitPath(written: string, isWindows: boolean): boolean {
  return (
    isAbsolutePath(written, isWindows) || inHome(written) !== undefined || fileUriPath(written) !== undefined
  );
}

/** A path of a list, and where it begins in what was written. */
export interface ListedPath {
  readonly path: string;
  readonly at: number;
}

/** The paths that are joined by commas, those in braces aside; one where there is no list. */
export function listedPaths(written: string): readonly ListedPath[] {
  let at = 0;
  const parts = splitOutsideBraces(written).map(part => {
    const lead = part.length - part.trimStart().length;
    const listed = { path: part.trim(), at: at + lead };
    at += part.length + 1;
    return listed;
  });
  return parts.length < 2 || parts.some(({ path }) => path === '') ? [{ path: written, at: 0 }] : parts;
}

/** Cuts at commas, other than those in braces: from behind, as it is the closing brace that makes a pair. */
function splitOutsideBraces(written: string): string[] {
  const parts: string[] = [];
  let end = written.length;
  let inBraces = false;
  for (let i = written.length - 1; i >= 0; i--) {
    const character = written.charAt(i);
    if (character === '}') inBraces = true;
    else if (character === '{') inBraces = false;
    else if (character === ',' && !inBraces) {
      parts.push(written.slice(i + 1, end));
      end = i;
    }
  }
  parts.push(written.slice(0, end));
  return parts.reverse();
}

/** What stands before and behind the last `#`, as in `calls.db#table`; `undefined` where nothing stands before one. */
export function splitFragment(
  written: string,
): { readonly path: string; readonly fragment: string } | undefined {
  const hash = written.lastIndexOf('#');
  return hash > 0 ? { path: written.slice(0, hash), fragment: written.slice(hash + 1) } : undefined;
}

/** Where the first wildcard of a glob stands; negative where there is none. */
export function globAt(path: string): number {
  return path.search(/[*?[{]/);
}

/** The folder that a glob starts from, the path as it is where there is no wildcard. `separators`: `/`, or `/\` on Windows. */
export function globFolder(path: string, separators = '/'): string {
  const glob = globAt(path);
  if (glob < 0) return path;
  const last = Math.max(...Array.from(separators, each => path.lastIndexOf(each, glob)));
  return last < 0 ? '.' : path.slice(0, Math.max(last, 1));
}
