import { hashUnit } from '../common/hash';
import { type SplitName, canonicalSplit } from './split-names';

export { canonicalSplit, type SplitName };

/** What folders of a split are called besides its name: `train_images`, `test-set`, `stage1_train`, `wavs.val`. */
const FOLDER_WORDS: ReadonlySet<string> = new Set(
  (
    'image images img imgs pic pics picture pictures photo photos jpg jpeg png tif tiff audio wav wavs flac mp3 ' +
    'clip clips recordings sounds text texts txt docs documents data dataset set split files folder stage1 stage2'
  ).split(' '),
);

/** The split that a folder is named after: `train`, `train_images`, `val2017`; `undefined` for other folders. */
export function splitOfFolder(name: string): SplitName | undefined {
  const exact = canonicalSplit(name);
  if (exact !== undefined) return exact;
  const words = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/(?<=[a-z])[-_]?(?:19|20)\d\d$/, '')
    .split(/[-_. ]+/);
  const splits = words.map(canonicalSplit).filter(split => split !== undefined);
  const others = words.filter(word => canonicalSplit(word) === undefined);
  return splits.length === 1 && others.every(word => FOLDER_WORDS.has(word)) ? splits[0] : undefined;
}

/** The split a file name begins or ends with: `train.csv`, `test-00000-of-00002.parquet`, `sst2_dev.tsv`. */
export function splitOfFileName(name: string): SplitName | undefined {
  const [bare = ''] = name.split('.', 1);
  const words = bare.split(/[-_ ]/);
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

/** The splits by the numbers that {@link stratifiedSplits} gives. */
export const SPLITS = ['train', 'validation', 'test'] as const satisfies readonly SplitName[];

/** A class of so many examples has at least one in each split, … */
const FEWEST = 3;
/** … and from so many on at least two in the validation and in the test split. */
const SEVERAL = 10;
/** Rare classes enlarge a split to this many times its share at most. */
const MOST_ROOM = 2;

/**
 * Divides examples so that each split has each stratum's share of them: within a stratum the order of the hashes
 * decides. Rounding goes to the strata with the largest remainders, and rare ones are in every split if they can be.
 *
 * @param strata the stratum of each example, from 0
 * @param hashes of each example, from 0 up to 1
 * @param fold which of the disjoint test splits to take, from 0: the order of each stratum is gone through from so many
 * test splits on, and from its start again after its end
 * @returns the places of the splits in {@link SPLITS}
 */
export function stratifiedSplits(
  strata: Int32Array,
  hashes: Float64Array,
  shares: SplitShares,
  fold = 0,
): Uint8Array {
  const members: number[][] = [];
  strata.forEach((stratum, example) => (members[stratum] ??= []).push(example));
  const filled = members.filter(each => each.length > 0);
  const sizes = filled.map(each => each.length);
  const whole = shares.train + shares.validation + shares.test;
  const test = seats(sizes, shares.test / whole, sizes);
  const validation = seats(
    sizes,
    shares.validation / whole,
    sizes.map((size, i) => size - (test[i] ?? 0)),
  );
  const splits = new Uint8Array(strata.length);
  filled.forEach((examples, i) => {
    examples.sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0) || a - b);
    const [first, second] = [test[i] ?? 0, (test[i] ?? 0) + (validation[i] ?? 0)];
    const start = (fold * first) % Math.max(1, examples.length);
    examples.forEach((example, rank) => {
      const at = (rank - start + examples.length) % examples.length;
      splits[example] = at < first ? 2 : at < second ? 1 : 0;
    });
  });
  return splits;
}

/** How many of each stratum a split gets: its share by largest remainders, then at least what rare ones need. */
function seats(sizes: readonly number[], share: number, left: readonly number[]): number[] {
  if (share <= 0) return sizes.map(() => 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map(size => size * share);
  const given = exact.map(Math.floor);
  let rest = Math.round(total * share) - given.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact
    .map((each, i) => ({ i, remainder: each - Math.floor(each) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) if (rest-- > 0) given[i] = (given[i] ?? 0) + 1;
  let room = MOST_ROOM * total * share - given.reduce((sum, each) => sum + each, 0);
  sizes.forEach((size, i) => {
    // The training split keeps one of each.
    const most = Math.max(0, (left[i] ?? 0) - 1);
    const least = size >= SEVERAL ? 2 : size >= FEWEST ? 1 : 0;
    const wanted = Math.min(most, Math.max(given[i] ?? 0, least));
    const more = Math.max(0, wanted - (given[i] ?? 0));
    given[i] = Math.min(most, given[i] ?? 0);
    if (more > 0 && more <= room) [given[i], room] = [wanted, room - more];
  });
  return given;
}

/**
 * Divides examples by their times: the latest test, those before them validate. Examples of one time stay together.
 *
 * @param times of each example, in any unit; `NaN` where it is missing
 * @returns the places of the splits in {@link SPLITS}
 */
export function chronologicalSplits(times: Float64Array, shares: SplitShares): Uint8Array {
  const splits = new Uint8Array(times.length);
  const order = Array.from(times.keys())
    .filter(i => !Number.isNaN(times[i]))
    .sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0) || a - b);
  const whole = shares.train + shares.validation + shares.test;
  let at = 0;
  for (const [place, share] of [
    [2, shares.test],
    [1, shares.validation],
  ] as const) {
    const wanted = at + Math.round((order.length * share) / whole);
    while (
      at < order.length &&
      (at < wanted ||
        (at > 0 && wanted > 0 && isSame(times, order, at) && splits[order[at - 1] ?? 0] === place))
    )
      splits[order[at++] ?? 0] = place;
  }
  return splits;
}

const isSame = (times: Float64Array, order: readonly number[], at: number): boolean =>
  times[order[at] ?? 0] === times[order[at - 1] ?? 0];

/** Orders of groups that are tried for the one that divides the strata best. */
const ORDERS = 64;

/**
 * Divides whole groups: in the order of their hashes, they fill the test split, then the validation split, then
 * the training split. Each gets at least one group where there are enough, so that four speakers make three
 * splits; a group larger than a split's share is passed on to the next. Of several orders, the one whose splits are
 * nearest to the strata's shares is taken.
 *
 * @param groups how many examples of each stratum are in each group
 */
export function splitGroups(
  groups: ReadonlyMap<string, ReadonlyMap<number, number>>,
  seed: number,
  shares: SplitShares,
): Map<string, SplitName> {
  const sizes = new Map([...groups].map(([name, strata]) => [name, sumOf(strata.values())]));
  const totals = new Map<number, number>();
  for (const strata of groups.values())
    for (const [stratum, count] of strata) totals.set(stratum, (totals.get(stratum) ?? 0) + count);
  let best = fillByGroups(sizes, seed, shares);
  if (totals.size < 2) return best;
  let least = unevenness(groups, totals, best, shares);
  for (let i = 1; i < ORDERS; i++) {
    const next = fillByGroups(sizes, seed + i * 7919, shares);
    const distance = unevenness(groups, totals, next, shares);
    if (distance < least) [best, least] = [next, distance];
  }
  return best;
}

const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, each) => sum + each, 0);

/** How far the splits' parts of the strata are from their shares; a stratum that a split lacks counts most. */
function unevenness(
  groups: ReadonlyMap<string, ReadonlyMap<number, number>>,
  totals: ReadonlyMap<number, number>,
  splits: ReadonlyMap<string, SplitName>,
  shares: SplitShares,
): number {
  const whole = shares.train + shares.validation + shares.test;
  let distance = 0;
  for (const split of SPLITS) {
    if (shares[split] <= 0) continue;
    const counts = new Map<number, number>();
    for (const [name, strata] of groups)
      if (splits.get(name) === split)
        for (const [stratum, count] of strata) counts.set(stratum, (counts.get(stratum) ?? 0) + count);
    for (const [stratum, total] of totals) {
      const count = counts.get(stratum) ?? 0;
      distance += Math.abs(count / total - shares[split] / whole) + (count === 0 ? 1 : 0);
    }
  }
  return distance;
}

function fillByGroups(
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
