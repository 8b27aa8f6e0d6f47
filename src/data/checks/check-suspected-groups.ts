import { basename } from 'node:path';
import { suspectedFileGroups, suspectedRowGroups } from '../../messages/data-check-messages';
import type { ExampleRow } from '../dataset/example-rows';
import { type MediaKind, type Signature, likeness, mediaSignature } from '../dataset/media-signatures';
import { stemOf } from '../formats/file-stems';
import type { SplitName } from '../splits';
import type { Check } from './check';

/** Fewer groups are categories. */
const FEWEST_GROUPS = 6;
/** More are not counted. */
const MOST_GROUPS = 100_000;
const FEWEST_TEST = 10;
/** Where fewer of the test examples share a group with training, it makes little difference. */
const LEAST_SHARED = 0.3;

/** Splits that the examples of a group are in, and the label of the first. */
interface Group {
  readonly counts: Map<SplitName, number>;
  readonly label: string | undefined;
}

/** Examples by what may tell their groups; `undefined` once there are too many to count. */
function gathered(): {
  readonly add: (name: string, split: SplitName, label: string | undefined) => Group | undefined;
  readonly groups: ReadonlyMap<string, Group>;
} {
  const groups = new Map<string, Group>();
  return {
    groups,
    add(name, split, label) {
      const known = groups.get(name);
      if (!known && groups.size >= MOST_GROUPS) return undefined;
      const group = known ?? { counts: new Map<SplitName, number>(), label };
      groups.set(name, group);
      group.counts.set(split, (group.counts.get(split) ?? 0) + 1);
      return group;
    },
  };
}

/** The share of test examples whose group has training examples; `undefined` where nothing looks like groups. */
function sharedWithTraining(groups: ReadonlyMap<string, Group>): number | undefined {
  if (groups.size < FEWEST_GROUPS || groups.size >= MOST_GROUPS) return undefined;
  let [all, tested, shared] = [0, 0, 0];
  const labels = new Set<string | undefined>();
  for (const { counts, label } of groups.values()) {
    labels.add(label);
    for (const count of counts.values()) all += count;
    const own = counts.get('test') ?? 0;
    tested += own;
    if (counts.has('train')) shared += own;
  }
  // Names of classes, and names that no other example has, are no groups.
  if (all < 2 * groups.size || groups.size < 2 * Math.min(labels.size, FEWEST_GROUPS)) return undefined;
  const share = tested < FEWEST_TEST ? 0 : shared / tested;
  return share >= LEAST_SHARED ? share : undefined;
}

/** Groups of which training and test files are compared, and how many of each. */
const MOST_COMPARED = 80;
const FILES_OF_EACH = 3;
/** How much more alike files of one group are than files of two, as correlations, and as errors of the mean. */
const MORE_ALIKE = 0.05;
const MEAN_ERRORS = 3;

interface GroupFiles {
  readonly label: string | undefined;
  readonly train: string[];
  readonly test: string[];
}

/**
 * Proposes `group=` for images and recordings whose names, without the numbers that count them, or whose outer folders, are
 * those of training examples, if such files are more alike than others of the same class: frames of one recording, patches
 * of one slide.
 *
 * @param column `stem`, or a column of folders
 */
export function fileGroupCheck(
  column: string,
  label: string | undefined,
  path: string,
  kind: MediaKind,
): Check {
  const found = gathered();
  const compared = new Map<string, GroupFiles>();
  return {
    columns: [column],
    observe(row) {
      const file = row.block.text(row.row, 0);
      const name = column === 'stem' ? stemOf(basename(file ?? '')) : textOf(row, column);
      if (file === undefined || name === undefined) return;
      const own = label === undefined ? undefined : textOf(row, label);
      if (!found.add(name, row.split, own) || row.split === 'validation') return;
      const files =
        compared.get(name) ??
        (compared.size < MOST_COMPARED ? { label: own, train: [], test: [] } : undefined);
      if (!files) return;
      compared.set(name, files);
      if (files[row.split].length < FILES_OF_EACH) files[row.split].push(file);
    },
    async finish(issues) {
      const share = sharedWithTraining(found.groups);
      if (share === undefined) return;
      const alike = await likenessOf([...compared.values()], kind);
      if (!alike) return;
      issues.add(
        'warning',
        'suspected-groups',
        suspectedFileGroups({ path, column, share, ...alike }),
        column,
      );
    },
  };
}

/** How alike a training and a test file are, of one group and of two groups of one class, if that differs beyond luck. */
async function likenessOf(
  groups: readonly GroupFiles[],
  kind: MediaKind,
): Promise<{ readonly within: number; readonly between: number } | undefined> {
  const known = new Map<string, Promise<Signature | undefined>>();
  const signed = (file: string): Promise<Signature | undefined> => {
    const signature = known.get(file) ?? mediaSignature(file, kind);
    known.set(file, signature);
    return signature;
  };
  const within: number[] = [];
  const between: number[] = [];
  const whole = groups.filter(({ train, test }) => train.length > 0 && test.length > 0);
  for (const [i, { label, train, test }] of whole.entries()) {
    const other = [...whole.slice(i + 1), ...whole.slice(0, i)].find(each => each.label === label);
    for (const [k, file] of test.entries()) {
      const own = await signed(file);
      const same = await signed(train[k % train.length] ?? '');
      const strange = other && (await signed(other.train[k % other.train.length] ?? ''));
      if (!own || !same || !strange) continue;
      within.push(likeness(own, same));
      between.push(likeness(own, strange));
    }
  }
  if (within.length < FEWEST_GROUPS / 2) return undefined;
  const more = within.map((each, i) => each - (between[i] ?? 0));
  const mean = meanOf(more);
  const error = Math.sqrt(meanOf(more.map(each => (each - mean) ** 2)) / (more.length - 1));
  if (mean < MORE_ALIKE || mean < MEAN_ERRORS * error) return undefined;
  return { within: meanOf(within), between: meanOf(between) };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

/** Names of columns whose values are whom or what rows are about, rather than what is known of them. */
const ABOUT =
  /(?:^|[_\s-])(?:patient|subject|person|user|customer|client|speaker|session|recording|record|video|household|family|participant|animal|device|machine|sensor|site|hospital|school|student|author|account|member|employee|vehicle|plot|well|batch|series|case|group|id)(?:[_\s-]?(?:id|no|nr|num|number|code|name))?$|(?:[a-z]Id|[a-z]ID)$/i;

export function namesGroups(column: string): boolean {
  return ABOUT.test(column);
}

/** Columns in which rows of a group are compared. */
const MOST_COLUMNS = 16;
const MOST_COMPARED_GROUPS = 20_000;
/** Of the variance of a column, how much is between groups: more than this, and than luck would have it. */
const LEAST_CORRELATION = 0.2;
const ERRORS = 4;

interface GroupSums {
  count: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Proposes `group=` for a column that names whom rows are about, such as `patient_id`, where test rows share it with training
 * rows, and rows that share it are alike in another column or in the label.
 *
 * @param columns to compare rows in, the label's among them
 */
export function rowGroupCheck(
  column: string,
  columns: readonly string[],
  label: string | undefined,
  path: string,
): Check {
  const found = gathered();
  const compared = columns.filter(name => name !== column).slice(0, MOST_COLUMNS);
  const sums = new Map<string, GroupSums>();
  const firsts: (string | undefined)[] = [];
  return {
    columns: [column],
    observe(row) {
      const name = textOf(row, column);
      if (name === undefined) return;
      if (!found.add(name, row.split, label === undefined ? undefined : textOf(row, label))) return;
      if (sums.size >= MOST_COMPARED_GROUPS && !sums.has(name)) return;
      const own = sums.get(name) ?? {
        count: 0,
        sums: new Float64Array(compared.length),
        squares: new Float64Array(compared.length),
      };
      sums.set(name, own);
      own.count++;
      compared.forEach((each, i) => {
        const value = numberOf(row, each, i, firsts);
        own.sums[i] = (own.sums[i] ?? 0) + value;
        own.squares[i] = (own.squares[i] ?? 0) + value ** 2;
      });
    },
    finish(issues) {
      const share = sharedWithTraining(found.groups);
      if (share === undefined) return;
      const [best] = compared
        .map((name, i) => ({ name, correlation: groupCorrelation([...sums.values()], i) }))
        .sort((a, b) => b.correlation - a.correlation);
      if (!best || best.correlation <= LEAST_CORRELATION) return;
      issues.add(
        'warning',
        'suspected-groups',
        suspectedRowGroups({ path, column, share, alike: best.name, correlation: best.correlation }),
        column,
      );
    },
  };
}

function textOf({ block, row, place }: ExampleRow, column: string): string | undefined {
  const at = place(column);
  return at === undefined ? undefined : block.text(row, at);
}

/** A number as it is; of a word, whether it is the first that the column has. */
function numberOf(
  { block, row, place }: ExampleRow,
  column: string,
  i: number,
  firsts: (string | undefined)[],
): number {
  const at = place(column);
  if (at === undefined) return 0;
  const number = block.number(row, at);
  if (Number.isFinite(number)) return number;
  const text = block.text(row, at);
  if (text === undefined) return 0;
  firsts[i] ??= text;
  return Number(text === firsts[i]);
}

/** The intraclass correlation of a column (Fisher; one-way analysis of variance); 0 where it may be luck. */
function groupCorrelation(groups: readonly GroupSums[], column: number): number {
  let [all, total, squares, within, largest] = [0, 0, 0, 0, 0];
  for (const { count, sums, squares: own } of groups) {
    const sum = sums[column] ?? 0;
    all += count;
    total += sum;
    squares += own[column] ?? 0;
    within += (own[column] ?? 0) - sum ** 2 / count;
    largest += count ** 2;
  }
  const whole = squares - total ** 2 / Math.max(1, all);
  if (groups.length < 2 || all <= groups.length || !(whole > 1e-9 * squares)) return 0;
  const size = (all - largest / all) / (groups.length - 1);
  const between = (whole - within) / (groups.length - 1);
  const inside = Math.max(0, within) / (all - groups.length);
  const correlation = (between - inside) / (between + (size - 1) * inside);
  const error = Math.sqrt(2 / (Math.max(1.01, size) * (Math.max(1.01, size) - 1) * groups.length));
  return correlation > ERRORS * error ? correlation : 0;
}
