import type { Size } from '../annotations/model';
import type { Reference, Task } from '../annotations/problem';
import { convert } from '../annotations/units';
import { ampleness, capacityOf, domainOf, type Domain, type Measure } from './domain';
import { compareInputs, inputFacts, type InputComparison, type InputFacts } from './inputs';
import { dataOf, type OwnData, type View } from './supply';
import type { Thresholds } from './thresholds';

/** How another task that has data stands to the target, whatever their sizes. */
export interface Relation {
  readonly task: Task;
  readonly input: InputComparison;
  /** Whether the target declares that features are shared; `assumed` where it says nothing. */
  readonly features: 'met' | 'unmet' | 'assumed';
  readonly featureEvidence: readonly Reference[];
  /** Labels for both stand on the same examples. */
  readonly sharesExamples: boolean;
  readonly selfSupervised: boolean;
}

/** Another task whose data may help. */
export interface Candidate extends Relation {
  readonly data: OwnData;
  /** Its data in the target's unit; `undefined` where a size is not stated or the units do not compare. */
  readonly comparable: number | undefined;
  /** Its data over the target's: above 1 it has more. */
  readonly ratio: number | undefined;
  /** Both sizes are stated, in units that do not compare. */
  readonly unitsDiffer: boolean;
}

/** Everything the rules ask about one target. */
export interface TargetFacts {
  readonly task: Task;
  readonly data: OwnData;
  readonly input: InputFacts;
  readonly domain: Domain;
  readonly ample?: Measure;
  /** The network's size against the one behind the published figures, at most 1. */
  readonly capacity: number;
  readonly candidates: readonly Candidate[];
}

/**
 * Gathers what the annotations say about learning `task`. `relations` are those of the same task in a
 * view that differs in sizes only, where they are known.
 */
export function targetFacts(
  view: View,
  task: Task,
  t: Thresholds,
  relations: readonly Relation[] = relationsOf(view, task),
): TargetFacts {
  const data = dataOf(view, task.name);
  const input = inputOf(view, task);
  const domain = domainOf(task, input, data.main);
  const ample = ampleOwn(data, task, domain, t);
  return {
    task,
    data,
    input,
    domain,
    capacity: capacityOf(domain, task.numParams, t),
    candidates: relations.map(relation => withSizes(relation, data.size, dataOf(view, relation.task.name))),
    ...(ample ? { ample } : {}),
  };
}

/** How every other task that has data stands to `task`. */
export function relationsOf(view: View, task: Task): readonly Relation[] {
  const input = inputOf(view, task);
  const datasets = new Set(dataOf(view, task.name).datasets);
  return otherTasks(view, task).map(other => {
    const sharesExamples = dataOf(view, other.name).datasets.some(dataset => datasets.has(dataset));
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

function inputOf(view: View, task: Task): InputFacts {
  return view.inputs.get(task.name) ?? inputFacts(task, dataOf(view, task.name).datasets);
}

/** Said field by field: there may be a thousand tasks, each of them asked about each other. */
function withSizes(relation: Relation, own: Size | undefined, data: OwnData): Candidate {
  const { task, input, features, featureEvidence, sharesExamples, selfSupervised } = relation;
  const comparable = own && data.size && convert(data.size, own.unit);
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

/** The target's own data against what is ample; in detection instances count, and the threshold is said in examples. */
function ampleOwn(data: OwnData, task: Task, domain: Domain, t: Thresholds): Measure | undefined {
  if (!data.size) return undefined;
  const each = instances(data, domain, t);
  const { value, unit } = data.size;
  const measured = ampleness({ value: value * each, unit }, domain, task.numParams, t);
  return (
    measured && {
      ...measured,
      threshold: { value: measured.threshold.value / each, unit: measured.threshold.unit },
    }
  );
}

/** Labelled instances in one example: only where things are found in images do they count on their own. */
function instances(data: OwnData, domain: Domain, t: Thresholds): number {
  return domain === 'instances' ? (data.main?.instancesPerExample ?? t.instancesWhenUnstated) : 1;
}

/** The other tasks that have data, but not the same mapping under its other name. */
function otherTasks(view: View, target: Task): readonly Task[] {
  return view.tasks.filter(
    task =>
      task.name !== target.name &&
      view.data.has(task.name) &&
      !isWholeOf(view, target.name, task.name) &&
      !isWholeOf(view, task.name, target.name),
  );
}

/** Whether `step` is the whole way of the pipeline for `task`: the same data under another name. */
function isWholeOf({ pipelines }: View, task: string, step: string): boolean {
  const pipeline = pipelines.find(candidate => candidate.task === task);
  const first = pipeline?.steps[0];
  const last = pipeline?.steps.at(-1);
  return first !== undefined && last !== undefined && step === `${first.from}->${last.to}`;
}

const UNLABELLED = /self-supervised|unsupervised|fill-mask|language-model/;

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
