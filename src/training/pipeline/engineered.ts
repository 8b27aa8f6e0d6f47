import * as l10n from '@vscode/l10n';
import { TrainingError } from '../errors';
import { builtIn, BUILT_INS } from './built-ins';
import { readLookup } from './lookup';
import { loadModule } from './module';
import type { StageValue } from './values';

/** What an engineered stage does to one example's value. */
export type Apply = (value: StageValue) => unknown;

/**
 * An engineered stage, ready to run: a built-in by its name, a table by its `.csv` file, or a JavaScript module.
 *
 * @throws TrainingError `bad-pipeline` where there is no such thing
 */
export async function engineeredStage(what: string): Promise<Apply> {
  const known = builtIn(what);
  if (known) return known;
  if (/\.csv$/i.test(what)) return readLookup(what);
  if (/\.[cm]?js$/i.test(what)) return loadModule(what);
  throw new TrainingError(
    'bad-pipeline',
    l10n.t(
      '"{0}" is no built-in step ({1}), no table (.csv) and no JavaScript module (.js, .mjs, .cjs)',
      what,
      BUILT_INS.join(', '),
    ),
  );
}

/** Applies a stage to all examples. @throws TrainingError `bad-stage`, naming the stage and the example */
export async function applyToAll(
  stage: string,
  apply: Apply,
  values: readonly StageValue[],
  signal: AbortSignal,
): Promise<readonly StageValue[]> {
  const results: StageValue[] = [];
  for (const [i, value] of values.entries()) {
    // Each module call may take long, and a stop has to be heard in between.
    if (i % 256 === 0) await new Promise(resolve => setImmediate(resolve));
    signal.throwIfAborted();
    results.push(checked(stage, i, value, await attempt(stage, i, value, apply)));
  }
  return results;
}

async function attempt(stage: string, example: number, value: StageValue, apply: Apply): Promise<unknown> {
  try {
    return await apply(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TrainingError(
      'bad-stage',
      l10n.t(
        'The stage "{0}" failed for test example {1} ({2}): {3}',
        stage,
        example + 1,
        JSON.stringify(value),
        reason,
      ),
      { cause: error },
    );
  }
}

function checked(stage: string, example: number, given: StageValue, result: unknown): StageValue {
  if (isValue(result)) return result;
  throw new TrainingError(
    'bad-stage',
    l10n.t(
      'The stage "{0}" gave {1} for {2} (test example {3}); it should give a text, a number, or a list of them',
      stage,
      describe(result),
      JSON.stringify(given),
      example + 1,
    ),
  );
}

function describe(result: unknown): string {
  return typeof result === 'number' ? String(result) : JSON.stringify(result ?? null);
}

function isValue(value: unknown): value is StageValue {
  if (Array.isArray(value)) return value.every(isValue);
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}
