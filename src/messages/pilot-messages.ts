import * as l10n from '@vscode/l10n';
import { metricName, metricValueText } from './metric-text';
import { formatNames } from './quantities';

// What a pilot compares, what it leaves out and why, and what limits its verdict.

export function datasetWithoutPath(dataset: string): string {
  return l10n.t('Dataset {0} has no path=. Add one to train on it.', dataset);
}

export function dataNotDownloaded(path: string): string {
  return l10n.t('{0} is not on this machine. Download it and set path= to its folder.', path);
}

export function dataNotFound({ path, dataset }: { path: string; dataset: string }): string {
  return l10n.t('{0}, the path of dataset {1}, does not exist.', path, dataset);
}

export function tooFewExamples({
  task,
  train,
  test,
  least,
}: {
  task: string;
  train: number;
  test: number;
  least: number;
}): string {
  return l10n.t(
    '{0} has {1} labelled training examples and {2} labelled test examples. At least {3} of each are needed.',
    task,
    train,
    test,
    least,
  );
}

export function stageWithoutDataset(stage: string): string {
  return l10n.t('the stage {0} has no dataset', stage);
}

export function noOtherTaskWithData(): string {
  return l10n.t('no other task has data');
}

export function otherInputTypes(): string {
  return l10n.t('the other tasks have a different input type');
}

export function sameExamples(): string {
  return l10n.t('the other tasks label the same examples and are trained jointly');
}

export function noSharedFeatures(): string {
  return l10n.t('no other task shares its features');
}

export function availableTasks(tasks: string): string {
  return l10n.t('Target tasks: {0}.', tasks);
}

export function didYouMeanTask(task: string): string {
  return l10n.t('Did you mean {0}?', task);
}

export function unknownTask(task: string): string {
  return l10n.t('Unknown task "{0}".', task);
}

export function checkpointNotFound({ task, path }: { task: string; path: string }): string {
  return l10n.t(
    'No checkpoint of {0} found at {1}. Set checkpoint= to its file or folder. For a well-known checkpoint, run `strategy-advisor export-checkpoint`: it writes the code that saves such a file.',
    task,
    path,
  );
}

export function checkpointUnreadable({ task, reason }: { task: string; reason: string }): string {
  return l10n.t('Cannot read the checkpoint of {0}: {1}', task, reason);
}

export function pipelineNotCompared(reason: string): string {
  return l10n.t('The pipeline is not compared: {0}', reason);
}

export function stageWithoutModule(stage: string): string {
  return l10n.t('the engineered stage {0} has no program. Add modules={0}:….', stage);
}

export function unknownModule({
  stage,
  program,
  builtIns,
}: {
  stage: string;
  program: string;
  builtIns: string;
}): string {
  return l10n.t(
    'the program "{1}" of stage {0} is neither a file nor a built-in ({2}).',
    stage,
    program,
    builtIns,
  );
}

/** @param random the metric of quick trees on random test examples; @param latest on the latest */
export function timeSplitOffered(of: {
  dataset: string;
  column: string;
  metric: string;
  random: number;
  latest: number;
}): string {
  return l10n.t(
    '{0} has dates ({1}). Quick trees reach {2} {3} on the latest examples and {4} on random ones, as this run tests. If the model will predict the future, say time={1}; if time does not matter, time=none.',
    of.dataset,
    of.column,
    metricName(of.metric),
    metricValueText(of.metric, of.latest),
    metricValueText(of.metric, of.random),
  );
}

export function nothingToCompare({ task, reason }: { task: string; reason: string }): string {
  return l10n.t('No strategy to compare with single-task training for {0}: {1}.', task, reason);
}

export function unknownStrategy({
  task,
  strategy,
  available,
}: {
  task: string;
  strategy: string;
  available: string;
}): string {
  return l10n.t('Strategy "{1}" is not available for {0}. Available: {2}.', task, strategy, available);
}

export function strategyNotApplicable({
  task,
  strategy,
  reason,
  available,
}: {
  task: string;
  strategy: string;
  reason: string;
  available: string;
}): string {
  return l10n.t('{1} is not applicable to {0}: {2}. Available: {3}.', task, strategy, reason, available);
}

export function noDatasetForTask(task: string): string {
  return l10n.t('No dataset has labels for {0}.', task);
}

/** @param platform as in darwin-x64 */
export function trainsInWebAssembly(platform: string): string {
  return l10n.t(
    'ONNX Runtime has no binary for {0}: networks train in WebAssembly, which takes about 2 times as long for tables and text and 6 to 15 times as long for images.',
    platform,
  );
}

export function strategyNotCompared({ strategy, reason }: { strategy: string; reason: string }): string {
  return l10n.t('{0} is not compared: {1}.', strategy, reason);
}

export function metricReplaced({ metric, replacement }: { metric: string; replacement: string }): string {
  return l10n.t('Unsupported metric "{0}"; using {1}.', metric, replacement);
}

export function taskLeftOut({ task, reason }: { task: string; reason: string }): string {
  return l10n.t('{0} is left out: {1}', task, reason);
}

export function datasetUnusable(of: { dataset: string; files: readonly string[]; reason: string }): string {
  return l10n.t('Dataset {0} ({1}): {2}', of.dataset, formatNames(of.files), of.reason);
}

export function heldOutExamplesLeftOut({
  dataset,
  count,
  task,
}: {
  dataset: string;
  count: number;
  task: string;
}): string {
  if (count === 1)
    return l10n.t(
      '1 example of {0} is not trained on: it is also a validation or test example of {1}.',
      dataset,
      task,
    );
  return l10n.t(
    '{1} examples of {0} are not trained on: they are also validation or test examples of {2}.',
    dataset,
    count,
    task,
  );
}

export function sizeTooSmall(size: number): string {
  return l10n.t('Invalid size {0}: use at least 2 examples.', size);
}

export function sizesLeftOut(available: number): string {
  return l10n.t(
    'Only {0} labelled examples are available for training and validation; larger sizes are left out.',
    available,
  );
}

export function unsupportedOutput({ task, output }: { task: string; output: string }): string {
  return l10n.t(
    'The built-in networks cannot predict "{1}" for {0}; they predict only classes and numbers. Set train= to your training program.',
    task,
    output,
  );
}

export function tooFewSizes(): string {
  return l10n.t('fewer than three sizes');
}

export function curveWorsens(): string {
  return l10n.t('the metric worsens significantly with more data');
}

export function curveFlat(): string {
  return l10n.t('the metric does not improve significantly with more data');
}

export function noPowerLaw(): string {
  return l10n.t('no power law fits the points');
}

export function noFinishedTrial(arms: string): string {
  return l10n.t('No trial of {0} has finished.', arms);
}

export function olderMethod(): string {
  return l10n.t(
    'This run compared the strategies by the method of an earlier version, with known biases. Run a new pilot.',
  );
}

export function programsThatKnowTheTest(arms: string): string {
  return l10n.t(
    '{0} predicted every test example correctly at the smallest size. Check that the program does not train on the test list.',
    arms,
  );
}

/** @param arms strategies whose predictions came with other labels than those of the test list */
export function programsTestOthers(arms: string): string {
  return l10n.t(
    '{0}: the labels that the program printed are not those of the test list. Check that it predicts every example of the test list, in its order.',
    arms,
  );
}

export function testBetterThanValidation({
  arms,
  metric,
  test,
  validation,
}: {
  arms: string;
  metric: string;
  test: number;
  validation: number;
}): string {
  return l10n.t(
    '{0}: {1} is {2} on the test examples and only {3} on the validation examples. Check that nothing in it was trained on, or made from, the test examples.',
    arms,
    metric,
    test.toFixed(3),
    validation.toFixed(3),
  );
}

export function partsLeftOut({ count, task }: { count: number; task: string }): string {
  return l10n.t(
    '{0} training examples of the first stage of the pipeline are not trained on: they are parts of test examples of {1}.',
    count,
    task,
  );
}

export function fewTestGroups({ groups, recommended }: { groups: number; recommended: number }): string {
  return l10n.t(
    'The test split has only {0} groups. Intervals are based on groups and need at least {1} to be reliable.',
    groups,
    recommended,
  );
}

export function armsStillImproving(arms: string): string {
  return l10n.t('{0} still improved on validation examples when the training budget ended.', arms);
}

export function armsWithOtherInputs(arms: string): string {
  return l10n.t('{0} saw other inputs or test labels than single-task training and is not compared.', arms);
}

export function verdictFromOneSeed(recommended: number): string {
  return l10n.t(
    'The verdict is based on one seed per arm (an arm is one strategy variant). Use at least {0} seeds.',
    recommended,
  );
}

export function verdictFromFewSeeds({ seeds, recommended }: { seeds: number; recommended: number }): string {
  return l10n.t(
    'The verdict is based on {0} seeds per arm (an arm is one strategy variant). Use at least {1} seeds.',
    seeds,
    recommended,
  );
}

export function comparedBelowAvailable({ n, available }: { n: number; available: number }): string {
  return l10n.t('The strategies were compared at {0} of {1} training examples.', n, available);
}

export function intervalsTooNarrow(): string {
  return l10n.t(
    'The training program reports no test predictions, so the intervals cover only variation between seeds and are too narrow.',
  );
}
