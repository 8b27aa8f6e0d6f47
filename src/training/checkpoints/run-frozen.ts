import path from 'node:path';
import { entryOf } from '../../common/named-entries';
import type { LabelEncoding } from '../../data';
import type { LinearHead } from '../../engine';
import { checkpointNeeded } from '../../messages/checkpoint-file-messages';
import type { Predictions, TrialResult, TrialSpec } from '../../protocol/job-files';
import { saveProbe } from '../artifacts/save-probe';
import { classCount, targetsOf } from '../baselines/baseline-targets';
import type { FeatureRows } from '../baselines/features';
import { type LinearWeights, weightCount } from '../baselines/linear-model';
import { logitsOf, searchLinear } from '../baselines/linear-search';
import { type Examples, concatenate, takeRows } from '../datasets/examples';
import { type Score, isBetter, judgePredictions } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import { labelOf, loadLearningData } from '../strategies/learning-data';
import type { LearningData, TrainingContext } from '../strategies/strategy';
import { testResult } from '../test-result';
import { trainingError } from '../training-error';
import type { FrozenVariant } from './frozen-variant';
import { NEIGHBOURS, neighbourScores, prototypeScores } from './nearest';
import { openCheckpoint } from './open-checkpoint';

type Result = TrialResult & { readonly test: Predictions };

/**
 * Learns from the features of a frozen checkpoint, on the labels that every arm has: a linear head (`probe`), or nothing at
 * all (`prototypes`, `knn`). What there is to choose is chosen on the validation examples, which are then learned from too.
 *
 * @param folder where the model is left if it is to be kept
 */
export async function runFrozen(
  variant: FrozenVariant,
  spec: TrialSpec,
  world: TrainingContext,
  folder: string,
): Promise<Result> {
  const began = performance.now();
  const { pretrained, ...own } = spec;
  if (pretrained === undefined) throw trainingError('bad-pretrained', checkpointNeeded(spec.arm.id));
  const checkpoint = await openCheckpoint(pretrained, world.cache);
  try {
    const data = await loadLearningData(own, { ...world, embed: checkpoint.embed }, checkpoint.input);
    if (variant !== 'probe') return nearest(variant, spec, data, { world, began });
    const { head, result } = await probe(spec, data, world);
    const whole: Result = {
      ...result,
      numParams: checkpoint.encoder.numParams + head.weights.length + head.constants.length,
      seconds: (performance.now() - began) / 1000,
    };
    if (spec.keepModel)
      await saveProbe(
        { head, checkpoint, material: data.material },
        { spec, result: whole, test: whole.test },
        path.join(folder, 'model'),
      );
    return whole;
  } finally {
    await checkpoint.close();
  }
}

function featuresOf({ count, shape, inputs }: Examples): FeatureRows {
  return { count, width: shape[0] ?? 1, values: inputs };
}

/** Features by one factor, so that strengths mean the same whatever their size is. */
function scaled(rows: FeatureRows, factor: number): FeatureRows {
  return { ...rows, values: Float32Array.from(rows.values, value => value * factor) };
}

/** The factor that brings features to a mean square of 1. */
function factorOf({ values }: FeatureRows): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] ?? 0) ** 2;
  return squares > 0 ? Math.sqrt(values.length / squares) : 1;
}

async function probe(
  spec: TrialSpec,
  data: LearningData,
  world: TrainingContext,
): Promise<{ readonly head: LinearHead; readonly result: Omit<Result, 'seconds'> }> {
  const task = spec.target.name;
  const label = labelOf(data.material, task);
  const classes = classCount(label);
  const isBalanced = entryOf(data.classWeights, task) !== undefined;
  const train = takeRows(data.train, data.rows);
  const factor = factorOf(featuresOf(train));
  const problemOf = (examples: Examples): Parameters<typeof searchLinear>[0]['train'] => ({
    rows: scaled(featuresOf(examples), factor),
    targets: targetsOf(examples, task, classes, isBalanced),
  });
  const found = await searchLinear(
    {
      task,
      label,
      metric: spec.metric,
      train: problemOf(train),
      held: scaled(featuresOf(data.validation), factor),
      validation: data.validation,
      whole: () => problemOf(concatenate([train, data.validation], [task])),
    },
    world,
  );
  const test = found.predict(scaled(featuresOf(data.test), factor), data.test);
  return {
    head: headOf(found.weights, label, classes, factor),
    result: {
      ...testResult(spec, data, test, found.score.value),
      strength: found.strength,
      warnings: data.material.warnings,
    },
  };
}

/** The head for features as the network gives them: one logit where there are two classes. */
function headOf(weights: LinearWeights, label: LabelEncoding, classes: number, factor: number): LinearHead {
  const fitted = Math.max(1, classes);
  const width = weights.length / fitted - 1;
  const isBinary = label.kind === 'binary';
  const outputs = isBinary ? 1 : fitted;
  const at = (row: number, output: number): number =>
    isBinary
      ? (weights[row * fitted + 1] ?? 0) - (weights[row * fitted] ?? 0)
      : (weights[row * fitted + output] ?? 0);
  return {
    weights: Float32Array.from(
      { length: width * outputs },
      (_, i) => factor * at(Math.floor(i / outputs), i % outputs),
    ),
    constants: Float32Array.from({ length: outputs }, (_, output) => at(width, output)),
    activation: label.kind === 'real' ? 'none' : isBinary ? 'sigmoid' : 'softmax',
  };
}

function nearest(
  variant: Exclude<FrozenVariant, 'probe'>,
  spec: TrialSpec,
  data: LearningData,
  { world, began }: { readonly world: TrainingContext; readonly began: number },
): Result {
  const task = spec.target.name;
  const label = labelOf(data.material, task);
  const classes = classCount(label);
  const isBalanced = entryOf(data.classWeights, task) !== undefined;
  const train = takeRows(data.train, data.rows);
  const output = { task, label, width: label.kind === 'class' ? classes : 1 };
  const predict = (from: Examples, examples: Examples, k: number): Predictions => {
    const targets = targetsOf(from, task, classes, isBalanced);
    const [known, asked] = [featuresOf(from), featuresOf(examples)];
    const scores =
      variant === 'prototypes'
        ? prototypeScores(known, targets, asked)
        : neighbourScores(known, targets, asked, k);
    return predictionsOf(output, logitsOf(scores, label), examples);
  };
  let best: { readonly k: number; readonly score: Score } | undefined;
  for (const k of variant === 'knn' ? NEIGHBOURS.filter(each => each <= train.count) : [1]) {
    const { score, report } = judgePredictions(predict(train, data.validation, k), label, spec.metric);
    world.reporter.report({ phase: 'train', step: k, validation: report, done: 0.5 });
    if (isBetter(score, best?.score)) best = { k, score };
  }
  const { k, score } = best ?? { k: 1, score: { value: -Infinity } };
  const test = predict(concatenate([train, data.validation], [task]), data.test, k);
  world.reporter.report({ phase: 'train', step: k, done: 1 });
  return {
    ...testResult(spec, data, test, score.value),
    numParams: variant === 'prototypes' ? weightCount(featuresOf(train).width, classes) : 0,
    ...(variant === 'knn' && { neighbours: k }),
    seconds: (performance.now() - began) / 1000,
    warnings: data.material.warnings,
  };
}
