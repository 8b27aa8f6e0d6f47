import type { Condition, Status } from './advice';
import type { CandidateTask, TargetContext } from './target-context';
import { evidenceOf } from './labelled-data';
import { THRESHOLDS } from './thresholds';
import { canDeclare, worstStatus } from './condition-status';

/** How well training together with other tasks fits the target. */
export interface MultitaskAssessment {
  readonly partners: readonly CandidateTask[];
  readonly status: Status;
  /** All other tasks' data over the target's. */
  readonly ratio?: number;
  /** One task has nearly all the data, or all have far more than this one: they are sources for transfer. */
  readonly dominated: boolean;
  readonly conditions: readonly Condition[];
}

/**
 * Multitask learning pays when the tasks share low-level features, the *other tasks together* have much
 * more data than this one, and the network is large enough for all (Ng 2018, Caruana 1997).
 */
export function assessMultitask(facts: TargetContext): MultitaskAssessment | undefined {
  const possible = facts.candidates.filter(
    partner => !partner.selfSupervised && partner.input.status !== 'unmet',
  );
  const partners = possible.filter(partner => partner.features !== 'unmet');
  if (possible.length === 0) return undefined;
  const considered = partners.length > 0 ? partners : possible;
  const ratio = sumOfKnown(considered.map(partner => partner.ratio));
  const dominant = dominantPartners(considered);
  const conditions = [
    sharedFeatures(facts, considered),
    enoughTogether(facts, considered, ratio),
    noDominant(facts, considered, dominant),
    largeEnough(facts, considered.length + 1),
    ...maskedLabels(facts, considered),
  ];
  const needed = conditions.filter(condition => condition.id !== 'no-dominant-task');
  const status = worstStatus([
    ...considered.map(partner => partner.input.status),
    ...needed.map(condition => condition.status),
  ]);
  return {
    partners: considered,
    status,
    dominated: dominant.length > 0,
    conditions,
    ...(ratio === undefined ? {} : { ratio }),
  };
}

/** The sum of what is known. */
function sumOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : undefined;
}

/**
 * The task that has both far more data than the target and nearly all that the others have; or all of
 * them, where each has far more: without a task of its own size to learn with, the target has sources only.
 */
function dominantPartners(partners: readonly CandidateTask[]): readonly CandidateTask[] {
  const isFarLarger = ({ ratio = 0, sharesExamples }: CandidateTask): boolean =>
    !sharesExamples && ratio > THRESHOLDS.dominance;
  const all = sumOfKnown(partners.map(partner => partner.ratio)) ?? 0;
  const one = partners.find(
    partner => isFarLarger(partner) && (partner.ratio ?? 0) >= THRESHOLDS.dominantShare * all,
  );
  if (one) return [one];
  return partners.every(isFarLarger) ? partners : [];
}

function sharedFeatures({ task }: TargetContext, partners: readonly CandidateTask[]): Condition {
  const names = partners.map(partner => partner.task.name);
  const status = worstStatus(partners.map(partner => partner.features));
  return {
    id: 'features-help',
    strategy: 'multitask',
    status,
    tasks: names,
    canBeDeclared: canDeclare(task.name, ...names),
    evidence: partners.flatMap(partner => partner.featureEvidence),
    source: 'ng2018',
  };
}

function enoughTogether(
  facts: TargetContext,
  partners: readonly CandidateTask[],
  ratio: number | undefined,
): Condition {
  const own = facts.data.size;
  const others = sumOfKnown(partners.map(partner => partner.comparable)) ?? 0;
  return {
    id: 'others-have-more-data',
    strategy: 'multitask',
    status: ratio === undefined ? 'unknown' : ratio >= THRESHOLDS.multitaskLeastRatio ? 'met' : 'unmet',
    target: facts.task.name,
    otherTasks: partners.length,
    sizes:
      own && ratio !== undefined
        ? { kind: 'compared', others: { ...own, value: others }, target: own }
        : { kind: partners.some(partner => partner.unitsDiffer) ? 'units-differ' : 'unstated' },
    evidence: [...new Set(partners.flatMap(partner => evidenceOf(partner.data)))],
    source: 'ng2018',
  };
}

function noDominant(
  facts: TargetContext,
  partners: readonly CandidateTask[],
  dominant: readonly CandidateTask[],
): Condition {
  const status =
    dominant.length > 0
      ? 'unmet'
      : partners.every(partner => partner.ratio !== undefined)
        ? 'met'
        : 'unknown';
  return {
    id: 'no-dominant-task',
    strategy: 'multitask',
    status,
    target: facts.task.name,
    otherTasks: partners.length,
    dominant: dominant.map(partner => partner.task.name),
    evidence: dominant.flatMap(partner => evidenceOf(partner.data)),
    source: 'ng2018',
  };
}

function largeEnough(facts: TargetContext, tasks: number): Condition {
  const perTask = facts.domain === 'rows' ? THRESHOLDS.tabularParamsPerTask : THRESHOLDS.paramsPerTask;
  const { name, numParams } = facts.task;
  return {
    id: 'network-large-enough',
    strategy: 'multitask',
    status: numParams === undefined ? 'assumed' : numParams >= perTask * tasks ? 'met' : 'unmet',
    tasks,
    network:
      numParams === undefined
        ? { kind: 'unstated', canBeDeclared: canDeclare(name) }
        : { kind: 'stated', parameters: numParams, sufficient: perTask * tasks },
    evidence: numParams === undefined ? [] : [facts.task.reference],
    source: 'caruana1997',
  };
}

/** Labels that are missing on some examples are masked out of the loss: no obstacle, but worth saying. */
function maskedLabels(facts: TargetContext, partners: readonly CandidateTask[]): Condition[] {
  const partial = [
    ...new Set([facts.data, ...partners.map(partner => partner.data)].flatMap(data => data.datasets)),
  ].filter(hasMissingLabels);
  if (partial.length === 0) return [];
  const gaps = partial.flatMap(dataset =>
    Object.entries(dataset.labelsPresent).flatMap(([task, share]) => (share < 1 ? [task] : [])),
  );
  return [
    {
      id: 'missing-labels-masked',
      strategy: 'multitask',
      status: 'met',
      tasks: [...new Set(gaps)],
      evidence: partial.map(dataset => dataset.reference),
      source: 'ng2018',
    },
  ];
}

/** Whether some examples of a dataset lack a label. */
export function hasMissingLabels(dataset: {
  readonly labelsPresent: Readonly<Record<string, number>>;
}): boolean {
  return Object.values(dataset.labelsPresent).some(share => share < 1);
}
