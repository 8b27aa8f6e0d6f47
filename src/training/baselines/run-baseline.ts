import { throwIfAborted } from '../../common/abort';
import type { LabelEncoding } from '../../data';
import type { Predictions, TrialResult, TrialSpec } from '../../protocol/job-files';
import { type Examples, takeRows } from '../datasets/examples';
import { inputIdentity } from '../datasets/input-identity';
import { type Score, groupsOf, isBetter, metricValue } from '../loop/evaluation';
import { classesOf, metricsOf } from '../metrics';
import { labelOf, loadLearningData } from '../strategies/learning-data';
import type { LearningData, TrainingContext } from '../strategies/strategy';
import { type SparseRows, fitFeatures } from './features';
import { type LinearTargets, type LinearWeights, fitLinear, scoreLinear } from './linear-model';

/** How strongly a model may follow its data: the inverse of the penalty on its weights. */
const STRENGTHS = [0.01, 0.1, 1, 10, 100];
const FACTOR = 10;
/** Strengths beyond an edge of the grid that are tried at most. */
const MOST_BEYOND = 2;

/**
 * The simplest thing that could work, on the same labels as every arm: ridge regression for numbers, logistic
 * regression for classes, on columns, TF-IDF of words and pairs of words, coarse pixels or the spectrum of a sound. A
 * strategy that is not better than this is not worth its cost.
 */
export async function runBaseline(spec: TrialSpec, world: TrainingContext): Promise<TrialResult> {
  const start = performance.now();
  const { pretrained: _, ...learned } = spec;
  const data = await loadLearningData(learned, world);
  const { name } = spec.target;
  const label = labelOf(data.material, name);
  const train = takeRows(data.train, data.rows);
  const targets = targetsOf(train, label, data, name);
  const featurize = fitFeatures(data.material.input, train, Math.max(1, targets.classes));
  const rows = featurize(train);
  const held = featurize(data.validation);
  const predict = (weights: LinearWeights, at: SparseRows, examples: Examples): Predictions => ({
    ...predictionsOf(scoreLinear(at, weights, targets.classes), label, examples, name),
    ...groupsOf(examples, name),
  });
  let best: { readonly weights: LinearWeights; readonly strength: number; readonly score: Score } | undefined;
  let weights: LinearWeights | undefined;
  const attempt = (strength: number): boolean => {
    throwIfAborted(world.signal);
    weights = fitLinear(rows, targets, strength, weights);
    const score = scoreOf(predict(weights, held, data.validation), label, spec);
    if (!isBetter(score, best?.score)) return false;
    best = { weights, strength, score };
    return true;
  };
  STRENGTHS.forEach((strength, i) => {
    attempt(strength);
    world.reporter.report({ phase: 'train', step: i + 1, done: (i + 1) / (STRENGTHS.length + 1) });
  });
  const edge = best === undefined ? undefined : edgeOf(best);
  for (let i = 0, at = edge?.strength ?? 0; edge && i < MOST_BEYOND; i++)
    if (!attempt((at *= edge.factor))) break;
  const chosen = best ?? {
    weights: new Float64Array(),
    strength: 0,
    score: { value: -Infinity, loss: Infinity },
  };
  const seconds = (performance.now() - start) / 1000;
  const test = predict(chosen.weights, featurize(data.test), data.test);
  const metrics = metricsOf(test);
  const { value } = chosen.score;
  return {
    version: 1,
    id: spec.id,
    value: metricValue(metrics, spec.metric, test),
    metrics,
    test: spec.metric.name === 'auroc' || test.kind !== 'scores' ? test : asClasses(test),
    validation: spec.metric.higherIsBetter ? value : -value,
    examples: { train: data.rows.length, validation: data.validation.count, test: data.test.count },
    inputs: inputIdentity(data.material.input, test),
    numParams: chosen.weights.length,
    seconds,
    warnings: data.material.warnings,
  };
}

function edgeOf({
  strength,
}: {
  readonly strength: number;
}): { readonly strength: number; readonly factor: number } | undefined {
  if (strength === STRENGTHS.at(-1)) return { strength, factor: FACTOR };
  return strength === STRENGTHS[0] ? { strength, factor: 1 / FACTOR } : undefined;
}

function targetsOf(
  { labels, count }: Examples,
  label: LabelEncoding,
  { classWeights }: LearningData,
  task: string,
): LinearTargets {
  const values = labels[task]?.values ?? new Float32Array(count);
  const weights = classWeights[task];
  return {
    values,
    weights: Float64Array.from(values, value => weights?.[value] ?? 1),
    classes: label.kind === 'class' ? label.classes.length : label.kind === 'binary' ? 2 : 0,
  };
}

function predictionsOf(
  scores: Float64Array,
  label: LabelEncoding,
  { labels }: Examples,
  task: string,
): Predictions {
  const truth = Array.from(labels[task]?.values ?? []);
  if (label.kind === 'real') {
    const inUnits = (value: number): number => value * label.deviation + label.mean;
    return { kind: 'values', labels: truth.map(inUnits), predictions: Array.from(scores, inUnits) };
  }
  const width = label.kind === 'class' ? label.classes.length : 2;
  const shares = truth.map((_, row) => softmax(scores.subarray(row * width, (row + 1) * width)));
  if (label.kind === 'binary')
    return { kind: 'scores', labels: truth, predictions: shares.map(each => each[1] ?? 0), width: 1 };
  return { kind: 'scores', labels: truth, predictions: shares.flat(), width, classes: label.classes };
}

function softmax(logits: Float64Array): number[] {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(logits, logit => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
}

function scoreOf(predictions: Predictions, label: LabelEncoding, { metric }: TrialSpec): Score {
  const { labels, predictions: given, width = 1 } = predictions;
  const losses = labels.map((truth, row) => {
    if (label.kind === 'real') return ((truth - (given[row] ?? 0)) / label.deviation) ** 2;
    const share = width === 1 ? (given[row] ?? 0) : (given[row * width + truth] ?? 0);
    return -Math.log(Math.max(1e-12, width === 1 && truth === 0 ? 1 - share : share));
  });
  const loss = losses.reduce((sum, each) => sum + each, 0) / Math.max(1, losses.length);
  const value = Object.entries(metricsOf(predictions)).find(([name]) => name === metric.name)?.[1];
  return { value: value === undefined ? -loss : metric.higherIsBetter ? value : -value, loss };
}

function asClasses(test: Predictions): Predictions {
  const { labels, classes, groups } = test;
  return {
    kind: 'classes',
    labels,
    predictions: classesOf(test),
    ...(classes && { classes }),
    ...(groups && { groups }),
  };
}
