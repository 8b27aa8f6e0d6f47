import { type SplitName, inputShape } from '../../data';
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

/** Examples of the whole, and what the first stage makes of them. */
interface PipelineInput {
  readonly examples: Examples;
  readonly first: (signal: AbortSignal) => Promise<readonly StageValue[]>;
}

/** Reads a split as the first stage needs it. */
async function readPipelineInput(
  whole: EndToEndData,
  split: SplitName,
  stage: ReadyStage,
  isLast: boolean,
): Promise<PipelineInput> {
  if (stage.kind === 'engineered') {
    const input = rawInput(whole.own);
    const examples = await whole.read(split, input);
    return {
      examples,
      first: signal => applyToAll(stage.spec.name, stage.apply, rawValues(input, examples), signal),
    };
  }
  const own = stage.learned.data.material.input;
  const parts = findTiling(whole.own, own);
  const examples = await whole.read(split, parts.input);
  const inputs = cutTiles(examples, parts, inputShape(own));
  return {
    examples,
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
  const label = labelOf(whole, spec.target.name);
  const last = stages.at(-1)?.spec.name ?? '';
  const truthOf = ({ labels }: Examples): number[] =>
    Array.from(entryOf(labels, spec.target.name)?.values ?? []);
  const valueFor = (values: readonly StageValue[], labels: readonly number[]): number => {
    const predicted = predictionsFrom(label, labels, values, last);
    return metricValue(metricsOf(predicted), spec.metric, predicted);
  };
  const chain = async (input: PipelineInput): Promise<readonly (readonly StageValue[])[]> => {
    const first = await input.first(signal);
    return [first, ...(await runFrom(stages, 1, first, signal))];
  };
  const start = await readPipelineInput(whole, 'test', stages[0], stages.length === 1);
  const outputs = await chain(start);
  const truth = truthOf(start.examples);
  // It learns from neither split, so that it is as good on both, unless something in it knows the test labels.
  const held = await readPipelineInput(whole, 'validation', stages[0], stages.length === 1);
  const validation =
    held.examples.count === 0
      ? undefined
      : valueFor((await chain(held)).at(-1) ?? [], truthOf(held.examples));
  const test = {
    ...predictionsFrom(label, truth, outputs.at(-1) ?? [], last),
    ...groupsOf(start.examples, spec.target.name),
  };
  const results: StageResult[] = [];
  for (const [i, stage] of stages.entries()) {
    const given = fedWithTruth(stage, start, whole, outputs[i] ?? []);
    const isLast = i === stages.length - 1;
    const after = given && !isLast ? (await runFrom(stages, i + 1, given, signal)).at(-1) : undefined;
    const perfect = isLast ? perfectValue(spec) : undefined;
    const withTrueOutput = after ? valueFor(after, truth) : perfect;
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
    ...(validation !== undefined && { validation, validated: held.examples.count }),
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
  { examples }: PipelineInput,
  whole: EndToEndData,
  given: readonly StageValue[],
): readonly StageValue[] | undefined {
  const truth = trueValues(spec.to, whole, examples);
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
