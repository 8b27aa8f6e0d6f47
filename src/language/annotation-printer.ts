import { printNumber, printShare } from '../common/number-notation';
import type { Dataset, Pipeline, Problem, Task } from './learning-problem';
import { quote } from './parser/tokenizer';
import { printInput, printOutput, printStep } from './value-syntax';

/** One line of annotation text, without comment leader. Reading it back gives the same dataset. */
export function printDataset(dataset: Dataset): string {
  return line('@dataset', dataset.name, [
    pair('task', dataset.tasks.join(',')),
    pair('input', dataset.input && printInput(dataset.input)),
    pair('num_examples', number(dataset.numExamples)),
    pair('unit', dataset.unit === 'examples' ? undefined : dataset.unit),
    pair('splits', dataset.splits && entries(dataset.splits, printNumber)),
    pair('labels_present', entries(dataset.labelsPresent, printShare)),
    pair('label', entries(dataset.labels, quote)),
    pair('positive', text(dataset.positive)),
    pair('path', text(dataset.path)),
    pair('features', dataset.features?.map(quote).join(',')),
    pair('ignore', dataset.ignore?.map(quote).join(',')),
    pair('group', text(dataset.group)),
    pair('time', text(dataset.time)),
    pair('sensor', text(dataset.sensor)),
    pair('instances_per_example', number(dataset.instancesPerExample)),
    pair('checkpoint', text(dataset.checkpoint)),
    pair('source_datasets', dataset.sourceDatasets.map(quote).join(',')),
  ]);
}

export function printTask(task: Task): string {
  const shared = task.sharesFeaturesWith;
  return line('@task', task.name, [
    task.target ? 'target' : '',
    pair('category', text(task.category)),
    pair('input', task.input && printInput(task.input)),
    pair('output', task.output && printOutput(task.output)),
    pair('metric', text(task.metric)),
    pair('shares_features_with', shared === 'none' ? shared : shared?.join(',')),
    pair('num_params', number(task.numParams)),
    pair('train', text(task.train)),
    pair('checkpoint', text(task.checkpoint)),
  ]);
}

export function printPipeline(pipeline: Pipeline): string {
  const [first] = pipeline.steps;
  const chain = [first?.from ?? '', ...pipeline.steps.map(step => step.to)].join(' -> ');
  return line('@pipeline', `${pipeline.task}: ${chain}`, [
    pair('engineered', pipeline.engineered.map(printStep).join(',')),
    pair('modules', pipeline.modules?.map(each => `${printStep(each)}:${quote(each.module)}`).join(',')),
  ]);
}

/**
 * The whole problem as lines of annotation text. Tasks that were only inferred need no line, for the
 * datasets and pipelines that name them imply them; nor does a declared task that says nothing.
 */
export function printProblem(problem: Problem): string[] {
  return [
    ...problem.datasets.map(printDataset),
    ...problem.tasks.filter(task => task.declared).map(printTask),
    ...problem.pipelines.map(printPipeline),
  ];
}

function line(directive: string, name: string, parts: readonly string[]): string {
  return [directive, name, ...parts].filter(part => part !== '').join(' ');
}

function pair(key: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `${key}=${value}`;
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : printNumber(value);
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : quote(value);
}

function entries<T>(record: Readonly<Record<string, T>>, print: (value: T) => string): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}:${print(value)}`)
    .join(',');
}
