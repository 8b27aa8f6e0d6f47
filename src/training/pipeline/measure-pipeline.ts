import { inputShape } from '../../data';
import { composeModel } from '../architectures/network';
import type { Examples } from '../datasets/examples';
import type { StageResult, StageSpec, TrialResult, TrialSpec } from '../../protocol/job-files';
import { createPredictor, metricValue, outputOf } from '../loop/evaluation';
import { groupsOf, predictionsOf } from '../loop/predictions';
import { metricsOf } from '../metrics';
import { labelOf } from '../strategies/learning-data';
import type { TrainedNetwork } from '../strategies/strategy';
import { type EndToEndData, trueValues } from './end-to-end-data';
import { type StageFunction, applyToAll } from './engineered-stage';
import { type InputTiling, cutTiles, findTiling, rawInput, rawValues } from './first-stage-input';
import { asInputs, predictStage } from './learned-stage';
import { type StageValue, predictionsFrom } from './stage-values';
import { entryOf } from '../../common/named-entries';

/** A stage that is ready to run. */
export type ReadyStage =
  | { readonly spec: StageSpec; readonly kind: 'learned'; readonly learned: TrainedNetwork }
  | { readonly spec: StageSpec; readonly kind: 'engineered'; readonly apply: StageFunction };

/** The whole's test examples, and what the first stage makes of them. */
interface PipelineInput {
  readonly test: Examples;
  readonly first: (signal: AbortSignal) => Promise<readonly StageValue[]>;
}

/** Reads the test examples as the first stage needs them. */
async function readPipelineInput(
  whole: EndToEndData,
  stage: ReadyStage,
  isLast: boolean,
): Promise<PipelineInput> {
  if (stage.kind === 'engineered') {
    const input = rawInput(whole.own);
    const test = await whole.test(input);
    return {
      test,
      first: signal => applyToAll(stage.spec.name, stage.apply, rawValues(input, test), signal),
    };
  }
  const own = stage.learned.data.material.input;
  const parts = findTiling(whole.own, own);
  const test = await whole.test(parts.input);
  const inputs = cutTiles(test, parts, inputShape(own));
  return {
    test,
    first: async signal => together(await predictStage(stage.learned, inputs, { signal, isLast }), parts),
  };
}

/** The values of an example's parts as its list. */
function together(values: readonly StageValue[], { count }: InputTiling): readonly StageValue[] {
  if (count === 1) return values;
  return Array.from({ length: values.length / count }, (_, i) => values.slice(i * count, (i + 1) * count));
}

/** What a later stage makes of what the one before it gave. */
async function runStage(
  stage: ReadyStage,
  values: readonly StageValue[],
  options: { readonly signal: AbortSignal; readonly isLast: boolean },
): Promise<readonly StageValue[]> {
  const { name } = stage.spec;
  if (stage.kind === 'engineered') return applyToAll(name, stage.apply, values, options.signal);
  return predictStage(stage.learned, await asInputs(name, stage.learned, values), options);
}

/**
 * Runs the chain on the whole's test split, and once more from each stage on with true values, where the data has them:
 * what the metric gains is what the stages before cost.
 */
export async function measurePipeline(
  spec: TrialSpec,
  stages: readonly [ReadyStage, ...ReadyStage[]],
  whole: EndToEndData,
  signal: AbortSignal,
): Promise<Omit<TrialResult, 'seconds' | 'warnings'>> {
  const start = await readPipelineInput(whole, stages[0], stages.length === 1);
  const outputs = [await start.first(signal)];
  outputs.push(...(await runFrom(stages, 1, outputs[0] ?? [], signal)));
  const label = labelOf(whole, spec.target.name);
  const truth = Array.from(entryOf(start.test.labels, spec.target.name)?.values ?? []);
  const last = stages.at(-1)?.spec.name ?? '';
  const valueFor = (values: readonly StageValue[]): number => {
    const predicted = predictionsFrom(label, truth, values, last);
    return metricValue(metricsOf(predicted), spec.metric, predicted);
  };
  const test = {
    ...predictionsFrom(label, truth, outputs.at(-1) ?? [], last),
    ...groupsOf(start.test, spec.target.name),
  };
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
    value: metricValue(metricsOf(test), spec.metric, test),
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
  { test }: PipelineInput,
  whole: EndToEndData,
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
  { encoder, head, data }: TrainedNetwork,
  signal: AbortSignal,
): Promise<NonNullable<StageResult['own']>> {
  const predictor = await createPredictor(composeModel(encoder, [head]));
  try {
    const outputs = await predictor.predict(data.test, { signal });
    const test = predictionsOf(head, outputOf(head, outputs), data.test);
    return { metric: data.metric.name, value: metricValue(metricsOf(test), data.metric, test) };
  } finally {
    await predictor.dispose();
  }
}
