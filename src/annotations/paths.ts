/** The forms that a `path` may have, wherever it is then looked for. */

const WORKSPACE_FOLDER = '${workspaceFolder}';

/** Whether a path is an address: `https://…`, `s3://…`. */
export function isAddress(written: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(written);
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

/** A path of a list, and where it begins in what was written. */
export interface ListedPath {
  readonly path: string;
  readonly at: number;
}

/** The paths that are joined by commas, those in braces aside; one where there is no list. */
export function listedPaths(written: string): readonly ListedPath[] {
  let at = 0;
  const parts = written.split(/,(?![^{]*\})/).map(part => {
    const lead = part.length - part.trimStart().length;
    const listed = { path: part.trim(), at: at + lead };
    at += part.length + 1;
    return listed;
  });
  return parts.length < 2 || parts.some(({ path }) => path === '') ? [{ path: written, at: 0 }] : parts;
}

/** Where the first wildcard of a glob stands; negative where there is none. */
export function globAt(path: string): number {
  return path.search(/[*?[{]/);
}
