import { outputOf, valueOf } from '../fit/judge';
import { createPredictor } from '../fit/predict';
import { predictionsOf } from '../fit/predictions';
import { metricsOf } from '../metrics';
import { composeModel } from '../networks/compose';
import type { StageResult, TrialResult } from '../result';
import type { TrialSpec } from '../spec';
import { labelOf } from '../strategies/data';
import type { Learned } from '../strategies/types';
import { runStage, startOf, type ReadyStage, type Start } from './chain';
import { predictionsFrom, type StageValue } from './values';
import { trueValues, type Whole } from './whole';

/**
 * Runs the chain on the whole's test split, and once more from each stage on with true values, where the data has them:
 * what the metric gains is what the stages before cost.
 */
export async function measureChain(
  spec: TrialSpec,
  stages: readonly [ReadyStage, ...ReadyStage[]],
  whole: Whole,
  signal: AbortSignal,
): Promise<Omit<TrialResult, 'seconds' | 'warnings'>> {
  const start = await startOf(whole, stages[0], stages.length === 1);
  const outputs = [await start.first(signal)];
  outputs.push(...(await runFrom(stages, 1, outputs[0] ?? [], signal)));
  const label = labelOf(whole, spec.target.name);
  const truth = Array.from(start.test.labels[spec.target.name]?.values ?? []);
  const last = stages.at(-1)?.spec.name ?? '';
  const valueFor = (values: readonly StageValue[]): number => {
    const predicted = predictionsFrom(label, truth, values, last);
    return valueOf(metricsOf(predicted), spec.metric, predicted);
  };
  const test = predictionsFrom(label, truth, outputs.at(-1) ?? [], last);
  const results: StageResult[] = [];
  for (const [i, stage] of stages.entries()) {
    const given = fedWithTruth(stage, start, whole, outputs[i] ?? []);
    const isLast = i === stages.length - 1;
    const after = given && !isLast ? (await runFrom(stages, i + 1, given, signal)).at(-1) : undefined;
    const perfect = isLast ? perfectValue(spec) : undefined;
    const withTrueOutput = after ? valueFor(after) : perfect;
    results.push({
      stage: stage.spec.name,
      ...(stage.kind === 'learned' && { own: await ownMetric(stage.learned, signal) }),
      ...(withTrueOutput !== undefined && { withTrueOutput }),
    });
  }
  const learned = stages.flatMap(stage => (stage.kind === 'learned' ? [stage.learned] : []));
  return {
    version: 1,
    id: spec.id,
    value: valueOf(metricsOf(test), spec.metric, test),
    metrics: metricsOf(test),
    test,
    examples: {
      train: learned.reduce((sum, { data }) => sum + data.rows.length, 0),
      validation: learned.reduce((sum, { data }) => sum + data.validation.count, 0),
      test: truth.length,
    },
    stages: results,
  };
}

/** The outputs of stages `from` and up, each fed with what the one before it really gave. */
async function runFrom(
  stages: readonly ReadyStage[],
  from: number,
  values: readonly StageValue[],
  signal: AbortSignal,
): Promise<readonly (readonly StageValue[])[]> {
  const outputs: (readonly StageValue[])[] = [];
  let current = values;
  for (const [i, stage] of stages.entries()) {
    if (i < from) continue;
    current = await runStage(stage, current, { signal, isLast: i === stages.length - 1 });
    outputs.push(current);
  }
  return outputs;
}

/** True values after a stage; an example whose true value is missing keeps the one that the stage gave. */
function fedWithTruth(
  { spec }: ReadyStage,
  { test }: Start,
  whole: Whole,
  given: readonly StageValue[],
): readonly StageValue[] | undefined {
  const truth = trueValues(spec.to, whole, test);
  return truth && given.map((value, row) => truth(row) ?? value);
}

/** With all values true, the last one's too, nothing is wrong any more. */
function perfectValue({ metric }: TrialSpec): number | undefined {
  return metric.higherIsBetter ? 1 : 0;
}

async function ownMetric(
  { encoder, head, data }: Learned,
  signal: AbortSignal,
): Promise<NonNullable<StageResult['own']>> {
  const predictor = await createPredictor(composeModel(encoder, [head]));
  try {
    const outputs = await predictor.predict(data.test, { signal });
    const test = predictionsOf(head, outputOf(head, outputs), data.test);
    return { metric: data.metric.name, value: valueOf(metricsOf(test), data.metric, test) };
  } finally {
    await predictor.dispose();
  }
}
