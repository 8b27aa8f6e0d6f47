import type { Size } from '../annotations/model';
import type { Reference, Task } from '../annotations/problem';
import { convert } from '../annotations/units';
import { ampleness, capacityOf, domainOf, type Domain, type Measure } from './domain';
import { compareInputs, inputFacts, type InputComparison, type InputFacts } from './inputs';
import { dataOf, type OwnData, type View } from './supply';
import type { Thresholds } from './thresholds';

/** Another task whose data may help. */
export interface Candidate {
  readonly task: Task;
  readonly data: OwnData;
  readonly input: InputComparison;
  /** Whether the target declares that features are shared; `assumed` where it says nothing. */
  readonly features: 'met' | 'unmet' | 'assumed';
  readonly featureEvidence: readonly Reference[];
  /** Its data in the target's unit; `undefined` where the two do not compare. */
  readonly comparable?: number;
  /** Its data over the target's: above 1 it has more. */
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
  /** The network's size against the one behind the published figures, at most 1. */
  readonly capacity: number;
  readonly candidates: readonly Candidate[];
}

/** Gathers what the annotations say about learning `task`. */
export function targetFacts(view: View, task: Task, t: Thresholds): TargetFacts {
  const data = dataOf(view, task.name);
  const input = view.inputs.get(task.name) ?? inputFacts(task, data.datasets);
  const domain = domainOf(task, input, data.main);
  const own = { task, data, input };
  const ample = ampleOwn(data, task, domain, t);
  return {
    ...own,
    domain,
    capacity: capacityOf(domain, task.numParams, t),
    candidates: otherTasks(view, task).flatMap(other => candidate(view, own, other)),
    ...(ample ? { ample } : {}),
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

/** The other tasks, but not the same mapping under its other name. */
function otherTasks(view: View, target: Task): readonly Task[] {
  return view.tasks.filter(
    task =>
      task.name !== target.name &&
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

function candidate(
  view: View,
  own: Pick<TargetFacts, 'task' | 'data' | 'input'>,
  other: Task,
): readonly Candidate[] {
  const data = dataOf(view, other.name);
  if (data.datasets.length === 0) return [];
  const sharesExamples = data.datasets.some(dataset => own.data.datasets.includes(dataset));
  return [
    {
      task: other,
      data,
      input: sharesExamples
        ? { status: 'met' }
        : compareInputs(own.input, view.inputs.get(other.name) ?? inputFacts(other, data.datasets)),
      ...sharedFeatures(own.task, other),
      ...comparison(own.data.size, data.size),
      sharesExamples,
      selfSupervised: UNLABELLED.test(other.category ?? ''),
    },
  ];
}

/** Only like units compare; a size that is not stated compares with none. */
function comparison(
  own: Size | undefined,
  other: Size | undefined,
): Pick<Candidate, 'comparable' | 'ratio' | 'unitsDiffer'> {
  if (!own || !other) return { unitsDiffer: false };
  const comparable = convert(other, own.unit);
  if (comparable === undefined) return { unitsDiffer: true };
  return { comparable, ratio: comparable === 0 ? 0 : comparable / own.value, unitsDiffer: false };
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
