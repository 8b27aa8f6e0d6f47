import { printNumber } from '../common/number-notation';
import type { Located, TextRange } from '../common/text-ranges';
import { canonicalSplit } from '../data/split-names';
import type { DatasetAnnotation, DatasetFields, Size, Unit } from '../language/annotation-model';
import { convertSize } from '../language/size-units';
import type { SizeDifference, SizeSubject } from '../messages/counting-messages';
import { DEFAULT_TOLERANCE } from '../protocol/settings';
import { entryOf } from '../common/named-entries';

/** What was found in the data, or in a file that describes it. */
export interface FoundSize extends Size {
  /** Where the number came from, in words. */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
  /** Examples that carry a label, by task. */
  readonly labels?: Readonly<Record<string, number>>;
}

/** A stated figure that differs from the data. */
export type StaleSize = SizeDifference & {
  /** The location of the figure. */
  readonly range: TextRange;
  /** Of the figures, unless they are shares. */
  readonly unit: Unit;
  /** The replacement; absent where more than one figure would have to change. */
  readonly newText?: string;
};

/** The figures of an annotation that differ from what was found by more than `tolerance` of it. */
export function staleSizes(
  { fields }: DatasetAnnotation,
  found: FoundSize,
  tolerance: number = DEFAULT_TOLERANCE,
): StaleSize[] {
  // No examples are a fault of the data, which its own message says: no annotation is made right by 0.
  if (found.value === 0) return [];
  const unit = fields.unit?.value ?? 'examples';
  const total = convertSize(found, unit);
  const isOff = (stated: number, real: number): boolean => Math.abs(stated - real) > tolerance * real;
  const compare = (subject: SizeSubject, stated: Located<number>, real: number): StaleSize[] => {
    if (!isOff(stated.value, real)) return [];
    const rounded = unit === 'examples' ? real : Number(real.toPrecision(3));
    const { range, value } = stated;
    const newText = printFigure(rounded);
    return [{ ...subject, range, stated: value, found: rounded, unit, from: found.from, newText }];
  };
  const splits = splitsOf(fields, found, unit);
  return [
    ...(total === undefined || !fields.num_examples
      ? []
      : compare({ subject: 'total' }, fields.num_examples, total)),
    ...splits.flatMap(({ name, count, real }) => compare({ subject: 'split', split: name }, count, real)),
    ...(total === undefined || found.splits
      ? []
      : sumOfSplits(fields, { ...found, value: total, unit }, isOff)),
    ...staleLabels(fields, found, tolerance),
  ];
}

/** `5216`, never `5.216k`: the figure is exact now, and reads so. */
function printFigure(value: number): string {
  return value < 1e6 || !Number.isInteger(value) ? String(value) : printNumber(value);
}

interface StatedSplit {
  readonly name: string;
  readonly count: Located<number>;
  readonly real: number;
}

/** Splits that are both stated and found, by whichever of their usual names. */
function splitsOf({ splits }: DatasetFields, found: FoundSize, unit: Unit): StatedSplit[] {
  const known = new Map(Object.entries(found.splits ?? {}).map(([name, size]) => [canonical(name), size]));
  return (splits?.value ?? []).flatMap(({ name, count }) => {
    const size = known.get(canonical(name.value));
    const inUnit = size === undefined ? undefined : convertSize({ value: size, unit: 'examples' }, unit);
    return inUnit === undefined ? [] : [{ name: name.value, count, real: inUnit }];
  });
}

const canonical = (name: string): string => canonicalSplit(name) ?? name;

/** Where the data is not split, the splits together are compared, unless `num_examples` was. */
function sumOfSplits(
  { num_examples: stated, splits }: DatasetFields,
  { value, unit, from }: FoundSize,
  isOff: (stated: number, real: number) => boolean,
): StaleSize[] {
  if (stated || !splits) return [];
  const sum = splits.value.reduce((total, { count }) => total + count.value, 0);
  if (!isOff(sum, value)) return [];
  return [{ range: splits.range, subject: 'sum of splits', stated: sum, found: value, unit, from }];
}

/** Shares are compared as they are: 60% against 55% is off by 0.05. */
function staleLabels(
  { task, labels_present: present }: DatasetFields,
  { value, unit, labels, from }: FoundSize,
  tolerance: number,
): StaleSize[] {
  if (!present || !labels || unit !== 'examples' || value === 0) return [];
  const tasks = task?.value.map(each => each.value.name) ?? [];
  return present.value.flatMap(({ task: of, share: { value: stated, range } }) => {
    // One share for all tasks has no single right figure where there are several.
    const name = of?.value ?? (tasks.length === 1 ? tasks[0] : undefined);
    const count = name === undefined ? undefined : entryOf(labels, name);
    if (name === undefined || count === undefined || Math.abs(stated - count / value) <= tolerance) return [];
    const share = count / value;
    const newText = `${Number((share * 100).toFixed(1))}%`;
    return [{ range, subject: 'label', task: name, stated, found: share, unit, from, newText } as const];
  });
}
