import type { Size } from '../annotations/model';
import { trainingSize, type Dataset, type Problem, type Reference, type Task } from '../annotations/problem';
import { convert, sameDimension } from '../annotations/units';
import { ampleness, domainOf, type Domain, type Measure } from './domain';
import { compareInputs, datasetsOf, inputFacts, type InputComparison, type InputFacts } from './inputs';
import type { Thresholds } from './thresholds';

/** Labelled training data for one task. */
export interface OwnData {
  readonly datasets: readonly Dataset[];
  /** Examples that carry a label for the task; `undefined` where no dataset states a size. */
  readonly size?: Size;
  /** The largest dataset: the one to vary when asking what would change the advice. */
  readonly main?: Dataset;
  /** Datasets whose units do not compare with the main one's, and which are left out of `size`. */
  readonly incomparable: readonly Dataset[];
}

/** Another task whose data may help. */
export interface Candidate {
  readonly task: Task;
  readonly data: OwnData;
  readonly input: InputComparison;
  /** Whether the target declares that features are shared; `assumed` where it says nothing. */
  readonly features: 'met' | 'unmet' | 'assumed';
  readonly featureEvidence: readonly Reference[];
  /** Its data over the target's: above 1 it has more. `undefined` where the two do not compare. */
  readonly ratio?: number;
  readonly unitsDiffer: boolean;
  /** Labels for both stand on the same examples. */
  readonly sharesExamples: boolean;
  readonly selfSupervised: boolean;
}

/** Everything the rules ask about one target. */
export interface TargetFacts {
  readonly task: Task;
  readonly data: OwnData;
  readonly input: InputFacts;
  readonly domain: Domain;
  readonly ample?: Measure;
  readonly candidates: readonly Candidate[];
}

/** Gathers what the annotations say about learning `task`. */
export function targetFacts(problem: Problem, task: Task, t: Thresholds): TargetFacts {
  const data = ownData(datasetsOf(problem, task.name), task.name);
  const input = inputFacts(task, data.datasets);
  const domain = domainOf(task, input);
  const counted = data.size && { value: data.size.value * instances(data, domain, t), unit: data.size.unit };
  const measured = counted && ampleness(counted, domain, task.numParams, t);
  const ample = measured && {
    ...measured,
    threshold: perExample(measured.threshold, instances(data, domain, t)),
  };
  const own = { task, data, input };
  const candidates = otherTasks(problem, task).flatMap(other => candidate(problem, own, other));
  return { task, data, input, domain, candidates, ...(ample ? { ample } : {}) };
}

/** A threshold in labelled instances, said in examples. */
function perExample(threshold: Size, instancesEach: number): Size {
  return { value: threshold.value / instancesEach, unit: threshold.unit };
}

/** Other tasks with data of their own: declared or inferred ones, and the steps of pipelines. */
function otherTasks(problem: Problem, target: Task): Task[] {
  const known = new Map(problem.tasks.map(task => [task.name, task]));
  for (const dataset of problem.datasets)
    for (const name of dataset.tasks)
      if (!known.has(name))
        known.set(name, { name, reference: dataset.reference, declared: false, target: false });
  return [...known.values()].filter(
    task =>
      task.name !== target.name &&
      !isWholeOf(problem, target.name, task.name) &&
      !isWholeOf(problem, task.name, target.name),
  );
}

/** Whether `step` is the whole way of the pipeline for `task`: the same data under another name. */
function isWholeOf(problem: Problem, task: string, step: string): boolean {
  const pipeline = problem.pipelines.find(candidate => candidate.task === task);
  const first = pipeline?.steps[0];
  const last = pipeline?.steps.at(-1);
  return first !== undefined && last !== undefined && step === `${first.from}->${last.to}`;
}

/** The labelled data of a task; examples without its label do not count (labels_present). */
export function ownData(datasets: readonly Dataset[], task: string): OwnData {
  const sized = datasets
    .flatMap(dataset => {
      const size = labelledSize(dataset, task);
      return size ? [{ dataset, size }] : [];
    })
    .sort((a, b) => (convert(b.size, a.size.unit) ?? 0) - a.size.value);
  const main = sized[0];
  if (!main) return { datasets, incomparable: [] };
  const { unit } = main.size;
  const value = sized.reduce((sum, { size }) => sum + (convert(size, unit) ?? 0), 0);
  const incomparable = sized
    .filter(({ size }) => !sameDimension(size.unit, unit))
    .map(({ dataset }) => dataset);
  return { datasets, size: { value, unit }, main: main.dataset, incomparable };
}

function labelledSize(dataset: Dataset, task: string): Size | undefined {
  const size = trainingSize(dataset);
  return size && { value: size.value * (dataset.labelsPresent[task] ?? 1), unit: size.unit };
}

/** Labelled instances in one example: only where things are found in images do they count on their own. */
export function instances(data: OwnData, domain: Domain, t: Thresholds): number {
  return domain === 'instances' ? (data.main?.instancesPerExample ?? t.instancesWhenUnstated) : 1;
}

function candidate(
  problem: Problem,
  own: Pick<TargetFacts, 'task' | 'data' | 'input'>,
  other: Task,
): Candidate[] {
  const data = ownData(datasetsOf(problem, other.name), other.name);
  if (data.datasets.length === 0) return [];
  const sharesExamples = data.datasets.some(dataset => own.data.datasets.includes(dataset));
  const comparable = own.data.size && data.size && convert(data.size, own.data.size.unit);
  const ratio =
    comparable !== undefined && own.data.size
      ? comparable / Math.max(own.data.size.value, Number.MIN_VALUE)
      : undefined;
  return [
    {
      task: other,
      data,
      input: sharesExamples ? { status: 'met' } : compareInputs(own.input, inputFacts(other, data.datasets)),
      ...sharedFeatures(own.task, other),
      ...(ratio === undefined ? {} : { ratio }),
      unitsDiffer: own.data.size !== undefined && data.size !== undefined && comparable === undefined,
      sharesExamples,
      selfSupervised: /self-supervised|unsupervised|fill-mask|language-model/.test(other.category ?? ''),
    },
  ];
}

/** A declaration on either side counts; one that names other tasks only, or none, rules this one out. */
function sharedFeatures(target: Task, other: Task): Pick<Candidate, 'features' | 'featureEvidence'> {
  const mentions = (task: Task, name: string): boolean =>
    task.sharesFeaturesWith !== undefined &&
    task.sharesFeaturesWith !== 'none' &&
    task.sharesFeaturesWith.includes(name);
  if (target.sharesFeaturesWith === 'none') return { features: 'unmet', featureEvidence: [target.reference] };
  if (mentions(target, other.name)) return { features: 'met', featureEvidence: [target.reference] };
  if (mentions(other, target.name)) return { features: 'met', featureEvidence: [other.reference] };
  if (target.sharesFeaturesWith !== undefined)
    return { features: 'unmet', featureEvidence: [target.reference] };
  if (other.sharesFeaturesWith === 'none') return { features: 'unmet', featureEvidence: [other.reference] };
  return { features: 'assumed', featureEvidence: [] };
}

/** Where a task's data is declared, for evidence. */
export function evidence(data: OwnData): readonly Reference[] {
  return data.datasets.map(dataset => dataset.reference);
}
