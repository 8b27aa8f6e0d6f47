import ignore from 'ignore';
import { choices, isBoundedGlob } from '../../common/glob-bounds';
import type { IsExcluded } from './folder-reader';

/**
 * Reads globs of VS Code (`files.exclude`, `search.exclude`) as patterns of git: `**` and `*` mean the same, a
 * glob without `**` begins at the folder, braces are written out. What excludes all that is in a folder excludes the
 * folder.
 */
export function excludesOf(globs: readonly string[]): IsExcluded {
  const rules = ignore({ ignorecase: false }).add(
    globs.filter(isExpandable).flatMap(expandBraces).filter(isBoundedGlob).map(anchored),
  );
  return (relative, isFolder) =>
    ignore.isPathValid(relative) && rules.ignores(isFolder ? `${relative}/` : relative);
}

/** The globs that are switched on in a setting; those that depend on a sibling file are left aside. */
export function enabledGlobs(setting: unknown): string[] {
  if (typeof setting !== 'object' || setting === null) return [];
  return Object.entries(setting).flatMap(([glob, enabled]) => (enabled === true ? [glob] : []));
}

function anchored(glob: string): string {
  const folder = glob.replace(/(?<=[^/*])\/\*\*$/, '/');
  return folder.startsWith('/') ? folder : `/${folder}`;
}

/** A workspace brings its settings along: thirty pairs of braces are a billion globs. */
function isExpandable(glob: string): boolean {
  return glob.length <= LONGEST && choices(glob) <= MOST_GLOBS;
}

const LONGEST = 10_000;
const MOST_GLOBS = 1000;

/** `*.{a,b}` as `*.a` and `*.b`, inner braces first. */
function expandBraces(glob: string): string[] {
  const group = /\{([^{}]*)\}/.exec(glob);
  if (!group) return [glob];
  const [whole, inner = ''] = group;
  const before = glob.slice(0, group.index);
  const after = glob.slice(group.index + whole.length);
  return inner.split(',').flatMap(choice => expandBraces(before + choice + after));
}
