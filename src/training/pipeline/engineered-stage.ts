import { pathToFileURL } from 'node:url';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { errorMessage } from '../../common/errors';
import { seededRandom, shuffle } from '../../common/random';
import { throwIfAborted } from '../../common/abort';
import { readRegular } from '../../files/regular-file';
import { trainingError } from '../training-error';
import { isModule } from './stage-modules';
import { type StageValue, classValue, isList, listOf } from './stage-values';
import {
  badLookupTable,
  badStageOutput,
  noDefaultFunction,
  noLookupRow,
  notANumber,
  stageFailed,
  unknownStageProgram,
  unloadableModule,
  unreadableTable,
} from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

const STEPS: Readonly<Record<string, StageFunction>> = {
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

function builtIn(name: string): StageFunction | undefined {
  return entryOf(STEPS, name);
}

/** All numbers of a value, nested lists included. @throws Error where something is no number */
function numbersOf(value: StageValue): number[] {
  if (isList(value)) return value.flatMap(numbersOf);
  const number = typeof value === 'number' || value.trim() !== '' ? Number(value) : NaN;
  if (Number.isNaN(number)) throw new Error(notANumber(JSON.stringify(value)));
  return [number];
}

/**
 * A stage that looks its value up in a table: the last column for the values in those before it, below a header.
 * A value that the table lacks is an error, since a wrong answer would hide in the results.
 *
 * @throws TrainingError `bad-pipeline` where the file is no such table
 */
async function readLookup(path: string): Promise<StageFunction> {
  const rows = await readRows(path);
  const answers = new Map<string, string>();
  for (const cells of rows.slice(1)) answers.set(keyOf(cells.slice(0, -1)), cells.at(-1) ?? '');
  if (answers.size === 0 || (rows[0]?.length ?? 0) < 2)
    throw trainingError('bad-pipeline', badLookupTable(path));
  return value => {
    const answer = answers.get(keyOf(listOf(value).map(String)));
    if (answer === undefined) throw new Error(noLookupRow(path));
    return classValue(answer);
  };
}

/** In bytes: a table that is looked up in is read whole. */
const MAX_TABLE = 64_000_000;

async function readRows(path: string): Promise<string[][]> {
  try {
    return parse(await readRegular(path, MAX_TABLE), { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const reason = errorMessage(error);
    throw trainingError('bad-pipeline', unreadableTable({ file: path, reason }), {
      cause: error,
    });
  }
}

function keyOf(cells: readonly string[]): string {
  return cells.join('\0');
}

/**
 * Loads a user's step: a module whose default export takes one value and gives the next, or a promise of it.
 *
 * @throws TrainingError `bad-pipeline` where it does not load or exports no function
 */
async function loadModule(path: string): Promise<StageFunction> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (error) {
    const reason = errorMessage(error);
    throw trainingError('bad-pipeline', unloadableModule({ file: path, reason }), {
      cause: error,
    });
  }
  const step = functionOf(module.default);
  if (step) return step;
  throw trainingError('bad-pipeline', noDefaultFunction(path));
}

/** CommonJS modules arrive with their exports one level down. */
function functionOf(exported: unknown): StageFunction | undefined {
  if (typeof exported === 'function') return exported as StageFunction;
  const inner = (exported as { readonly default?: unknown } | null | undefined)?.default;
  return typeof inner === 'function' ? (inner as StageFunction) : undefined;
}

/** What an engineered stage does to one example's value. */
export type StageFunction = (value: StageValue) => unknown;

/**
 * An engineered stage, ready to run: a built-in by its name, a table by its `.csv` file, or a JavaScript module.
 *
 * @throws TrainingError `bad-pipeline` where there is no such thing
 */
export async function engineeredStage(what: string): Promise<StageFunction> {
  const known = builtIn(what);
  if (known) return known;
  if (/\.csv$/i.test(what)) return readLookup(what);
  if (isModule(what)) return loadModule(what);
  throw trainingError('bad-pipeline', unknownStageProgram({ program: what, builtIns: BUILT_INS.join(', ') }));
}

/**
 * Applies a stage to all examples, one by one and in no order of theirs: a module sees inputs only, and its place in the
 * calls must not tell it which example it is given.
 *
 * @throws TrainingError `bad-stage`, naming the stage and the example
 */
export async function applyToAll(
  stage: string,
  apply: StageFunction,
  values: readonly StageValue[],
  signal: AbortSignal,
): Promise<readonly StageValue[]> {
  const results = [...values];
  const order = shuffle(Int32Array.from(values.keys()), seededRandom('stage', stage, values.length));
  for (const [call, i] of order.entries()) {
    // Each module call may take long, and a stop has to be heard in between.
    if (call % 256 === 0) await setImmediate();
    throwIfAborted(signal);
    const value = values[i] ?? '';
    results[i] = checked(stage, i, value, await attempt(stage, i, value, apply));
  }
  return results;
}

async function attempt(
  stage: string,
  example: number,
  value: StageValue,
  apply: StageFunction,
): Promise<unknown> {
  try {
    return await apply(value);
  } catch (error) {
    const reason = errorMessage(error);
    throw trainingError(
      'bad-stage',
      stageFailed({ stage, example: example + 1, value: JSON.stringify(value), reason }),
      { cause: error },
    );
  }
}

function checked(stage: string, example: number, given: StageValue, result: unknown): StageValue {
  if (isValue(result)) return result;
  throw trainingError(
    'bad-stage',
    badStageOutput({ stage, output: describe(result), value: JSON.stringify(given), example: example + 1 }),
  );
}

function describe(result: unknown): string {
  return typeof result === 'number' ? String(result) : JSON.stringify(result ?? null);
}

function isValue(value: unknown): value is StageValue {
  if (Array.isArray(value)) return value.every(isValue);
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}
