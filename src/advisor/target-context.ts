import type { Size } from '../language/annotation-model';
import type { FileLocation, Task } from '../language/learning-problem';
import { convertSize } from '../language/size-units';
import { type Domain, type Sufficiency, capacityOf, domainOf, sufficiency } from './data-requirements';
import {
  type InputComparison,
  type InputDescription,
  compareInputs,
  describeInput,
} from './input-comparison';
import { type LabelledData, type ProblemIndex, labelledDataOf } from './labelled-data';
import { candidatesInScope } from './scope';
import { THRESHOLDS } from './thresholds';

/** How another task that has data stands to the target, whatever their sizes. */
export interface TaskRelation {
  readonly task: Task;
  readonly input: InputComparison;
  /** Whether the target declares that features are shared; `assumed` where it says nothing. */
  readonly features: 'met' | 'unmet' | 'assumed';
  readonly featureEvidence: readonly FileLocation[];
  /** Labels for both stand on the same examples. */
  readonly sharesExamples: boolean;
  readonly selfSupervised: boolean;
}

/** Another task whose data may help. */
export interface CandidateTask extends TaskRelation {
  readonly data: LabelledData;
  /** Its data in the target's unit; `undefined` where a size is not stated or the units do not compare. */
  readonly comparable: number | undefined;
  /** Its data over the target's: above 1 it has more. */
  readonly ratio: number | undefined;
  /** Both sizes are stated, in units that do not compare. */
  readonly unitsDiffer: boolean;
}

/** Everything the rules ask about one target. */
export interface TargetContext {
  readonly task: Task;
  readonly data: LabelledData;
  readonly input: InputDescription;
  readonly domain: Domain;
  readonly ample?: Sufficiency;
  /** The network's size against the one behind the published figures, at most 1. */
  readonly capacity: number;
  readonly candidates: readonly CandidateTask[];
}

/**
 * Gathers what the annotations say about learning `task`. `relations` are those of the same task in a
 * view that differs in sizes only, where they are known.
 */
export function targetContext(
  view: ProblemIndex,
  task: Task,
  relations: readonly TaskRelation[] = taskRelations(view, task),
): TargetContext {
  const data = labelledDataOf(view, task.name);
  const input = inputOf(view, task);
  const domain = domainOf(task, input, data.main);
  const ample = ampleOwn(data, task, domain);
  return {
    task,
    data,
    input,
    domain,
    capacity: capacityOf(domain, task.numParams),
    candidates: relations.map(relation =>
      withSizes(relation, data.size, labelledDataOf(view, relation.task.name)),
    ),
    ...(ample ? { ample } : {}),
  };
}

/** How the other tasks that have data and are in scope stand to `task`. */
export function taskRelations(view: ProblemIndex, task: Task): readonly TaskRelation[] {
  const input = inputOf(view, task);
  const datasets = new Set(labelledDataOf(view, task.name).datasets);
  return candidatesInScope(view, task, otherTasks(view, task)).map(other => {
    const sharesExamples = labelledDataOf(view, other.name).datasets.some(dataset => datasets.has(dataset));
    return {
      task: other,
      input: sharesExamples ? SAME_INPUT : compareInputs(input, inputOf(view, other)),
      ...sharedFeatures(task, other),
      sharesExamples,
      selfSupervised: UNLABELLED.test(other.category ?? ''),
    };
  });
}

const SAME_INPUT: InputComparison = { status: 'met' };

function inputOf(view: ProblemIndex, task: Task): InputDescription {
  return view.inputs.get(task.name) ?? describeInput(task, labelledDataOf(view, task.name).datasets);
}

/** Said field by field: there may be a thousand tasks, each of them asked about each other. */
function withSizes(relation: TaskRelation, own: Size | undefined, data: LabelledData): CandidateTask {
  const { task, input, features, featureEvidence, sharesExamples, selfSupervised } = relation;
  const comparable = own && data.size && convertSize(data.size, own.unit);
  return {
    task,
    input,
    features,
    featureEvidence,
    sharesExamples,
    selfSupervised,
    data,
    comparable,
    ratio: own && comparable !== undefined ? (comparable === 0 ? 0 : comparable / own.value) : undefined,
    unitsDiffer: own !== undefined && data.size !== undefined && comparable === undefined,
  };
}

/** The target's own data against what is sufficient; in detection instances count, and the threshold is given in examples. */
function ampleOwn(data: LabelledData, task: Task, domain: Domain): Sufficiency | undefined {
  if (!data.size) return undefined;
  const each = instances(data, domain);
  const { value, unit } = data.size;
  const measured = sufficiency({ value: value * each, unit }, domain, task.numParams);
  return (
    measured && {
      ...measured,
      threshold: { value: measured.threshold.value / each, unit: measured.threshold.unit },
    }
  );
}

/** Labelled instances in one example: only where things are found in images do they count on their own. */
function instances(data: LabelledData, domain: Domain): number {
  return domain === 'instances' ? (data.main?.instancesPerExample ?? THRESHOLDS.instancesWhenUnstated) : 1;
}

/** The other tasks that have data, but not the same mapping under its other name. */
export function otherTasks(view: ProblemIndex, target: Task): readonly Task[] {
  return view.tasks.filter(
    task =>
      task.name !== target.name &&
      view.data.has(task.name) &&
      !isWholeOf(view, target.name, task.name) &&
      !isWholeOf(view, task.name, target.name),
  );
}

/** Whether `step` is the whole way of the pipeline for `task`: the same data under another name. */
function isWholeOf({ pipelines }: ProblemIndex, task: string, step: string): boolean {
  const pipeline = pipelines.find(candidate => candidate.task === task);
  const first = pipeline?.steps[0];
  const last = pipeline?.steps.at(-1);
  return first !== undefined && last !== undefined && step === `${first.from}->${last.to}`;
}

const UNLABELLED = /self-supervised|unsupervised|fill-mask|language-model/;

/** A declaration on either side counts; one that names other tasks only, or none, rules this one out. */
function sharedFeatures(target: Task, other: Task): Pick<CandidateTask, 'features' | 'featureEvidence'> {
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
