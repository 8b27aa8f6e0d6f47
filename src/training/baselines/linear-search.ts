import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../../common/abort';
import type { LabelEncoding } from '../../data';
import type { MetricSpec, Predictions } from '../../protocol/job-files';
import type { Examples } from '../datasets/examples';
import { type Score, isBetter, judgePredictions } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import type { TrainingContext } from '../strategies/strategy';
import { type BaselineTargets, classCount } from './baseline-targets';
import type { FeatureRows } from './features';
import { type LinearWeights, fitLinear, scoreLinear, weightCount } from './linear-model';

/** How freely a model may follow its examples: powers of ten around scikit-learn's own 1, which the edges widen. */
const STRENGTHS = [0.01, 0.1, 1, 10, 100];
const FACTOR = 10;
/** Strengths beyond an edge that are tried at most. */
const MOST_BEYOND = 2;

/** Multiplications that one fit may take, about two seconds; where a look at the data takes more, it is looked at less. */
const MOST_WORK = 2e9;
const [FEWEST_LOOKS, MOST_LOOKS] = [25, 500];

/** Features and what they should give. */
export interface LinearProblem {
  readonly rows: FeatureRows;
  readonly targets: BaselineTargets;
}

export interface LinearSearch {
  readonly task: string;
  readonly label: LabelEncoding;
  readonly metric: MetricSpec;
  readonly train: LinearProblem;
  /** The features of the validation examples, and the examples. */
  readonly held: FeatureRows;
  readonly validation: Examples;
  /** What the model is trained on once its penalty is chosen: training and validation examples. */
  readonly whole: () => LinearProblem;
}

export interface FoundLinear {
  readonly weights: LinearWeights;
  readonly strength: number;
  readonly score: Score;
  predict(rows: FeatureRows, examples: Examples): Predictions;
}

/**
 * Fits a linear model whose penalty is chosen on the validation examples; it is then trained on those too, for there is
 * nothing left to choose by them.
 */
export async function searchLinear(
  { task, label, metric, train, held, validation, whole }: LinearSearch,
  world: Pick<TrainingContext, 'signal' | 'reporter'>,
): Promise<FoundLinear> {
  const classes = classCount(label);
  const pause = async (): Promise<void> => {
    await nextTurn();
    throwIfAborted(world.signal);
  };
  const fit = (
    { rows, targets }: LinearProblem,
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
    latest = await fit(train, strength, latest);
    const { score, report } = judgePredictions(predict(held, latest, validation), label, metric);
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
  const weights = await fit(whole(), strength, start);
  world.reporter.report({ phase: 'train', step: tried + 1, done: 1 });
  return { weights, strength, score, predict: (rows, examples) => predict(rows, weights, examples) };
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
export function logitsOf(scores: Float64Array, { kind }: LabelEncoding): Float32Array {
  if (kind !== 'binary') return Float32Array.from(scores);
  return Float32Array.from(
    scores.filter((_, i) => i % 2 === 1),
    (score, row) => score - (scores[2 * row] ?? 0),
  );
}
