import * as l10n from '@vscode/l10n';

// What stops or limits the training of one network, and of the stages of a pipeline.

export function notPreprocessing(file: string, problem: string): string {
  return l10n.t('{0} is not a preprocessing file of a trained network: {1}', file, problem);
}

export function networkShapeDiffers(file: string): string {
  return l10n.t('The layers of {0} do not match the network for this input', file);
}

export function noLabelledDataset(task: string): string {
  return l10n.t('No dataset has labels for the task "{0}"', task);
}

export function labelKindsDiffer({
  task,
  kind,
  column,
  otherKind,
  otherColumn,
}: {
  task: string;
  kind: string;
  column: string;
  otherKind: string;
  otherColumn: string;
}): string {
  return l10n.t(
    'The datasets of the task "{0}" have different label types: {1} in column "{2}", {3} in column "{4}"',
    task,
    kind,
    column,
    otherKind,
    otherColumn,
  );
}

export function unknownDataset(name: string): string {
  return l10n.t('Unknown dataset "{0}" in the job', name);
}

export function metricUnavailable({
  metric,
  labels,
  available,
}: {
  metric: string;
  labels: string;
  available: string;
}): string {
  return l10n.t(
    'The metric "{0}" cannot be computed on this test split. Its labels are {1}; available metrics: {2}',
    metric,
    labels,
    available,
  );
}

export function numericLabels(): string {
  return l10n.t('numbers');
}

export function classLabels(): string {
  return l10n.t('classes');
}

export function learningRateSkipped(reason: string): string {
  return l10n.t('A learning rate was skipped because training diverged: {0}', reason);
}

export function allLearningRatesDiverged(details: string): string {
  return l10n.t('The loss diverged (became NaN or infinite) at every learning rate. {0}', details);
}

export function noTestExamples(task: string): string {
  return l10n.t('The test split has no labelled examples for the task "{0}"', task);
}

export function notANumber(value: string): string {
  return l10n.t('expected a number, found {0}', value);
}

export function badLookupTable(file: string): string {
  return l10n.t(
    '{0} must have a header row and at least two columns: one or more inputs, then the output',
    file,
  );
}

export function noLookupRow(file: string): string {
  return l10n.t('{0} has no row for this value', file);
}

export function unreadableTable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('Cannot read the table {0}: {1}', file, reason);
}

export function unloadableModule({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('Cannot load the module {0}: {1}', file, reason);
}

export function noDefaultFunction(file: string): string {
  return l10n.t('{0} must export a function as its default export: export default value => …', file);
}

export function unknownStageProgram({ program, builtIns }: { program: string; builtIns: string }): string {
  return l10n.t(
    'Unknown stage program "{0}". Use a built-in ({1}), a table (.csv) or a JavaScript module (.js, .mjs, .cjs)',
    program,
    builtIns,
  );
}

export function stageFailed({
  stage,
  example,
  value,
  reason,
}: {
  stage: string;
  example: number;
  value: string;
  reason: string;
}): string {
  return l10n.t('The stage "{0}" failed on test example {1} ({2}): {3}', stage, example, value, reason);
}

export function badStageOutput({
  stage,
  output,
  value,
  example,
}: {
  stage: string;
  output: string;
  value: string;
  example: number;
}): string {
  return l10n.t(
    'The stage "{0}" returned {1} for {2} (test example {3}); it must return a string, a number or a list of these',
    stage,
    output,
    value,
    example,
  );
}

export function firstStageInputDiffers({
  kind,
  size,
  wholeKind,
  wholeSize,
}: {
  kind: string;
  size: string;
  wholeKind: string;
  wholeSize: string;
}): string {
  return l10n.t(
    'The first stage takes {0} ({1}), but the end-to-end data has {2} ({3}), which is not a multiple of it',
    kind,
    size,
    wholeKind,
    wholeSize,
  );
}

export function firstStageNotEngineered(kind: string): string {
  return l10n.t('An engineered first stage supports only tables and arrays, not {0}', kind);
}

export function noStageLabel({ stage, output }: { stage: string; output: string }): string {
  return l10n.t('The data of the stage "{0}" has no label column named "{0}" or "{1}"', stage, output);
}

export function stageInputDiffers({ stage, reason }: { stage: string; reason: string }): string {
  return l10n.t(
    'The output of the previous stage does not match the input of the stage "{0}": {1}',
    stage,
    reason,
  );
}

export function emptyPipeline(task: string): string {
  return l10n.t('The pipeline of the task "{0}" has no stages', task);
}

export function stagesDisconnected({
  stage,
  output,
  next,
  input,
}: {
  stage: string;
  output: string;
  next: string;
  input: string;
}): string {
  return l10n.t(
    'The stage "{0}" outputs "{1}", but the next stage "{2}" takes "{3}"',
    stage,
    output,
    next,
    input,
  );
}

export function stageWithoutProgram(stage: string): string {
  return l10n.t(
    'The stage "{0}" has no dataset and no program. Annotate a dataset for it, or add modules={0}:…',
    stage,
  );
}

export function stageOutputNotNumber({
  stage,
  output,
  example,
}: {
  stage: string;
  output: string;
  example: number;
}): string {
  return l10n.t(
    'The stage "{0}" returned {1} for test example {2}; it must return a number',
    stage,
    output,
    example,
  );
}

export function badStageStrategy(strategy: string): string {
  return l10n.t('A pipeline stage cannot be trained with the strategy "{0}"', strategy);
}

export function tooFewTrainingExamples(n: number): string {
  return l10n.t('A trial needs at least one training example, found {0}', n);
}

export function unknownSource(name: string): string {
  return l10n.t('Unknown source task "{0}"', name);
}

export function emptySplit({ split, task }: { split: string; task: string }): string {
  return l10n.t(
    'The {0} split has no labelled examples for the task "{1}". Add data or change the splits.',
    split,
    task,
  );
}

export function sourceWithoutExamples(task: string): string {
  return l10n.t('The source task "{0}" needs labelled examples in its training and validation splits', task);
}

export function noSource(): string {
  return l10n.t('No source task to pre-train on');
}

export function transferWithoutEncoder(): string {
  return l10n.t('Transfer learning needs a pre-training job or a saved model');
}

export function modelInputDiffers({
  file,
  expected,
  actual,
}: {
  file: string;
  expected: string;
  actual: string;
}): string {
  return l10n.t('{0} expects inputs of shape {1}, but the data has shape {2}', file, expected, actual);
}

export function modelHasBranches(file: string): string {
  return l10n.t('{0} has branches. Only sequential models are supported as pre-trained encoders', file);
}

export function modelWithoutWeights(file: string): string {
  return l10n.t('{0} has no layers with weights before its output layer', file);
}

export function featuresNotVector(file: string): string {
  return l10n.t(
    'The features before the output layer of {0} must be one vector per example. Add a flatten or global pooling layer',
    file,
  );
}

export function noTreesForInput(kind: string): string {
  return l10n.t('Boosted trees work on tables, not on inputs of type "{0}"', kind);
}

export function noBaselineForInput(kind: string): string {
  return l10n.t('The linear baseline works on tables and text, not on inputs of type "{0}"', kind);
}
