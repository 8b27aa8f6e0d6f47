import { hashUnit } from '../common/hash';

export type SplitName = 'train' | 'validation' | 'test';

const NAMES: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  tst: 'test',
  eval: 'test',
  t10k: 'test',
};

/** The split a folder, a file prefix or a cell names (`val` and `dev` are `validation`); `undefined` for other words. */
export function canonicalSplit(word: string): SplitName | undefined {
  return NAMES[word.toLowerCase()];
}

/** The split a file name begins or ends with: `train.csv`, `test-00000-of-00002.parquet`, `sst2_dev.tsv`. */
export function splitOfFileName(name: string): SplitName | undefined {
  const words = name.replace(/\..*$/, '').split(/[-_ ]/);
  return canonicalSplit(words[0] ?? '') ?? canonicalSplit(words.at(-1) ?? '');
}

/** What share of the examples each split gets where the data does not say. */
export type SplitShares = Readonly<Record<SplitName, number>>;

export const DEFAULT_SHARES: SplitShares = { train: 0.8, validation: 0.1, test: 0.1 };

/** The shares by which a training split is divided further: only what the data lacks is taken out of it. */
export function missingShares(shares: SplitShares, existing: ReadonlySet<SplitName>): SplitShares {
  return {
    train: shares.train,
    validation: existing.has('validation') ? 0 : shares.validation,
    test: existing.has('test') ? 0 : shares.test,
  };
}

/**
 * The split of an example whose data names none, by the hash of what it is known by (from 0 up to 1): the same
 * in any order and on any machine.
 */
export function splitByHash(unit: number, { train, validation, test }: SplitShares): SplitName {
  const at = unit * (train + validation + test);
  if (at < test) return 'test';
  return at < test + validation ? 'validation' : 'train';
}

/**
 * Divides whole groups: in the order of their hashes, they fill the test split, then the validation split, then
 * the training split. Each gets at least one group where there are enough, so that four speakers make three
 * splits; a group larger than a split's share is passed on to the next.
 *
 * @param sizes examples in each group
 */
export function splitGroups(
  sizes: ReadonlyMap<string, number>,
  seed: number,
  shares: SplitShares,
): Map<string, SplitName> {
  const order = [...sizes.keys()].sort((a, b) => hashUnit(a, seed) - hashUnit(b, seed) || (a < b ? -1 : 1));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const scale = total / (shares.train + shares.validation + shares.test);
  const splits = new Map<string, SplitName>();
  let next = 0;
  for (const [split, groupsLeft] of [
    ['test', 1],
    ['validation', 1],
  ] as const) {
    const room = shares[split] * scale;
    for (let filled = 0; room > 0 && next < order.length - groupsLeft; next++) {
      const group = order[next] ?? '';
      const size = sizes.get(group) ?? 0;
      // Nearer to the share with the group than without it, or else the split has nothing yet.
      if (filled > 0 && filled + size - room > room - filled) break;
      splits.set(group, split);
      filled += size;
    }
  }
  for (const group of order.slice(next)) splits.set(group, 'train');
  return splits;
}
