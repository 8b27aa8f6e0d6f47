import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { boundedRules } from '../../common/glob-bounds';
import { isExcludedFolder, marksExcluded } from '../../workspace/file-selection';

/** What a `.gitignore` says, of paths with slashes. */
export interface Rules {
  /** The path of its folder, with a slash at its end. */
  readonly base: string;
  readonly own: Ignore;
}

/** The rules below a folder whose `.gitignore` reads so: the nearest decide, and come first. */
export function withRules(folder: string, text: string, outer: readonly Rules[]): readonly Rules[] {
  return [{ base: `${folder.replace(/\/$/, '')}/`, own: ignore().add(boundedRules(text)) }, ...outer];
}

export function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  for (const { base, own } of rules) {
    const { ignored, unignored } = own.test(path.slice(base.length) + (isFolder ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The files that say what is left out, as a search finds them below a folder. */
export const RULE_GLOB = '**/{.gitignore,pyvenv.cfg,CACHEDIR.TAG,conda-meta/history}';

/** What was found of them, by the paths of the folders that they are about. */
export interface FoundRules {
  readonly gitignores: ReadonlyMap<string, string>;
  /** Python environments and caches. */
  readonly marked: ReadonlySet<string>;
}

/** The folder that a found file marks as one to leave out; `undefined` for what marks none. */
export function markedBy(file: string): string | undefined {
  const [name = '', parent = ''] = file.split('/').reverse();
  if (marksExcluded(name)) return parentOf(file);
  return marksExcluded(parent) ? parentOf(parentOf(file)) : undefined;
}

/**
 * Whether going through `folder` would come upon a file that a search has found below it.
 * @param outer the rules around the folder
 */
export function includedIn(
  folder: string,
  outer: readonly Rules[],
  { gitignores, marked }: FoundRules,
): (file: string) => boolean {
  const start = folder.replace(/(?<=.)\/$/, '');
  const known = new Map<string, readonly Rules[] | undefined>();
  /** The rules in a folder; `undefined` where it is left out. */
  const rulesIn = (path: string): readonly Rules[] | undefined => {
    if (known.has(path)) return known.get(path);
    const around = path.length > start.length ? rulesIn(parentOf(path)) : outer;
    const text = gitignores.get(path);
    const isLeftOut = path.length > start.length && (around === undefined || leavesOut(path, around));
    const rules =
      around === undefined || isLeftOut
        ? undefined
        : text === undefined
          ? around
          : withRules(path, text, around);
    known.set(path, rules);
    return rules;
  };
  const leavesOut = (path: string, around: readonly Rules[]): boolean =>
    isExcludedFolder(path.slice(path.lastIndexOf('/') + 1)) ||
    marked.has(path) ||
    isIgnored(around, path, true);
  return file => {
    const rules = rulesIn(parentOf(file));
    return rules !== undefined && !isIgnored(rules, file, false);
  };
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';
}
