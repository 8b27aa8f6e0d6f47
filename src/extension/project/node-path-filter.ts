import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isExcludedFolder, marksExcluded } from '../../workspace/file-selection';
import { isIgnored, rulesAround, rulesBelow, rulesInside } from '../../workspace/gitignore';

/**
 * Whether a search of `root` would come upon `file` (or enter it, where `isFolder`): no folder on the way, nor the file
 * itself, is left out.
 */
export function isIncluded(root: string, file: string, isFolder = false): boolean {
  const names = path.relative(root, file).split(path.sep);
  let rules = rulesAround(root);
  let folder = root;
  for (const [depth, name] of names.entries()) {
    const entries = entriesOf(folder);
    if (depth > 0 && entries.some(marksExcluded)) return false;
    rules = rulesBelow(folder, entries, rules);
    folder = path.join(folder, name);
    const enters = isFolder || depth < names.length - 1;
    if ((enters && isExcludedFolder(name)) || isIgnored(rules, folder, enters)) return false;
    rules = rulesInside(folder, rules);
  }
  return !isFolder || !entriesOf(file).some(marksExcluded);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is gone; then so is the file, and nothing leaves it out.
    return [];
  }
}
