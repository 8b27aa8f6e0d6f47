import type { SharedFeatures, Step, TaskReference } from '../model';
import { parseShare } from '../numbers';
import type { Located } from '../text';
import { isName, parseStep, printStep } from '../values';
import { replaceBy, report, type Context } from './context';
import { keyAndValue, listElements, rawText, type Element } from './elements';
import { isAny, readElement, type Reader } from './readers';
import type { RawValue } from './tokens';

const at = <T>(value: RawValue, read: T): Located<T> => ({ value: read, range: value.range });

/** The elements of a list that are names or, where `allowSteps`, steps; the others are reported and left out. */
function names(value: RawValue, context: Context, allowSteps: boolean): Element[] {
  return listElements(value, true).filter(element => {
    if (isName(element.value) || (allowSteps && parseStep(element.value))) return true;
    reportElement(value, element, context);
    return false;
  });
}

function reportElement(value: RawValue, element: Element, context: Context): void {
  if (element.value === '') report(context, 'bad-list', emptyRange(value, element), { args: [value.raw] });
  else report(context, 'bad-name', element.range, { args: [element.value] });
}

/** An empty element has no characters of its own: the whole list stands for it. */
function emptyRange(value: RawValue, element: Element): Element['range'] {
  return element.range.end.column > element.range.start.column ? element.range : value.range;
}

/** Ids as hubs give them (`org/name`, `extended|squad`): no spaces, quotes or commas. */
export const readIds: Reader<readonly Element[]> = (value, context) => {
  const ids = listElements(value, true).filter(element => {
    if (/^[^\s",\\]+$/.test(element.value)) return true;
    reportElement(value, element, context);
    return false;
  });
  return ids.length > 0 ? at(value, ids) : undefined;
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

type Splits = readonly { readonly name: Element; readonly count: Located<number> }[];

/** Sizes of splits in whole examples. */
export const readWholeSplits: Reader<Splits> = (value, context) => splits(value, context, Number.isInteger);

/** Sizes of splits in hours and the like. */
export const readSplits: Reader<Splits> = (value, context) => splits(value, context, isAny);

function splits(
  value: RawValue,
  context: Context,
  accept: (number: number) => boolean,
): Located<Splits> | undefined {
  const seen = new Set<string>();
  const read = listElements(value, true).flatMap(element => {
    const { key: name, value: count } = keyAndValue(element, rawText(value, element));
    if (!name || !isName(name.value)) {
      report(context, 'bad-split', emptyRange(value, element), { args: [element.value] });
      return [];
    }
    const size = readElement({ ...count, range: emptyRange(value, count) }, context, accept);
    return isNew(name, seen, context) && size ? [{ name, count: size }] : [];
  });
  return read.length > 0 ? at(value, read) : undefined;
}

type OfTask<T> = readonly (T & { readonly task?: Element })[];

export const readShares: Reader<OfTask<{ readonly share: Located<number> }>> = (value, context) =>
  perTask(value, true, context, text => {
    const share = parseShare(text.value);
    if (share !== undefined) return { share: { value: share, range: text.range } };
    const percent = `${text.value}%`;
    report(context, 'bad-share', emptyRange(value, text), {
      args: [text.value],
      ...replaceBy(text.range, parseShare(percent) === undefined ? undefined : percent),
    });
    return undefined;
  });

export const readColumns: Reader<OfTask<{ readonly column: Element }>> = (value, context) =>
  perTask(value, false, context, column => {
    if (column.value !== '') return { column };
    report(context, 'bad-list', emptyRange(value, column), { args: [value.raw] });
    return undefined;
  });

/** One thing for all tasks, or `task:thing` for each. */
function perTask<T extends object>(
  value: RawValue,
  quotedList: boolean,
  context: Context,
  read: (text: Element) => T | undefined,
): Located<OfTask<T>> | undefined {
  const elements = listElements(value, quotedList);
  const seen = new Set<string>();
  const things = elements.flatMap((element): OfTask<T> => {
    const { key: task, value: text } = keyAndValue(element, rawText(value, element));
    const thing = read(text);
    if (thing === undefined) return [];
    if (task) return isNew(task, seen, context) ? [{ task, ...thing }] : [];
    if (elements.length === 1) return [thing];
    report(context, 'missing-task', text.range, { args: [text.value] });
    return [];
  });
  return things.length > 0 ? at(value, things) : undefined;
}

function isNew(name: Element, seen: Set<string>, context: Context): boolean {
  if (seen.has(name.value)) {
    report(context, 'duplicate-key', name.range, { severity: 'warning', args: [name.value] });
    return false;
  }
  seen.add(name.value);
  return true;
}
