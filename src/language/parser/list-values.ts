import { trimEndWhere } from '../../common/trim-text';
import { parseShare } from '../../common/number-notation';
import { type Located, type TextRange, onLine } from '../../common/text-ranges';
import { type DiagnosticCollector, replacementFix, report, truncated } from '../annotation-diagnostics';
import type { SharedFeatures, Step, TaskReference } from '../annotation-model';
import { isName, parseStep, printStep } from '../value-syntax';
import { type Reader, isAny, readElement } from './scalar-values';
import { type Element, type RawValue, keyAndValue, listElements, rawText } from './tokenizer';

const at = <T>(value: RawValue, read: T): Located<T> => ({ value: read, range: value.range });

/** The elements of a list. Empty ones are reported, at the comma too many, and left out. */
function elementsOf(value: RawValue, quotedList: boolean, context: DiagnosticCollector): Element[] {
  let reported = -1;
  return listElements(value, quotedList).filter(element => {
    if (element.value !== '') return true;
    const comma = commaAt(value, element);
    const { column } = (comma ?? element.range).start;
    // Before and behind a lone comma nothing stands; it is reported once.
    if (column !== reported)
      report(
        context,
        { code: 'bad-list', list: truncated(value.raw) },
        comma ?? element.range,
        comma ? replacementFix(comma, '') : {},
      );
    reported = column;
    return false;
  });
}

/** The comma that follows an empty element, or at the end of the list the one before it. */
function commaAt(value: RawValue, { range }: Element): TextRange | undefined {
  if (range.end.column > range.start.column) return undefined;
  const { line, column } = value.range.start;
  let at = range.start.column - column;
  while (/\s/.test(value.raw.charAt(at))) at++;
  if (value.raw[at] !== ',') at = range.start.column - column - 1;
  return value.raw[at] === ',' ? onLine(line, column + at, column + at + 1) : undefined;
}

/** The elements of a list that are names or, where `allowSteps`, steps; the others are reported and left out. */
function names(value: RawValue, context: DiagnosticCollector, allowSteps: boolean): Element[] {
  return elementsOf(value, true, context).filter(element => {
    if (isName(element.value) || (allowSteps && parseStep(element.value))) return true;
    report(context, { code: 'bad-name', name: element.value }, element.range);
    return false;
  });
}

/** Ids as hubs give them (`org/name`, `extended|squad`): no spaces, quotes or commas. */
export const readIds: Reader<readonly Element[]> = (value, context) => {
  const ids = elementsOf(value, true, context).filter(element => {
    if (/^[^\s",\\]+$/.test(element.value)) return true;
    report(context, { code: 'bad-name', name: element.value }, element.range);
    return false;
  });
  return ids.length > 0 ? at(value, ids) : undefined;
};

/** Names of columns, which may hold anything; in quotes each for itself. */
export const readTexts: Reader<readonly Element[]> = (value, context) => {
  const seen = new Set<string>();
  const texts = elementsOf(value, false, context).filter(element => {
    if (element.value !== '') return isNew(element, seen, context);
    report(context, { code: 'bad-list', list: truncated(value.raw) }, element.range);
    return false;
  });
  return texts.length > 0 ? at(value, texts) : undefined;
};

export const readTasks: Reader<readonly Located<TaskReference>[]> = (value, context) => {
  const tasks = names(value, context, true).map(({ value: text, range }) => {
    const step = parseStep(text);
    return step
      ? { value: { name: printStep(step), step }, range: withoutQuotes(value, range) }
      : { value: { name: text }, range };
  });
  return tasks.length > 0 ? at(value, tasks) : undefined;
};

export const readSharedFeatures: Reader<SharedFeatures> = (value, context) => {
  const list = names(value, context, false);
  if (list.length === 1 && list[0]?.value === 'none') return at(value, { kind: 'none' });
  return list.length > 0 ? at(value, { kind: 'tasks', tasks: list }) : undefined;
};

export const readSteps: Reader<readonly Located<Step>[]> = (value, context) => {
  const steps = elementsOf(value, true, context).flatMap(element => {
    const step = parseStep(element.value);
    if (step) return [{ value: step, range: withoutQuotes(value, element.range) }];
    report(context, { code: 'unknown-step', step: element.value, known: [] }, element.range);
    return [];
  });
  return steps.length > 0 ? at(value, steps) : undefined;
};

type Modules = readonly { readonly step: Located<Step>; readonly module: Element }[];

/** `a->b:what` by commas: what each engineered step runs. */
export const readModules: Reader<Modules> = (value, context) => {
  const seen = new Set<string>();
  const modules = elementsOf(value, false, context).flatMap(element => {
    const { key, value: module } = keyAndValue(element, rawText(value, element));
    const step = parseStep(key?.value ?? '');
    if (!key || !step) {
      const { value: written, range } = key ?? element;
      report(context, { code: 'unknown-step', step: written, known: [] }, range);
      return [];
    }
    if (module.value === '') {
      report(context, { code: 'bad-list', list: truncated(value.raw) }, element.range);
      return [];
    }
    return isNew(key, seen, context)
      ? [{ step: { value: step, range: withoutQuotes(value, key.range) }, module }]
      : [];
  });
  return modules.length > 0 ? at(value, modules) : undefined;
};

/** From the first to the last letter of a step, so that its ends stand where the range ends. */
function withoutQuotes({ raw, range: whole }: RawValue, range: TextRange): TextRange {
  const offset = whole.start.column;
  const written = raw.slice(range.start.column - offset, range.end.column - offset);
  const lead = /^["\s]*/.exec(written)?.[0].length ?? 0;
  const { length } = trimEndWhere(written, character => character === '"' || character.trim() === '');
  return onLine(range.start.line, range.start.column + lead, range.start.column + Math.max(lead, length));
}

type Splits = readonly { readonly name: Element; readonly count: Located<number> }[];

/** Sizes of splits in whole examples. */
export const readWholeSplits: Reader<Splits> = (value, context) => splits(value, context, Number.isInteger);

/** Sizes of splits in hours and the like. */
export const readSplits: Reader<Splits> = (value, context) => splits(value, context, isAny);

function splits(
  value: RawValue,
  context: DiagnosticCollector,
  accept: (number: number) => boolean,
): Located<Splits> | undefined {
  const seen = new Set<string>();
  const read = elementsOf(value, true, context).flatMap(element => {
    const { key: name, value: count } = keyAndValue(element, rawText(value, element));
    if (!name || !isName(name.value)) {
      report(context, { code: 'bad-split', value: element.value }, element.range);
      return [];
    }
    const size = readElement(orWhole(count, element), context, accept);
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
    const repaired = parseShare(percent) === undefined ? undefined : percent;
    report(
      context,
      { code: 'bad-share', value: text.value },
      text.range,
      replacementFix(text.range, repaired),
    );
    return undefined;
  });

export const readColumns: Reader<OfTask<{ readonly column: Element }>> = (value, context) =>
  perTask(value, false, context, column => {
    if (column.value !== '') return { column };
    report(context, { code: 'bad-list', list: truncated(value.raw) }, column.range);
    return undefined;
  });

/** One thing for all tasks, or `task:thing` for each. */
function perTask<T extends object>(
  value: RawValue,
  quotedList: boolean,
  context: DiagnosticCollector,
  read: (text: Element) => T | undefined,
): Located<OfTask<T>> | undefined {
  const elements = elementsOf(value, quotedList, context);
  const seen = new Set<string>();
  const things = elements.flatMap((element): OfTask<T> => {
    const { key: task, value: text } = keyAndValue(element, rawText(value, element));
    const thing = read(orWhole(text, element));
    if (thing === undefined) return [];
    if (task) return isNew(task, seen, context) ? [{ task, ...thing }] : [];
    if (elements.length === 1) return [thing];
    report(context, { code: 'missing-task', value: text.value }, text.range);
    return [];
  });
  return things.length > 0 ? at(value, things) : undefined;
}

/** Behind a colon there may be nothing; the element then stands for it. */
function orWhole(part: Element, element: Element): Element {
  return part.value === '' ? { value: part.value, range: element.range } : part;
}

function isNew(name: Element, seen: Set<string>, context: DiagnosticCollector): boolean {
  if (seen.has(name.value)) {
    report(context, { code: 'duplicate-key', key: name.value }, name.range, { severity: 'warning' });
    return false;
  }
  seen.add(name.value);
  return true;
}
