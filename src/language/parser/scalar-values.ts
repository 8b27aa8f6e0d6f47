import { trimEndWhere } from '../../common/trim-text';
import { closestMatch } from '../../common/edit-distance';
import { parseNumber } from '../../common/number-notation';
import type { Located } from '../../common/text-ranges';
import { type DiagnosticCollector, replacementFix, report } from '../annotation-diagnostics';
import type { InputSpec, OutputSpec, Unit } from '../annotation-model';
import { TASK_CATEGORIES } from '../key-schema';
import { UNITS } from '../size-units';
import { parseInput, parseOutput } from '../value-syntax';
import { type Element, type RawValue, wholeText } from './tokenizer';

/** Reads the value of one key: the typed value, or `undefined` and a diagnostic at the characters that are wrong. */
export type Reader<T> = (value: RawValue, context: DiagnosticCollector) => Located<T> | undefined;

export const readText: Reader<string> = value => wholeText(value);

/** A size that may be a fraction, of hours and the like. */
export const readNumber: Reader<number> = (value, context) => readElement(wholeText(value), context, isAny);

/** A size that must be whole: parameters, examples. */
export const readCount: Reader<number> = (value, context) =>
  readElement(wholeText(value), context, Number.isInteger);

export const readPositive: Reader<number> = (value, context) =>
  readElement(wholeText(value), context, number => number > 0);

export const isAny = (): boolean => true;

/** The number that a text is, where `accept` takes it. */
export function readElement(
  { value: text, range }: Element,
  context: DiagnosticCollector,
  accept: (number: number) => boolean,
): Located<number> | undefined {
  const read = parseNumber(text);
  if (read !== undefined && accept(read)) return { value: read, range };
  const repaired = repairedNumber(text);
  const sure = repaired !== undefined && accept(parseNumber(repaired) ?? NaN);
  report(
    context,
    { code: 'bad-number', value: text },
    range,
    replacementFix(range, sure ? repaired : undefined),
  );
  return undefined;
}

/** What a number was certainly meant to be: `5 k`, `+5k`, `5k examples` are left alone; `5K,` and `.5` are not. */
function repairedNumber(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const repaired = trimEndWhere(text.replace(/^\./, '0.'), character => ',_.'.includes(character)).replace(
    /^(\d{1,3}(?:[,.]\d{3}){2,})$/,
    all => all.replace(/\D/g, ''),
  );
  return repaired !== text && parseNumber(repaired) !== undefined ? repaired : undefined;
}

export const readUnit: Reader<Unit> = (value, context) => {
  const { value: text, range } = wholeText(value);
  // One hour is stated in hours, too.
  const unit = UNITS.find(candidate => candidate === text || candidate === `${text}s`);
  if (unit) return { value: unit, range };
  const near =
    UNITS.find(candidate => [`${text.toLowerCase()}s`, text.toLowerCase()].includes(candidate)) ??
    closestMatch(text, UNITS);
  report(context, { code: 'bad-unit', value: text, known: UNITS }, range, replacementFix(range, near));
  return undefined;
};

export const readInput: Reader<InputSpec> = (value, context) => {
  const { value: text, range } = wholeText(value);
  const input = parseInput(text);
  if (input) return { value: input, range };
  const [modality = ''] = text.split(':');
  const near = closestMatch(modality, ['image', 'audio', 'text', 'tabular', 'video', 'sequence']);
  const repaired = near === undefined ? undefined : near + text.slice(modality.length);
  const sure = repaired !== undefined && parseInput(repaired) ? repaired : undefined;
  report(context, { code: 'bad-input', value: text }, range, replacementFix(range, sure));
  return undefined;
};

export const readOutput: Reader<OutputSpec> = (value, context) => {
  const { value: text, range } = wholeText(value);
  const output = parseOutput(text);
  if (output) return { value: output, range };
  report(context, { code: 'bad-output', value: text }, range);
  return undefined;
};

/** Any name is allowed; one that looks like a slip of a known task id gets a hint. */
export const readCategory: Reader<string> = (value, context) => {
  const category = wholeText(value);
  const near = TASK_CATEGORIES.includes(category.value)
    ? undefined
    : closestMatch(category.value, TASK_CATEGORIES);
  if (near !== undefined)
    report(context, { code: 'bad-category', value: category.value, nearest: near }, category.range, {
      severity: 'hint',
      ...replacementFix(category.range, near),
    });
  return category;
};
