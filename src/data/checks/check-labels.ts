import {
  classLocation,
  classesNotInTraining,
  fewExamplesOfClasses,
  infiniteLabels,
  labelDrift,
  labelDriftLocation,
  labelsMissing,
} from '../../messages/data-check-messages';
import type { TaskLabel } from '../dataset/dataset-request';
import { readAmount } from '../preprocessing/amounts';
import type { SplitName } from '../splits';
import type { Check, NameOf } from './check';
import { totalVariationDistance } from './distribution-drift';

/** With fewer, neither training nor evaluating the class is reliable. */
const FEW_EXAMPLES = 10;
/** A label with more distinct values is not a class. */
const MAX_CLASSES = 1000;
/** In characters: the name of a class is no longer. */
const LONGEST_CLASS = 1000;
/** The total variation distance of the classes of training and test, beyond chance, from which drift is reported. */
const MAX_DISTANCE = 0.1;

/** Finds missing labels, classes that do not occur in training, rare classes, and label drift. */
export function labelCheck(
  task: string,
  { column, kind, positive }: TaskLabel,
  path: string,
  nameOf: NameOf,
): Check {
  const isReal = kind === 'real' && positive === undefined;
  const counts = new Map<string, Map<SplitName, number>>();
  const firsts = new Map<string, string>();
  const missing: string[] = [];
  const infinite: string[] = [];
  let missed = 0;
  let unbounded = 0;
  let isText = false;
  return {
    observe(reference) {
      const { block, row, place, split } = reference;
      const at = place(column);
      const value = at === undefined ? undefined : block.text(row, at);
      if (value === undefined) {
        missed++;
        if (missing.length < 10) missing.push(nameOf(reference));
        return;
      }
      if (value.length > LONGEST_CLASS) isText = true;
      if (INFINITE.test(value)) {
        unbounded++;
        if (infinite.length < 10) infinite.push(nameOf(reference));
      }
      if (isReal || isText || counts.size > MAX_CLASSES) return;
      const bySplit = counts.get(value) ?? new Map<SplitName, number>();
      bySplit.set(split, (bySplit.get(split) ?? 0) + 1);
      counts.set(value, bySplit);
      if (!firsts.has(value)) firsts.set(value, nameOf(reference));
    },
    finish(issues) {
      if (missed > 0) {
        const message = labelsMissing({ dataset: path, label: task });
        missing.forEach((where, i) => {
          issues.add(
            'information',
            'missing-labels',
            message,
            where,
            i === 0 ? missed - missing.length + 1 : 1,
          );
        });
      }
      const isNumber = isReal || (positive === undefined && isMeasurement(counts));
      if (isNumber && unbounded > 0) {
        const message = infiniteLabels({ dataset: path, label: task });
        infinite.forEach((where, i) => {
          const count = i === 0 ? unbounded - infinite.length + 1 : 1;
          issues.add('warning', 'infinite-labels', message, where, count);
        });
      }
      if (isNumber || isText || counts.size > MAX_CLASSES) return;
      for (const [value, bySplit] of counts) {
        const total = [...bySplit.values()].reduce((sum, count) => sum + count, 0);
        const where = classLocation({ label: task, value, count: total, first: firsts.get(value) ?? '' });
        if (!bySplit.has('train')) issues.add('warning', 'unknown-class', classesNotInTraining(path), where);
        else if (total < FEW_EXAMPLES)
          issues.add(
            'warning',
            'few-examples',
            fewExamplesOfClasses({ dataset: path, limit: FEW_EXAMPLES }),
            where,
          );
      }
      const shift = totalVariationDistance(sharesOf(counts, 'train'), sharesOf(counts, 'test'));
      if (shift > MAX_DISTANCE) {
        const message = labelDrift({ dataset: path, label: task });
        issues.add('warning', 'split-shift', message, labelDriftLocation(shift));
      }
    },
  };
}

const INFINITE = /^\s*[+-]?inf(?:inity)?\s*$/i;

/** Many distinct numbers or amounts are a regression target, not classes. */
function isMeasurement(counts: ReadonlyMap<string, unknown>): boolean {
  const isNumber = (text: string, decimal: '.' | ','): boolean =>
    !Number.isNaN(Number(text)) || INFINITE.test(text) || readAmount(text, decimal) !== undefined;
  return (
    counts.size > 100 &&
    (['.', ','] as const).some(decimal => [...counts.keys()].every(value => isNumber(value, decimal)))
  );
}

function sharesOf(
  counts: ReadonlyMap<string, ReadonlyMap<SplitName, number>>,
  split: SplitName,
): Map<string, number> {
  return new Map([...counts].map(([value, bySplit]) => [value, bySplit.get(split) ?? 0]));
}
