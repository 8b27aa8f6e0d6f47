import { examplesWithoutLabel, negativeClass, unknownClass } from '../../messages/counting-messages';
import { unknownColumn } from '../../messages/table-messages';
import { type Block, type RawDataset, type ReadOptions, type Table, findColumn } from '../data-tables';
import { isDataError, type DatasetCount } from '../issues';
import { MAX_NUMERIC_CLASSES } from '../preprocessing/label-encoding';
import { canonicalSplit } from '../splits';

export interface LabelRequest {
  /**
   * The column that holds the label, or one for each task. Folders of files have `class` (the innermost folder),
   * `folder1`, `folder2`, … and the columns of a label file; `class` is counted without being asked for.
   */
  readonly label?: string | Readonly<Record<string, string>>;
  /** One class to count against all others. */
  readonly positive?: string;
  /** A column that names the split of each row. */
  readonly splitColumn?: string;
}

/** The columns that a request names. */
export function labelColumns({ label }: LabelRequest): readonly string[] {
  if (label === undefined) return [];
  return typeof label === 'string' ? [label] : Object.values(label);
}

/** A label of more values than this is a measurement or an identifier, not a class. */
const MAX_CLASSES = 1000;
/** In characters. */
const LONGEST_CLASS = 1000;

interface LabelCount {
  readonly name: string;
  readonly column: string;
  present: number;
  /** Texts that were taken for missing, with how often each. */
  readonly missing: Map<string, number>;
  classes: Map<string, number> | undefined;
}

/** Counts labels, classes and the splits of a column. Reads the columns that were asked for, and no others. */
export async function countLabels(
  source: RawDataset,
  request: LabelRequest,
  options: ReadOptions,
): Promise<Pick<DatasetCount, 'labels' | 'classes' | 'splits'>> {
  const wanted = requestedLabels(source, request);
  const { splitColumn } = request;
  if (wanted.length === 0 && splitColumn === undefined) return {};
  const tallies = wanted.map(([name, column]): LabelCount => ({
    name,
    column,
    present: 0,
    missing: new Map(),
    classes: new Map(),
  }));
  const splits = new Map<string, number>();
  let rows = 0;
  for (const { table } of source.parts) {
    try {
      const places = tallies.map(({ column }) => labelIndex(table, column, options));
      const splitPlace = splitColumn === undefined ? undefined : labelIndex(table, splitColumn, options);
      const columns = [...places, splitPlace].filter(place => place !== undefined);
      if (columns.length === 0) continue;
      // Each pass over the rows reports what is wrong with them; the count before has done so.
      for await (const block of table.blocks({ ...options, issues: silent, columns })) {
        rows += block.rows;
        tallies.forEach((tally, i) => {
          const place = places[i];
          for (let row = 0; place !== undefined && row < block.rows; row++)
            countCell(tally, block, row, place);
        });
        for (let row = 0; splitPlace !== undefined && row < block.rows; row++) {
          const cell = block.text(row, splitPlace) ?? '';
          const split = canonicalSplit(cell) ?? cell;
          splits.set(split, (splits.get(split) ?? 0) + 1);
        }
      }
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (options.issues.list().every(issue => issue.message !== error.message))
        options.issues.addError(error);
    }
  }
  if (rows === 0) return {};
  reportMissing(tallies, rows, source, options);
  return {
    ...(tallies.length > 0 && {
      labels: Object.fromEntries(tallies.map(({ name, present }) => [name, present])),
    }),
    ...classCounts(tallies, request, source, options),
    ...(splitColumn !== undefined && { splits: Object.fromEntries(splits) }),
  };
}

const silent: ReadOptions['issues'] = {
  add: () => undefined,
  addError: () => undefined,
  list: () => [],
};

function requestedLabels(source: RawDataset, { label }: LabelRequest): (readonly [string, string])[] {
  if (typeof label === 'string') return [[label, label]];
  if (label !== undefined) return Object.entries(label);
  const hasClasses = source.kind !== 'table' && source.parts.some(({ table }) => hasColumn(table, 'class'));
  return hasClasses ? [['class', 'class']] : [];
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some(column => column.name === name);
}

function labelIndex(table: Table, column: string, { issues }: ReadOptions): number | undefined {
  const place = findColumn(table, column);
  if (place !== undefined) return place;
  const names = table.columns.map(({ name }) => name);
  const message = unknownColumn({ table: table.path, column, columns: names });
  issues.add('error', 'unknown-column', message, table.path);
  return undefined;
}

function countCell(tally: LabelCount, block: Block, row: number, place: number): void {
  const text = block.text(row, place);
  if (text === undefined) {
    const written = block.missingText?.(row, place);
    if (written !== undefined && written !== '')
      tally.missing.set(written, (tally.missing.get(written) ?? 0) + 1);
    return;
  }
  tally.present++;
  if (!tally.classes) return;
  // A text is no class either, and a thousand long ones fill the memory.
  if (text.length <= LONGEST_CLASS) tally.classes.set(text, (tally.classes.get(text) ?? 0) + 1);
  if (text.length > LONGEST_CLASS || tally.classes.size > MAX_CLASSES) tally.classes = undefined;
}

function reportMissing(
  tallies: readonly LabelCount[],
  rows: number,
  source: RawDataset,
  { issues }: ReadOptions,
): void {
  for (const { name, present, missing } of tallies) {
    if (present === rows) continue;
    issues.add(
      present === 0 ? 'warning' : 'information',
      'missing-labels',
      examplesWithoutLabel({ missing: rows - present, examples: rows, label: name, written: missing }),
      source.path,
      rows - present,
    );
  }
}

function classCounts(
  tallies: readonly LabelCount[],
  { positive }: LabelRequest,
  source: RawDataset,
  { issues }: ReadOptions,
): Pick<DatasetCount, 'classes'> {
  const classes = new Map<string, number>();
  for (const { name, present, classes: counts } of tallies) {
    const prefix = tallies.length > 1 ? `${name}:` : '';
    if (positive === undefined && counts && areMeasurements([...counts.keys()])) continue;
    if (positive !== undefined && counts) {
      const count = counts.get(positive) ?? 0;
      classes.set(prefix + positive, count);
      classes.set(negativeClass({ prefix, positive }), present - count);
      if (count === 0) {
        const message = unknownClass({ label: name, value: positive, classes: [...counts.keys()].sort() });
        issues.add('error', 'unknown-class', message, source.path);
      }
      continue;
    }
    for (const [value, count] of [...(counts ?? [])].sort(([a], [b]) => byNumberThenText(a, b)))
      classes.set(prefix + value, count);
  }
  return classes.size > 0 ? { classes: Object.fromEntries(classes) } : {};
}

/** Whether labels are numbers that are predicted as such, which have no classes: as training tells them. */
function areMeasurements(values: readonly string[]): boolean {
  const numbers = values.map(value => (value.trim() === '' ? NaN : Number(value)));
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return false;
  return numbers.length > MAX_NUMERIC_CLASSES || !numbers.every(Number.isInteger);
}

function byNumberThenText(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : a > b ? 1 : 0) : difference;
}
