import { entryOf } from '../../common/named-entries';
import type { Predictions, TrialResult, TrialSpec } from '../../protocol/job-files';
import { hasBaseline } from '../default-settings';
import { concatenate, takeRows, type Examples } from '../datasets/examples';
import { labelOf, loadLearningData } from '../strategies/learning-data';
import type { TrainingContext } from '../strategies/strategy';
import { testResult } from '../test-result';
import { trainingError } from '../training-error';
import { noBaselineForInput } from '../../messages/training-messages';
import { classCount, targetsOf } from './baseline-targets';
import { fitFeatures } from './features';
import { type LinearProblem, searchLinear } from './linear-search';
import { weightCount } from './linear-model';

/** Weights of a model of texts at most, over all classes: rare terms are left out beyond it. */
const MOST_WEIGHTS = 2 ** 19;

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
  const train = takeRows(data.train, data.rows);
  let featurize = fitFeatures(kind, train, most);
  const problemOf = (examples: Examples): LinearProblem => ({
    rows: featurize(examples),
    targets: targetsOf(examples, task, classes, isBalanced),
  });
  const found = await searchLinear(
    {
      task,
      label,
      metric: spec.metric,
      train: problemOf(train),
      held: featurize(data.validation),
      validation: data.validation,
      whole: () => {
        const all = concatenate([train, data.validation], [task]);
        featurize = fitFeatures(kind, all, most);
        return problemOf(all);
      },
    },
    world,
  );
  const seconds = (performance.now() - began) / 1000;
  const tested = featurize(data.test);
  const test = found.predict(tested, data.test);
  return {
    ...testResult(spec, data, test, found.score.value),
    strength: found.strength,
    numParams: weightCount(tested.width, classes),
    seconds,
    warnings: data.material.warnings,
  };
}
