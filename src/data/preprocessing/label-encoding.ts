import {
  noPositiveExample,
  noTrainingLabels,
  textAsRegressionTarget,
  tooManyClasses,
} from '../../messages/preprocessing-messages';
import { shortened } from '../../common/visible-text';
import type { TaskLabel } from '../dataset/dataset-request';
import type { ExampleRow } from '../dataset/example-rows';
import { dataError, type DataError } from '../issues';
import { amountValue, fitAmounts } from './amounts';
import { addValue, createMoments, mergeMoments, standardDeviation } from './moments';
import type { LabelEncoding } from './preprocessing';

/** Gathers what training rows hold in one label's column. */
export interface LabelFitter {
  observe(row: ExampleRow): void;
  /** @throws DataError `unknown-class` where no training example is labelled */
  finish(): LabelEncoding;
}

/** A label of more different values is a measurement, where it is a number, or an identifier. */
const MAX_CLASSES = 1000;
/** In characters: the name of a class is no longer. */
const LONGEST_CLASS = 1000;
/** Characters of a cell that an error shows. */
const LONGEST_SHOWN = 40;
/** Whole numbers of more different values than this are predicted as numbers. */
export const MAX_NUMERIC_CLASSES = 100;

export function fitLabel(task: string, { column, positive, kind }: TaskLabel): LabelFitter {
  const values = new Set<string>();
  const moments = createMoments();
  const amounts = fitAmounts();
  let present = 0;
  let infinite = 0;
  let isNumeric = true;
  let isWhole = true;
  let isText = false;
  let word = '';
  return {
    observe({ block, row, place }) {
      const at = place(column);
      const text = at === undefined ? undefined : block.text(row, at);
      if (at === undefined || text === undefined) return;
      present++;
      if (text.length > LONGEST_CLASS) isText = true;
      else if (values.size <= MAX_CLASSES) values.add(text);
      const number = block.number(row, at);
      if (Number.isNaN(number)) {
        if (isNumeric) word = shortened(text, LONGEST_SHOWN);
        isNumeric = false;
        amounts.observe(text);
      } else if (Number.isFinite(number)) {
        addValue(moments, number);
        if (!Number.isInteger(number)) isWhole = false;
      } else infinite++;
    },
    finish() {
      const fail = (message: string): DataError => dataError('unknown-class', message, column);
      if (present === 0) throw fail(noTrainingLabels({ task, column }));
      if (positive !== undefined) {
        if (!values.has(positive)) throw fail(noPositiveExample({ task, positive }));
        return { kind: 'binary', column, positive };
      }
      const found = isNumeric ? undefined : amounts.finish();
      const all = mergeMoments(moments, found?.moments ?? createMoments());
      // Not one cell of a label may be passed over in silence.
      const areNumbers = isNumeric || all.count + infinite === present;
      const isReal =
        kind === 'real' ||
        (kind === undefined && areNumbers && (!isWhole || values.size > MAX_NUMERIC_CLASSES));
      if (isReal && !areNumbers) throw fail(textAsRegressionTarget({ column, task, word }));
      if (isReal && all.count === 0) throw fail(noTrainingLabels({ task, column }));
      if (isReal)
        return {
          kind: 'real',
          column,
          mean: all.mean,
          deviation: standardDeviation(all),
          ...(found && { amount: found.amount }),
        };
      if (isText || values.size > MAX_CLASSES) throw fail(tooManyClasses({ column, limit: MAX_CLASSES }));
      return { kind: 'class', column, classes: sortClasses([...values]) };
    },
  };
}

function sortClasses(classes: string[]): string[] {
  const numeric = classes.every(name => !Number.isNaN(Number(name)));
  return classes.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
}

/** The labels of one task in a chunk: class numbers, 0 or 1, or standardised values; 0 if missing. */
export interface LabelColumn {
  readonly values: Float32Array;
  /** 1 where the example has the label, 0 where it is missing or of a class that training has not. */
  readonly present: Uint8Array;
}

/** Reads one task's label of an example; `undefined` if missing. */
export type LabelReader = (row: ExampleRow) => number | undefined;

export function labelReader(label: LabelEncoding): LabelReader {
  const classes = label.kind === 'class' ? new Map(label.classes.map((name, i) => [name, i])) : undefined;
  return ({ block, row, place }) => {
    const at = place(label.column);
    if (at === undefined) return undefined;
    if (label.kind === 'real') {
      const number = block.number(row, at);
      const value =
        label.amount && !Number.isFinite(number)
          ? amountValue(block.text(row, at) ?? '', label.amount)
          : number;
      return Number.isFinite(value) ? (value - label.mean) / label.deviation : undefined;
    }
    const text = block.text(row, at);
    if (text === undefined) return undefined;
    return label.kind === 'binary' ? Number(text === label.positive) : classes?.get(text);
  };
}
