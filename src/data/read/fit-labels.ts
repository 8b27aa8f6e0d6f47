import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import type { LabelPipeline } from './pipeline';
import type { TaskLabel } from './request';
import type { RowReference } from './rows';
import { addValue, createMoments, deviation } from './statistics';

/** Gathers what training rows hold in one label's column. */
export interface LabelFit {
  observe(row: RowReference): void;
  /** @throws DataError `unknown-class` where no training example is labelled */
  finish(): LabelPipeline;
}

/** A label of more different values is a measurement, where it is a number, or an identifier. */
const MAX_CLASSES = 1000;
/** Whole numbers of more different values than this are predicted as numbers. */
const MAX_NUMERIC_CLASSES = 100;

export function fitLabel(task: string, { column, positive, kind }: TaskLabel): LabelFit {
  const values = new Set<string>();
  const moments = createMoments();
  let present = 0;
  let isNumeric = true;
  let isWhole = true;
  return {
    observe({ block, row, place }) {
      const at = place(column);
      const text = at === undefined ? undefined : block.text(row, at);
      if (at === undefined || text === undefined) return;
      present++;
      if (values.size <= MAX_CLASSES) values.add(text);
      const number = block.number(row, at);
      if (Number.isNaN(number)) isNumeric = false;
      else {
        addValue(moments, number);
        if (!Number.isInteger(number)) isWhole = false;
      }
    },
    finish() {
      const fail = (message: string): DataError => new DataError('unknown-class', message, column);
      if (present === 0)
        throw fail(l10n.t('No training example has a label for "{0}" in column "{1}"', task, column));
      if (positive !== undefined) {
        if (!values.has(positive))
          throw fail(l10n.t('No training example of "{0}" has the class "{1}"', task, positive));
        return { kind: 'binary', column, positive };
      }
      const isReal =
        kind === 'real' ||
        (kind === undefined && isNumeric && (!isWhole || values.size > MAX_NUMERIC_CLASSES));
      if (isReal && !isNumeric)
        throw fail(l10n.t('Column "{0}" holds words; "{1}" cannot be predicted as a number', column, task));
      if (isReal) return { kind: 'real', column, mean: moments.mean, deviation: deviation(moments) };
      if (values.size > MAX_CLASSES)
        throw fail(
          l10n.t(
            'Column "{0}" has more than {1} different values, too many for classes',
            column,
            MAX_CLASSES,
          ),
        );
      return { kind: 'class', column, classes: sortClasses([...values]) };
    },
  };
}

function sortClasses(classes: string[]): string[] {
  const numeric = classes.every(name => !Number.isNaN(Number(name)));
  return classes.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
}
