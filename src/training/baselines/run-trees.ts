import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../../common/abort';
import { entryOf } from '../../common/named-entries';
import type { TreeEnsemble } from '../../engine';
import { noTreesForInput } from '../../messages/training-messages';
import type { Predictions, TrialResult, TrialSpec } from '../../protocol/job-files';
import { saveTrees } from '../artifacts/save-model';
import type { NumberTable } from '../boosting/bins';
import { type BoostOptions, boost } from '../boosting/boost';
import { scoreTrees } from '../boosting/tree';
import { missingFlags, treeLogits, treeTable } from '../boosting/tree-inputs';
import { type Examples, concatenate, takeRows } from '../datasets/examples';
import { hasTrees } from '../default-settings';
import { type Score, isBetter, judgePredictions } from '../loop/evaluation';
import { predictionsOf } from '../loop/predictions';
import { testResult } from '../test-result';
import { labelOf, loadLearningData } from '../strategies/learning-data';
import type { TrainingContext } from '../strategies/strategy';
import { trainingError } from '../training-error';
import { classCount, targetsOf } from './baseline-targets';

type Shape = Pick<BoostOptions, 'leaves' | 'minRows' | 'minCurvature' | 'l2'>;

/** Few large leaves to many small ones: which of them suits depends on the table, and validation tells. */
const SHAPES: readonly Shape[] = [
  { leaves: 8, minRows: 3, minCurvature: 0.1, l2: 1 },
  { leaves: 31, minRows: 5, minCurvature: 1, l2: 1 },
  { leaves: 4, minRows: 1, minCurvature: 1e-3, l2: 0 },
];
const LEARNING_RATE = 0.1;
/** Trees of each output: fewer where there are many classes. */
const MOST_ROUNDS = 300;
const MOST_TREES = 1500;
const FEWEST_ROUNDS = 20;
const PATIENCE = 30;

/** Sums that one model may add up, about two seconds; where it would take more, each tree sees fewer examples. */
const MOST_WORK = 1.5e9;
/** How often a tree looks at an example: at the root, and in the smaller half of each split. */
const LOOKS = 3;
const FEWEST_ROWS = 500;
/** Features that each tree sees all of; of more, a quarter, but no fewer. */
const ALL_FEATURES = 128;
/** Sums of a leaf in memory at most, over all bins: 24 bytes each. */
const MOST_BINS_OF_LEAF = 2 ** 16;
const FEWEST_BINS = 15;
const MOST_BINS = 255;
/** Of all leaves of a tree. */
const MOST_BINS_OF_TREE = 2 ** 22;

/**
 * Gradient-boosted trees on the columns of a table, on the labels that every arm has. Their shape and their number are
 * chosen on the validation examples; the model is then trained on those too, as many rounds.
 *
 * @param folder where the model is left if it is to be kept
 */
export async function runTrees(
  spec: TrialSpec,
  world: TrainingContext,
  folder: string,
): Promise<TrialResult & { readonly test: Predictions }> {
  const began = performance.now();
  const { pretrained: _, ...own } = spec;
  const data = await loadLearningData(own, world);
  const { input, warnings } = data.material;
  if (!hasTrees(input.kind)) throw trainingError('unsupported', noTreesForInput(input.kind));
  const task = spec.target.name;
  const label = labelOf(data.material, task);
  const classes = classCount(label);
  const outputs = classes > 2 ? classes : 1;
  const isBalanced = entryOf(data.classWeights, task) !== undefined;
  const flags = missingFlags(input);
  const problemOf = (
    examples: Examples,
  ): { readonly table: NumberTable; readonly targets: ReturnType<typeof targetsOf> } => ({
    table: treeTable(examples, flags),
    targets: targetsOf(examples, task, classes, isBalanced),
  });
  const train = takeRows(data.train, data.rows);
  const output = { task, label, width: label.kind === 'class' ? classes : 1 };
  const predict = (ensemble: TreeEnsemble, examples: Examples): Predictions =>
    predictionsOf(
      output,
      treeLogits(scoreTrees(ensemble, treeTable(examples, flags)), output.width, outputs),
      examples,
    );
  const most = Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, Math.floor(MOST_TREES / outputs)));
  let done = 0;
  const pause = async (): Promise<void> => {
    done++;
    await nextTurn();
    throwIfAborted(world.signal);
  };

  const [first, held] = [problemOf(train), problemOf(data.validation)];
  let best: Candidate | undefined;
  for (const shape of SHAPES) {
    const limits = limitsFor(first.table, shape, outputs, most);
    const { ensemble, rounds } = await boost(first.table, first.targets, {
      ...shape,
      ...limits,
      learningRate: LEARNING_RATE,
      rounds: most,
      validation: { ...held, patience: PATIENCE },
      seed: spec.seed,
      pause,
    });
    const { score, report } = judgePredictions(predict(ensemble, data.validation), label, spec.metric);
    world.reporter.report({
      phase: 'train',
      step: done,
      validation: report,
      done: Math.min(1, done / (most * (SHAPES.length + 1))),
    });
    if (isBetter(score, best?.score)) best = { shape, rounds, score };
  }
  const { shape, rounds, score } = best ?? unchosen;
  const whole = problemOf(concatenate([train, data.validation], [task]));
  // Few validation examples may tell to stop before anything is learned.
  const kept = Math.max(FEWEST_ROUNDS, rounds);
  const { ensemble } = await boost(whole.table, whole.targets, {
    ...shape,
    ...limitsFor(whole.table, shape, outputs, kept),
    learningRate: LEARNING_RATE,
    rounds: kept,
    seed: spec.seed,
    pause,
  });
  const seconds = (performance.now() - began) / 1000;
  world.reporter.report({ phase: 'train', step: done, done: 1 });

  const test = predict(ensemble, data.test);
  const result: TrialResult & { readonly test: Predictions } = {
    ...testResult(spec, data, test, score.value),
    trees: { count: ensemble.trees.length, leaves: shape.leaves },
    numParams: ensemble.trees.reduce((sum, { features }) => sum + features.length, 0),
    seconds,
    warnings,
  };
  if (spec.keepModel)
    await saveTrees(
      ensemble,
      { material: data.material, task, flags },
      { spec, result, test },
      join(folder, 'model'),
    );
  return result;
}

interface Candidate {
  readonly shape: Shape;
  readonly rounds: number;
  readonly score: Score;
}

/** Nothing is better than nothing, so there always is a best; this is for the compiler. */
const unchosen = {
  shape: { leaves: 8, minRows: 3, minCurvature: 0.1, l2: 1 },
  rounds: FEWEST_ROUNDS,
  score: { value: -Infinity, loss: Infinity },
};

/** How much of a table each tree may see, by what it costs: the same on every machine. */
function limitsFor(
  { count, width }: NumberTable,
  { leaves }: Shape,
  outputs: number,
  rounds: number,
): Pick<BoostOptions, 'rowsPerTree' | 'featuresPerTree' | 'bins' | 'leaves'> {
  const featuresPerTree = width <= ALL_FEATURES ? width : Math.max(ALL_FEATURES, Math.ceil(width / 4));
  const bins = Math.max(FEWEST_BINS, Math.min(MOST_BINS, Math.floor(MOST_BINS_OF_LEAF / width)));
  const rows = Math.floor(MOST_WORK / (featuresPerTree * outputs * rounds * LOOKS));
  return {
    featuresPerTree,
    bins,
    rowsPerTree: Math.min(count, Math.max(FEWEST_ROWS, rows)),
    leaves: Math.max(2, Math.min(leaves, Math.floor(MOST_BINS_OF_TREE / (width * bins)))),
  };
}
