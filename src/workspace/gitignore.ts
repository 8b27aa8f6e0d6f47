import { existsSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { boundedRules } from '../common/glob-bounds';
import { readSmallSync } from '../files/small-file';

/** The rules of one folder's `.gitignore`, below those of the folders above it. */
export interface Rules {
  readonly folder: string;
  readonly own: Ignore;
  readonly outer: Rules | undefined;
}

/** Whether git would leave out `file` (or folder, where `isFolder`), given that it keeps the folder around it. */
export function isIgnored(rules: Rules | undefined, file: string, isFolder: boolean): boolean {
  for (let each = rules; each; each = each.outer) {
    const relative = below(each.folder, file);
    const { ignored, unignored } = each.own.test(isFolder ? `${relative}/` : relative);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** Where rules are, by the entry of a folder that reveals them. */
const RULE_FILES: ReadonlyMap<string, string> = new Map([
  ['.git', path.join('.git', 'info', 'exclude')],
  ['.gitignore', '.gitignore'],
]);

/** Whether an entry of a folder says that rules begin there. */
export function bringsRules(entry: string): boolean {
  return RULE_FILES.has(entry);
}

/** The rules below `folder`: what its `entries` (`.gitignore`, `.git`) say, over `outer`. */
export function rulesBelow(
  folder: string,
  entries: readonly string[],
  outer: Rules | undefined,
): Rules | undefined {
  const files = [...RULE_FILES].flatMap(([entry, file]) => (entries.includes(entry) ? [file] : []));
  const texts = files.flatMap(file => read(path.join(folder, file)));
  return texts.length === 0 ? outer : { folder, own: ignore().add(texts.flatMap(boundedRules)), outer };
}

/**
 * The rules around `folder`, from the root of its repository down; none outside a repository. Rules that
 * leave out the folder itself are dropped: whoever names it wants what is in it.
 */
export function rulesAround(folder: string): Rules | undefined {
  const above = foldersUpToRepository(folder);
  const rules = above.reduceRight<Rules | undefined>((outer, each) => {
    const entries = [...RULE_FILES.keys()].filter(entry => existsSync(path.join(each, entry)));
    return rulesBelow(each, entries, outer);
  }, undefined);
  return rulesInside(folder, rules);
}

/** The rules that still count inside a folder that is entered: not those that would leave it out. */
export function rulesInside(folder: string, rules: Rules | undefined): Rules | undefined {
  if (!rules) return undefined;
  const outer = rulesInside(folder, rules.outer);
  const relative = below(rules.folder, folder);
  if (relative !== '' && rules.own.ignores(`${relative}/`)) return outer;
  return outer === rules.outer ? rules : { ...rules, outer };
}

/** The folders above `folder`, nearest first, as far as the one that holds `.git`; empty if that is `folder` itself or there is none. */
export function foldersUpToRepository(folder: string): string[] {
  const above: string[] = [];
  for (let each = folder; !existsSync(path.join(each, '.git'));) {
    const parent = path.dirname(each);
    if (parent === each) return [];
    above.push(parent);
    each = parent;
  }
  return above;
}

/** In bytes. The longest collections of rules are kilobytes. */
const LARGEST_RULES = 1_000_000;

function read(file: string): string[] {
  try {
    const bytes = readSmallSync(file, LARGEST_RULES);
    return bytes ? [bytes.toString('utf8')] : [];
  } catch {
    // Missing, unreadable, or no text of rules: no rules.
    return [];
  }
}

/** The path from a folder to an entry in it, with slashes as in rules. Empty for the folder itself. */
function below(folder: string, file: string): string {
  const relative = file.slice(folder.endsWith(path.sep) ? folder.length : folder.length + 1);
  return path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
}
