import { entryOf } from '../../common/named-entries';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../../common/abort';
import type { LabelEncoding } from '../../data';
import { trainingError } from '../training-error';
import type { Predictions, TrialResult, TrialSpec } from '../../protocol/job-files';
import { type Examples, concatenate, takeRows } from '../datasets/examples';
import { type Score, isBetter, judgePredictions } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import { labelOf, loadLearningData } from '../strategies/learning-data';
import type { TrainingContext } from '../strategies/strategy';
import { testResult } from '../test-result';
import { hasBaseline } from '../default-settings';
import { type BaselineTargets, classCount, targetsOf } from './baseline-targets';
import { type FeatureRows, fitFeatures } from './features';
import { type LinearWeights, fitLinear, scoreLinear, weightCount } from './linear-model';
import { noBaselineForInput } from '../../messages/training-messages';

/** How freely a model may follow its examples: powers of ten around scikit-learn's own 1, which the edges widen. */
const STRENGTHS = [0.01, 0.1, 1, 10, 100];
const FACTOR = 10;
/** Strengths beyond an edge that are tried at most. */
const MOST_BEYOND = 2;

/** Weights of a model of texts at most, over all classes: rare terms are left out beyond it. */
const MOST_WEIGHTS = 2 ** 19;

/** Multiplications that one fit may take, about two seconds; where a look at the data takes more, it is looked at less. */
const MOST_WORK = 2e9;
const [FEWEST_LOOKS, MOST_LOOKS] = [25, 500];

/**
 * The simplest thing that could work, on the labels that every arm has: ridge regression for numbers and multinomial
 * logistic regression for classes, on the columns of a table or on the words of a text. The penalty is chosen on the
 * validation examples; the model is then trained on those too, for there is nothing left to choose by them.
 */
export async function runLinear(
  spec: TrialSpec,
  world: TrainingContext,
): Promise<TrialResult & { readonly test: Predictions }> {
  const began = performance.now();
  const { pretrained: _, ...own } = spec;
  const data = await loadLearningData(own, world, undefined, 'all');
  const { kind } = data.material.input;
  if (!hasBaseline(kind)) throw trainingError('unsupported', noBaselineForInput(kind));
  const task = spec.target.name;
  const label = labelOf(data.material, task);
  const classes = classCount(label);
  const most = Math.floor(MOST_WEIGHTS / Math.max(1, classes)) - 1;
  const isBalanced = entryOf(data.classWeights, task) !== undefined;
  const problemOf = (
    examples: Examples,
  ): { readonly rows: FeatureRows; readonly targets: BaselineTargets } => ({
    rows: featurize(examples),
    targets: targetsOf(examples, task, classes, isBalanced),
  });
  const train = takeRows(data.train, data.rows);
  let featurize = fitFeatures(kind, train, most);
  const first = problemOf(train);
  const held = featurize(data.validation);
  const pause = async (): Promise<void> => {
    await nextTurn();
    throwIfAborted(world.signal);
  };
  const fit = (
    { rows, targets }: typeof first,
    strength: number,
    start: LinearWeights | undefined,
  ): Promise<LinearWeights> =>
    fitLinear(rows, targets, { strength, start, most: looksFor(rows, classes), pause });
  const output = { task, label, width: label.kind === 'class' ? classes : 1 };
  const predict = (rows: FeatureRows, weights: LinearWeights, examples: Examples): Predictions =>
    predictionsOf(output, logitsOf(scoreLinear(rows, weights, classes), label), examples);

  let latest: LinearWeights | undefined;
  let best: Candidate | undefined;
  let tried = 0;
  const attempt = async (strength: number): Promise<boolean> => {
    latest = await fit(first, strength, latest);
    const predictions = predict(held, latest, data.validation);
    const { score, report } = judgePredictions(predictions, label, spec.metric);
    tried++;
    const done = tried / (STRENGTHS.length + MOST_BEYOND + 1);
    world.reporter.report({ phase: 'train', step: tried, validation: report, done });
    if (!isBetter(score, best?.score)) return false;
    best = { strength, score, weights: latest };
    return true;
  };
  for (const strength of STRENGTHS) await attempt(strength);
  const factor = best && edgeOf(best);
  for (let i = 0; factor !== undefined && best && i < MOST_BEYOND; i++)
    if (!(await attempt(best.strength * factor))) break;
  const { strength, score, weights: start } = best ?? unchosen;
  const all = concatenate([train, data.validation], [task]);
  featurize = fitFeatures(kind, all, most);
  const whole = problemOf(all);
  const weights = await fit(whole, strength, start);
  const seconds = (performance.now() - began) / 1000;
  world.reporter.report({ phase: 'train', step: tried + 1, done: 1 });

  const test = predict(featurize(data.test), weights, data.test);
  return {
    ...testResult(spec, data, test, score.value),
    strength,
    numParams: weightCount(whole.rows.width, classes),
    seconds,
    warnings: data.material.warnings,
  };
}

interface Candidate {
  readonly strength: number;
  readonly score: Score;
  readonly weights: LinearWeights;
}

/** Nothing is better than nothing, so there always is a best; this is for the compiler. */
const unchosen = { strength: 1, score: { value: -Infinity, loss: Infinity }, weights: undefined };

function edgeOf({ strength }: Candidate): number | undefined {
  if (strength === STRENGTHS.at(-1)) return FACTOR;
  return strength === STRENGTHS[0] ? 1 / FACTOR : undefined;
}

/** Looks at the data that a fit may take, by what one costs: the same on every machine. */
function looksFor({ count, width, sparse }: FeatureRows, classes: number): number {
  const values = sparse ? (sparse.starts[count] ?? 0) : count * width;
  const work = 2 * values * Math.max(1, classes) + 40 * weightCount(width, classes);
  return Math.max(FEWEST_LOOKS, Math.min(MOST_LOOKS, Math.floor(MOST_WORK / Math.max(1, work))));
}

/** One logit of a class against all others, as networks give it. */
function logitsOf(scores: Float64Array, { kind }: LabelEncoding): Float32Array {
  if (kind !== 'binary') return Float32Array.from(scores);
  return Float32Array.from(
    scores.filter((_, i) => i % 2 === 1),
    (score, row) => score - (scores[2 * row] ?? 0),
  );
}
