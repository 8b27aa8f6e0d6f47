import * as l10n from '@vscode/l10n';
import type { Apply } from './engineered';
import { isList, listOf, type StageValue } from './values';

const STEPS: Readonly<Record<string, Apply>> = {
  identity: value => value,
  sum: value => numbersOf(value).reduce((sum, each) => sum + each, 0),
  product: value => numbersOf(value).reduce((product, each) => product * each, 1),
  difference: value => numbersOf(value).reduce((rest, each) => rest - each),
  mean: value => numbersOf(value).reduce((sum, each) => sum + each, 0) / numbersOf(value).length,
  max: value => Math.max(...numbersOf(value)),
  min: value => Math.min(...numbersOf(value)),
  count: value => listOf(value).length,
  argmax: value => {
    const numbers = numbersOf(value);
    return numbers.indexOf(Math.max(...numbers));
  },
  join: value => listOf(value).join(''),
};

/** The names of the engineered steps that need no file. */
export const BUILT_INS = Object.keys(STEPS);

export function builtIn(name: string): Apply | undefined {
  return Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
}

/** All numbers of a value, nested lists included. @throws Error where something is no number */
function numbersOf(value: StageValue): number[] {
  if (isList(value)) return value.flatMap(numbersOf);
  const number = typeof value === 'number' || value.trim() !== '' ? Number(value) : NaN;
  if (Number.isNaN(number)) throw new Error(l10n.t('{0} is not a number', JSON.stringify(value)));
  return [number];
}
