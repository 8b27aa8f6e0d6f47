import { type RawDataset, findColumn } from '../data-tables';
import { readAmount } from '../preprocessing/amounts';
import {
  DEFAULT_SHARES,
  SPLITS,
  type SplitName,
  type SplitShares,
  canonicalSplit,
  chronologicalSplits,
  missingShares,
  splitByHash,
  splitGroups,
  stratifiedSplits,
} from '../splits';
import { readDate } from '../preprocessing/dates';
import { fitDates } from '../preprocessing/fit-dates';
import type { DatasetRequest, TaskLabel } from './dataset-request';
import { type KeepOptions, type UndividedRow, keptRows } from './kept-rows';

/** For one pass over the examples in order: the split of each, `undefined` for one that is in none. */
export type StartPass = () => (row: UndividedRow) => SplitName | undefined;

/**
 * Divides a dataset. What its data says stands; a missing split is taken from the training split: whole groups where
 * there are groups, else by the hash of each example within its class, or within a tenth of the numbers.
 */
export async function planSplits(
  source: RawDataset,
  request: SplitRequest,
  options: KeepOptions,
): Promise<StartPass> {
  const { seed = 0, splitColumn, group } = request;
  const missing = missingShares(
    request.shares ?? DEFAULT_SHARES,
    await existingSplits(source, splitColumn, options),
  );
  // An example that a column puts in none of the splits is held out of all of them.
  const isOpen = ({ given }: UndividedRow): boolean =>
    given === 'train' || (given === undefined && splitColumn === undefined);
  if (missing.validation + missing.test <= 0) return () => row => (isOpen(row) ? 'train' : row.given);
  if (request.time !== undefined)
    return splitByTime(source, { ...request, time: request.time }, options, missing, isOpen);
  const found = await readStrata(source, request, options, isOpen);
  if (group !== undefined) {
    const groups = splitGroups(found.groups, seed, missing);
    return () => row => {
      if (!isOpen(row)) return row.given;
      const together = row.group === undefined ? undefined : groups.get(row.group);
      return together ?? splitByHash(row.hash(seed), missing);
    };
  }
  const splits = stratifiedSplits(found.strata, found.hashes, missing, request.fold);
  return () => {
    let at = 0;
    return row => (isOpen(row) ? SPLITS[splits[at++] ?? 0] : row.given);
  };
}

/** The latest examples are tested on, those before them validate; the rest, and what has no time, is for training. */
async function splitByTime(
  source: RawDataset,
  request: SplitRequest & { readonly time: string },
  options: KeepOptions,
  missing: SplitShares,
  isOpen: (row: UndividedRow) => boolean,
): Promise<StartPass> {
  const texts: (string | undefined)[] = [];
  const numbers: number[] = [];
  for await (const row of keptRows(source, request, { ...options, columns: [request.time] })) {
    if (!isOpen(row)) continue;
    const at = row.place(request.time);
    const text = at === undefined ? undefined : row.block.text(row.row, at);
    texts.push(text);
    numbers.push(at === undefined || text === undefined ? NaN : row.block.number(row.row, at));
  }
  const splits = chronologicalSplits(timesOf(request.time, texts, numbers), missing);
  return () => {
    let at = 0;
    return row => (isOpen(row) ? SPLITS[splits[at++] ?? 0] : row.given);
  };
}

/** Numbers as they are, or dates in the format that most cells have. */
export function timesOf(
  column: string,
  texts: readonly (string | undefined)[],
  numbers: readonly number[],
): Float64Array {
  const filled = texts.filter(text => text !== undefined);
  const dates = fitDates(column);
  for (const text of filled) dates.observe(text);
  const format = dates.count() > filled.length / 2 ? dates.finish()?.format : undefined;
  if (format === undefined) return Float64Array.from(numbers);
  return Float64Array.from(texts, text => {
    const moment = text === undefined ? undefined : readDate(text, format);
    return moment ? moment.day + moment.time : NaN;
  });
}

async function existingSplits(
  source: RawDataset,
  splitColumn: string | undefined,
  { issues, signal }: KeepOptions,
): Promise<ReadonlySet<SplitName>> {
  const existing = new Set(source.parts.map(part => part.split).filter(split => split !== undefined));
  if (splitColumn === undefined) return existing;
  for (const { table, split } of source.parts) {
    const place = findColumn(table, splitColumn);
    if (place === undefined || (split !== undefined && split !== 'train')) continue;
    for await (const block of table.blocks({ issues, signal, columns: [place] }))
      for (let row = 0; row < block.rows; row++) {
        const named = canonicalSplit(block.text(row, place) ?? '');
        if (named) existing.add(named);
      }
  }
  return existing;
}

/** What of a request decides on splits. */
export type SplitRequest = Omit<DatasetRequest, 'apart'>;

interface Strata {
  /** Of each example that may be divided, in order. */
  readonly strata: Int32Array;
  readonly hashes: Float64Array;
  /** By group: how many examples of each stratum it has. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

async function readStrata(
  source: RawDataset,
  request: SplitRequest,
  options: KeepOptions,
  isOpen: (row: UndividedRow) => boolean,
): Promise<Strata> {
  const { seed = 0 } = request;
  const label = request.stratify ?? Object.values(request.labels)[0];
  const column = label?.column;
  const collected = labelValues(label);
  const hashes: number[] = [];
  const groupOf: (string | undefined)[] = [];
  for await (const row of keptRows(source, request, {
    ...options,
    columns: column === undefined ? [] : [column],
  })) {
    if (!isOpen(row)) continue;
    hashes.push(row.hash(seed));
    if (request.group !== undefined) groupOf.push(row.group);
    const at = column === undefined ? undefined : row.place(column);
    const text = at === undefined ? undefined : row.block.text(row.row, at);
    collected.add(text, at === undefined || text === undefined ? NO_NUMBER : numbersOf(row, at, text));
  }
  const strata = collected.strata();
  const groups = new Map<string, Map<number, number>>();
  groupOf.forEach((name, i) => {
    if (name === undefined) return;
    const counts = groups.get(name) ?? new Map<number, number>();
    groups.set(name, counts);
    const stratum = strata[i] ?? 0;
    counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  });
  return { strata, hashes: Float64Array.from(hashes), groups };
}

/** What a cell is with a decimal point and with a decimal comma; `NaN` where it is no number so. */
type Readings = readonly [point: number, comma: number];

const NO_NUMBER: Readings = [NaN, NaN];

/** Numbers with units are stratified by their sizes, too; their decimal sign is known when all of them are seen. */
function numbersOf({ block, row }: UndividedRow, at: number, text: string): Readings {
  const number = block.number(row, at);
  if (!Number.isNaN(number)) return [number, number];
  return [readAmount(text, '.')?.value ?? NaN, readAmount(text, ',')?.value ?? NaN];
}

/** Labels of more different values are numbers to stratify by their quantiles, or names of nothing. */
const MAX_CLASSES = 1000;
/** Whole numbers of more different values than this are numbers to predict, as where labels are fitted. */
const MAX_NUMERIC_CLASSES = 100;
const QUANTILES = 10;

/** Gathers the label of each example; one that is missing is of a stratum of its own. */
function labelValues({ positive, kind }: Partial<Pick<TaskLabel, 'positive' | 'kind'>> = {}): {
  readonly add: (text: string | undefined, readings: Readings) => void;
  readonly strata: () => Int32Array;
} {
  const places = new Map<string, number>();
  const classes: number[] = [];
  const read = [collectNumbers(), collectNumbers()] as const;
  return {
    add(text, readings) {
      read.forEach((each, i) => {
        each.add(readings[i] ?? NaN);
      });
      if (text === undefined) {
        classes.push(-1);
        return;
      }
      const name = positive === undefined ? text : String(text === positive);
      const known = places.get(name) ?? (places.size <= MAX_CLASSES ? places.size : MAX_CLASSES);
      if (!places.has(name) && places.size <= MAX_CLASSES) places.set(name, known);
      classes.push(known);
    },
    strata() {
      const [point, comma] = read;
      // As where amounts are fitted: a comma is decimal only where more cells are numbers so.
      const { numbers, found, isWhole } = comma.found() > point.found() ? comma : point;
      const isReal =
        positive === undefined &&
        found() === classes.filter(each => each >= 0).length &&
        (kind === 'real' || (kind === undefined && (!isWhole() || places.size > MAX_NUMERIC_CLASSES)));
      if (isReal) return quantileStrata(numbers);
      if (places.size > MAX_CLASSES) return Int32Array.from(classes, each => Number(each < 0));
      return Int32Array.from(classes, each => each + 1);
    },
  };
}

/** Numbers in order, `NaN` where there is none. */
function collectNumbers(): {
  readonly numbers: readonly number[];
  readonly add: (number: number) => void;
  readonly found: () => number;
  readonly isWhole: () => boolean;
} {
  const numbers: number[] = [];
  let found = 0;
  let isWhole = true;
  return {
    numbers,
    add(number) {
      numbers.push(number);
      if (!Number.isFinite(number)) return;
      found++;
      if (!Number.isInteger(number)) isWhole = false;
    },
    found: () => found,
    isWhole: () => isWhole,
  };
}

/** The tenth that each number is in, from 1; 0 where it is missing. */
function quantileStrata(numbers: readonly number[]): Int32Array {
  const known = numbers.flatMap((value, i) => (Number.isFinite(value) ? [{ value, i }] : []));
  known.sort((a, b) => a.value - b.value || a.i - b.i);
  const strata = new Int32Array(numbers.length);
  known.forEach(({ i }, rank) => (strata[i] = 1 + Math.floor((QUANTILES * rank) / known.length)));
  return strata;
}
