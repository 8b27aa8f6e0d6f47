import type { InputSpec, OutputSpec, SharedFeatures, Step, TaskReference, Unit } from '../model';
import { nearest } from '../nearest';
import { parseNumber, parseShare } from '../numbers';
import { CATEGORIES } from '../schema';
import type { Located } from '../text';
import { UNITS } from '../units';
import { isName, parseInput, parseOutput, parseStep, printStep } from '../values';
import { replaceBy, report, type Context } from './context';
import { keyAndValue, listElements, rawText, wholeText, type Element } from './elements';
import type { RawValue } from './tokens';

/** Reads the value of one key: the typed value, or `undefined` and a diagnostic at the characters that are wrong. */
type Reader<T> = (value: RawValue, context: Context) => Located<T> | undefined;

const at = <T>(value: RawValue, read: T): Located<T> => ({ value: read, range: value.range });

export const readText: Reader<string> = value => wholeText(value);

/** A count of whole things, or of hours and the like, which may be fractions. */
export const readNumber: Reader<number> = (value, context) => number(wholeText(value), context);

/** A size that must be whole: parameters, examples. */
export const readCount: Reader<number> = (value, context) => {
  const read = number(wholeText(value), context);
  if (!read || Number.isInteger(read.value)) return read;
  report(context, 'bad-number', read.range, { args: [wholeText(value).value] });
  return undefined;
};

export const readPositive: Reader<number> = (value, context) => {
  const read = number(wholeText(value), context);
  if (!read || read.value > 0) return read;
  report(context, 'bad-number', read.range, { args: [wholeText(value).value] });
  return undefined;
};

function number(element: Element, context: Context): Located<number> | undefined {
  const read = parseNumber(element.value);
  if (read !== undefined) return { value: read, range: element.range };
  report(context, 'bad-number', element.range, {
    args: [element.value],
    ...replaceBy(element.range, repairedNumber(element.value)),
  });
  return undefined;
}

/** What a number was certainly meant to be: `5 k`, `+5k`, `5k examples` are left alone; `5K,` and `.5` are not. */
function repairedNumber(text: string): string | undefined {
  const repaired = text
    .replace(/^\./, '0.')
    .replace(/[,_.]+$/, '')
    .replace(/^(\d{1,3}(?:[,.]\d{3}){2,})$/, all => all.replace(/\D/g, ''));
  return repaired !== text && parseNumber(repaired) !== undefined ? repaired : undefined;
}

export const readUnit: Reader<Unit> = (value, context) => {
  const { value: text, range } = wholeText(value);
  const unit = UNITS.find(candidate => candidate === text);
  if (unit) return { value: unit, range };
  const near =
    UNITS.find(candidate => candidate === `${text.toLowerCase()}s` || candidate === text.toLowerCase()) ??
    nearest(text, UNITS);
  report(context, 'bad-unit', range, { args: [text, UNITS.join(', ')], ...replaceBy(range, near) });
  return undefined;
};

export const readInput: Reader<InputSpec> = (value, context) => {
  const { value: text, range } = wholeText(value);
  const input = parseInput(text);
  if (input) return { value: input, range };
  const [modality = ''] = text.split(':');
  const near = nearest(modality, ['image', 'audio', 'text', 'tabular', 'video', 'sequence']);
  const repaired = near === undefined ? undefined : near + text.slice(modality.length);
  report(context, 'bad-input', range, {
    args: [text],
    ...replaceBy(range, repaired !== undefined && parseInput(repaired) ? repaired : undefined),
  });
  return undefined;
};

export const readOutput: Reader<OutputSpec> = (value, context) => {
  const { value: text, range } = wholeText(value);
  const output = parseOutput(text);
  if (output) return { value: output, range };
  report(context, 'bad-output', range, { args: [text] });
  return undefined;
};

/** Any name is allowed; one that looks like a slip of a known task id gets a hint. */
export const readCategory: Reader<string> = (value, context) => {
  const category = wholeText(value);
  const near = CATEGORIES.includes(category.value) ? undefined : nearest(category.value, CATEGORIES);
  if (near !== undefined)
    report(context, 'bad-category', category.range, {
      severity: 'hint',
      args: [category.value, near],
      ...replaceBy(category.range, near),
    });
  return category;
};

/** The elements of a list that are names or, where `allowSteps`, steps; the others are reported and left out. */
function names(value: RawValue, context: Context, allowSteps: boolean): Element[] {
  return listElements(value, true).filter(element => {
    if (element.value === '') report(context, 'bad-list', emptyRange(value, element), { args: [value.raw] });
    else if (isName(element.value) || (allowSteps && parseStep(element.value))) return true;
    else report(context, 'bad-name', element.range, { args: [element.value] });
    return false;
  });
}

/** An empty element has no characters of its own: the whole list stands for it. */
function emptyRange(value: RawValue, element: Element): Element['range'] {
  return element.range.end.column > element.range.start.column ? element.range : value.range;
}

export const readNames: Reader<readonly Element[]> = (value, context) => {
  const list = listElements(value, true).filter(element => element.value !== '');
  if (list.length > 0) return at(value, list);
  report(context, 'bad-list', value.range, { args: [value.raw] });
  return undefined;
};

export const readTasks: Reader<readonly Located<TaskReference>[]> = (value, context) => {
  const tasks = names(value, context, true).map(({ value: text, range }) => {
    const step = parseStep(text);
    return { value: step ? { name: printStep(step), step } : { name: text }, range };
  });
  return tasks.length > 0 ? at(value, tasks) : undefined;
};

export const readSharedFeatures: Reader<SharedFeatures> = (value, context) => {
  const list = names(value, context, false);
  if (list.length === 1 && list[0]?.value === 'none') return at(value, { kind: 'none' });
  return list.length > 0 ? at(value, { kind: 'tasks', tasks: list }) : undefined;
};

export const readSteps: Reader<readonly Located<Step>[]> = (value, context) => {
  const steps = listElements(value, true).flatMap(element => {
    const step = parseStep(element.value);
    if (step) return [{ value: step, range: element.range }];
    report(context, 'unknown-step', emptyRange(value, element), { args: [element.value] });
    return [];
  });
  return steps.length > 0 ? at(value, steps) : undefined;
};

export const readSplits: Reader<readonly { name: Element; count: Located<number> }[]> = (value, context) => {
  const splits = listElements(value, true).flatMap(element => {
    const { key: name, value: count } = keyAndValue(element, rawText(value, element));
    if (!name || !isName(name.value)) {
      report(context, 'bad-split', emptyRange(value, element), { args: [element.value] });
      return [];
    }
    const read = number(count, context);
    return read ? [{ name, count: read }] : [];
  });
  return splits.length > 0 ? at(value, splits) : undefined;
};

export const readShares: Reader<readonly { task?: Element; share: Located<number> }[]> = (value, context) => {
  const shares = listElements(value, true).flatMap(element => {
    const { key: task, value: share } = keyAndValue(element, rawText(value, element));
    const read = parseShare(share.value);
    if (read === undefined) {
      const percent = parseShare(`${share.value}%`) === undefined ? undefined : `${share.value}%`;
      report(context, 'bad-share', emptyRange(value, share), {
        args: [share.value],
        ...replaceBy(share.range, percent),
      });
      return [];
    }
    return [{ ...(task ? { task } : {}), share: { value: read, range: share.range } }];
  });
  return shares.length > 0 ? at(value, shares) : undefined;
};

export const readColumns: Reader<readonly { task?: Element; column: Element }[]> = (value, context) => {
  const columns = listElements(value, false).flatMap(element => {
    const { key: task, value: column } = keyAndValue(element, rawText(value, element));
    if (column.value !== '') return [{ ...(task ? { task } : {}), column }];
    report(context, 'bad-list', emptyRange(value, column), { args: [value.raw] });
    return [];
  });
  return columns.length > 0 ? at(value, columns) : undefined;
};
