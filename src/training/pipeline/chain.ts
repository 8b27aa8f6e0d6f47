import { inputShape } from '../../data';
import type { Examples } from '../material/examples';
import type { StageSpec } from '../spec';
import type { Learned } from '../strategies/types';
import { applyToAll, type Apply } from './engineered';
import { asInputs, predictStage } from './learned';
import { cut, partsOf, type Parts } from './parts';
import { rawInput, rawValues } from './raw';
import type { StageValue } from './values';
import type { Whole } from './whole';

/** A stage that is ready to run. */
export type ReadyStage =
  | { readonly spec: StageSpec; readonly kind: 'learned'; readonly learned: Learned }
  | { readonly spec: StageSpec; readonly kind: 'engineered'; readonly apply: Apply };

/** The whole's test examples, and what the first stage makes of them. */
export interface Start {
  readonly test: Examples;
  readonly first: (signal: AbortSignal) => Promise<readonly StageValue[]>;
}

/** Reads the test examples as the first stage needs them. */
export async function startOf(whole: Whole, stage: ReadyStage, isLast: boolean): Promise<Start> {
  if (stage.kind === 'engineered') {
    const input = rawInput(whole.own);
    const test = await whole.test(input);
    return {
      test,
      first: signal => applyToAll(stage.spec.name, stage.apply, rawValues(input, test), signal),
    };
  }
  const own = stage.learned.data.material.input;
  const parts = partsOf(whole.own, own);
  const test = await whole.test(parts.input);
  const inputs = cut(test, parts, inputShape(own));
  return {
    test,
    first: async signal => together(await predictStage(stage.learned, inputs, { signal, isLast }), parts),
  };
}

/** The values of an example's parts as its list. */
function together(values: readonly StageValue[], { count }: Parts): readonly StageValue[] {
  if (count === 1) return values;
  return Array.from({ length: values.length / count }, (_, i) => values.slice(i * count, (i + 1) * count));
}

/** What a later stage makes of what the one before it gave. */
export async function runStage(
  stage: ReadyStage,
  values: readonly StageValue[],
  options: { readonly signal: AbortSignal; readonly isLast: boolean },
): Promise<readonly StageValue[]> {
  const { name } = stage.spec;
  if (stage.kind === 'engineered') return applyToAll(name, stage.apply, values, options.signal);
  return predictStage(stage.learned, await asInputs(name, stage.learned, values), options);
}
