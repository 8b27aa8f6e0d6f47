import { basename, dirname, join } from 'node:path';
import { missingShards, unlikeTables } from '../../messages/table-messages';
import type { RawDatasetPart } from '../data-tables';
import { type IssueLog, addTogether } from '../issues';
import type { ResolvedPath } from '../paths/resolve-path';

/** Names by the parts of a dataset that lie in files of their own: `train-00000-of-00010.parquet`. */
const SHARD = /^(.*?[-_.]?)(\d{3,6})([-_]of[-_])(\d{3,6})(.*)$/i;

/** More shards than any dataset has, so that a made-up name costs nothing. */
const MOST_SHARDS = 100_000;
/** Missing shards that are named. */
const NAMED = 10;

interface Shards {
  readonly folder: string;
  readonly name: (index: number) => string;
  readonly total: number;
  readonly found: Set<number>;
}

/** Reports shards whose names say that there are more of them than a folder has. */
export function reportMissingShards({ isFolder, folders }: ResolvedPath, issues: IssueLog): void {
  if (!isFolder) return;
  const series = new Map<string, Shards>();
  for (const { path, files } of folders)
    for (const file of files) {
      const [, before = '', index = '', of = '', count = '', after = ''] = SHARD.exec(file) ?? [];
      const total = Number(count);
      if (total < 1 || total > MOST_SHARDS) continue;
      const key = [path, before, count, after].join('\0');
      const shards = series.get(key) ?? {
        folder: path,
        name: each => `${before}${String(each).padStart(index.length, '0')}${of}${count}${after}`,
        total,
        found: new Set<number>(),
      };
      series.set(key, shards);
      shards.found.add(Number(index));
    }
  for (const { folder, name, total, found } of series.values()) {
    // Most count from 0, some from 1.
    const first = found.has(total) && !found.has(0) ? 1 : 0;
    const missing = Array.from({ length: total }, (_, i) => first + i).filter(each => !found.has(each));
    const message = missingShards({ folder, missing: missing.length, total });
    const places = missing.slice(0, NAMED).map(each => join(folder, name(each)));
    addTogether(issues, { severity: 'warning', code: 'missing-file', message }, places, missing.length);
  }
}

/** Tables that share fewer of the smaller one's columns are not parts of one dataset. */
const ALIKE = 0.5;

/** Reports tables that are counted together although their columns say that they are of different things. */
export function reportUnlikeTables(path: string, parts: readonly RawDatasetPart[], issues: IssueLog): void {
  const kinds: { readonly columns: ReadonlySet<string>; readonly file: string }[] = [];
  for (const { table } of parts) {
    const columns = new Set(table.columns.map(({ name }) => name));
    if (!kinds.some(kind => areAlike(kind.columns, columns))) kinds.push({ columns, file: table.path });
  }
  if (kinds.length < 2) return;
  const named = kinds.map(({ file, columns }) => ({
    file: dirname(file) === path ? basename(file) : file,
    columns: [...columns],
  }));
  issues.add('warning', 'unlike-tables', unlikeTables(path, named), path, kinds.length);
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter(name => other.has(name)).length;
  return shared >= ALIKE * Math.min(one.size, other.size);
}
