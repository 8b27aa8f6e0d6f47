import type { Condition, Status } from './advice';
import type { CandidateTask, TargetContext } from './target-context';
import { evidenceOf } from './labelled-data';
import { canDeclare, insufficientData, worstStatus } from './condition-status';

/** How well transfer from one source (or from several, pre-trained on together) fits the target. */
export interface TransferAssessment {
  readonly sources: readonly CandidateTask[];
  /** The worst of the conditions on the source; ampleness is judged apart, for it limits every strategy. */
  readonly status: Status;
  /** The sources' data over the target's. */
  readonly ratio?: number;
  /** Sizes do not compare because the sources are learned from examples without labels. */
  readonly unlabelled: boolean;
  readonly conditions: readonly Condition[];
}

/**
 * Transfer pays when A has the same kind of input as B, more data than B, and low-level features that
 * help B (Ng 2018). Sources are tried from the best down; the conditions reported are those of the best.
 */
export function assessTransfer(facts: TargetContext): TransferAssessment | undefined {
  // Other labels on the same examples are learned together, not one after the other.
  const possible = facts.candidates.filter(source => !source.sharesExamples);
  const ranked = possible
    .map(source => ({ source, rank: preference(source) }))
    .sort((a, b) => a.rank - b.rank);
  const best = ranked[0]?.source;
  const single = best && assessSource(facts, [best]);
  if (single && single.status !== 'unmet') return single;
  const together = possible.filter(source => source.features !== 'unmet' && source.input.status !== 'unmet');
  const joint = together.length > 1 ? assessSource(facts, together) : undefined;
  return joint && joint.status !== 'unmet' ? joint : single;
}

/** Lower is better: what rules a source out weighs most, then what is declared, then size. */
function preference(source: CandidateTask): number {
  const ruledOut = (source.input.status === 'unmet' ? 8 : 0) + (source.features === 'unmet' ? 8 : 0);
  const more = source.ratio === undefined ? 3 : source.ratio > 1 ? 0 : 6;
  const declared = source.features === 'met' ? 0 : 1;
  return (
    ruledOut +
    more +
    declared +
    (source.input.status === 'unknown' ? 1 : 0) -
    Math.min(0.9, Math.log10(Math.max(source.ratio ?? 1, 1)) / 10)
  );
}

function assessSource(facts: TargetContext, sources: readonly CandidateTask[]): TransferAssessment {
  const more = moreData(facts, sources);
  const conditions = [sameInput(facts, sources), more, featuresHelp(facts, sources)];
  const ratio = sumIfAllKnown(sources.map(source => source.ratio));
  return {
    sources,
    status: worstStatus(conditions.map(condition => condition.status)),
    unlabelled: more.sizes.kind === 'units-differ' && sources.every(source => source.selfSupervised),
    ...(ratio === undefined ? {} : { ratio }),
    conditions: [...conditions, insufficientData(facts, 'transfer')],
  };
}

/** The sum, where all are known. */
function sumIfAllKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === values.length ? known.reduce((sum, value) => sum + value, 0) : undefined;
}

const names = (sources: readonly CandidateTask[]): string[] => sources.map(source => source.task.name);

function sameInput(facts: TargetContext, sources: readonly CandidateTask[]): Condition {
  const status = worstStatus(sources.map(source => source.input.status));
  const telling = sources.find(source => source.input.status === status)?.input;
  return {
    id: 'same-input',
    strategy: 'transfer',
    status,
    sources: names(sources),
    target: facts.task.name,
    ...(telling?.difference ? { difference: telling.difference } : {}),
    evidence: [...evidenceOf(facts.data), ...sources.flatMap(source => evidenceOf(source.data))],
    source: 'ng2018',
  };
}

type MoreData = Condition & { readonly id: 'source-has-more-data' };

function moreData(facts: TargetContext, sources: readonly CandidateTask[]): MoreData {
  const own = facts.data.size;
  const value = sumIfAllKnown(sources.map(source => source.comparable));
  const single = sources.length === 1 ? sources[0]?.data.size : undefined;
  const known = own !== undefined && value !== undefined;
  const sizes: MoreData['sizes'] = sources.some(source => source.unitsDiffer)
    ? { kind: 'units-differ' }
    : known
      ? { kind: 'compared', sources: single ?? { ...own, value }, target: own }
      : { kind: own ? 'source-unstated' : 'target-unstated' };
  return {
    id: 'source-has-more-data',
    strategy: 'transfer',
    status: !known ? 'unknown' : value > own.value ? 'met' : 'unmet',
    sources: names(sources),
    target: facts.task.name,
    sizes,
    evidence: [...evidenceOf(facts.data), ...sources.flatMap(source => evidenceOf(source.data))],
    source: 'ng2018',
  };
}

function featuresHelp({ task }: TargetContext, sources: readonly CandidateTask[]): Condition {
  const status = worstStatus(sources.map(source => source.features));
  return {
    id: 'features-help',
    strategy: 'transfer',
    status,
    tasks: names(sources),
    canBeDeclared: canDeclare(task.name, ...names(sources)),
    evidence: sources.flatMap(source => source.featureEvidence),
    source: 'yosinski2014',
  };
}
