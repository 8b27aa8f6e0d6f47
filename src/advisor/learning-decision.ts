import type { Condition, Confidence, Status, Strategy } from './advice';
import type { TargetContext } from './target-context';
import { assessMultitask, type MultitaskAssessment } from './multitask-conditions';
import { assessTransfer, type TransferAssessment } from './transfer-conditions';
import { ownData } from './condition-status';
import { evidenceOf } from './labelled-data';
import type { Thresholds } from './thresholds';

/** Where the signal comes from, decided. */
export interface LearningDecision {
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly from: readonly string[];
  readonly confidence: Confidence;
  readonly conditions: readonly Condition[];
  readonly transfer?: TransferAssessment;
  readonly multitask?: MultitaskAssessment;
}

/** How much of its own data a target has, against what is ample for it. */
export type DataZone = 'unknown' | 'short' | 'nearly-ample' | 'ample' | 'plentiful' | 'beyond-question';

export function dataZone(facts: TargetContext, t: Thresholds): DataZone {
  // Sizes in units no figure is published for still compare with the source's.
  if (!facts.ample) return facts.data.size ? 'short' : 'unknown';
  const { ratio } = facts.ample;
  // What a small network gains from another's features is little, well before its data is ample.
  if (ratio < 1)
    return facts.capacity <= t.smallNetwork && ratio >= t.smallNetworkAmple ? 'nearly-ample' : 'short';
  if (ratio < t.plentiful) return 'ample';
  return ratio < t.beyondQuestion ? 'plentiful' : 'beyond-question';
}

const holds = (status: Status | undefined): boolean => status === 'met' || status === 'assumed';

/** The strategies that remain, best first, given how the conditions stand. */
export function decideLearning(facts: TargetContext, t: Thresholds): LearningDecision {
  const transfer = assessTransfer(facts);
  const multitask = assessMultitask(facts, t);
  const zone = dataZone(facts, t);
  const ranked = rank(zone, transfer, multitask, t);
  const recommendation = ranked[0] ?? 'single-task';
  const conditions = [
    ...(transfer?.conditions ?? []),
    ...(multitask?.conditions ?? []),
    ...singleTaskConditions(facts, ranked),
  ];
  return {
    recommendation,
    acceptable: ranked,
    from: sourcesOf(recommendation, transfer, multitask),
    confidence: confidenceOf(facts, ranked, { transfer, multitask, conditions }, t),
    conditions,
    ...(transfer ? { transfer } : {}),
    ...(multitask ? { multitask } : {}),
  };
}

function rank(
  zone: DataZone,
  transfer: TransferAssessment | undefined,
  multitask: MultitaskAssessment | undefined,
  t: Thresholds,
): Strategy[] {
  switch (zone) {
    case 'unknown':
      return ['single-task', ...open(transfer?.status, 'transfer'), ...open(multitask?.status, 'multitask')];
    case 'short':
      return rankShort(transfer, multitask, t);
    case 'nearly-ample':
      return [...new Set<Strategy>([...rankShort(transfer, multitask, t), 'single-task'])];
    case 'ample':
      return rankSufficientData(transfer, multitask);
    case 'plentiful':
      return [
        'single-task',
        ...when(holds(transfer?.status), 'transfer'),
        ...when(isJoint(multitask, 1) && multitask?.dominated === false, 'multitask'),
      ];
    case 'beyond-question':
      return ['single-task'];
  }
}

/** What cannot be ruled out while a size is unknown. */
function open(status: Status | undefined, strategy: Strategy): Strategy[] {
  return when(status !== undefined && status !== 'unmet', strategy);
}

function when(condition: boolean, strategy: Strategy): Strategy[] {
  return condition ? [strategy] : [];
}

/** Whether the other tasks, together, have at least `ratio` times the target's data and may be trained with it. */
function isJoint(multitask: MultitaskAssessment | undefined, ratio: number): boolean {
  return holds(multitask?.status) && (multitask?.ratio ?? 0) >= ratio;
}

/** Several tasks, or several labels on the same examples, are trained together by nature; one other dataset is a source first. */
function isNaturallyJoint(multitask: MultitaskAssessment | undefined): boolean {
  return (
    multitask !== undefined &&
    !multitask.dominated &&
    (multitask.partners.length > 1 || multitask.partners.some(partner => partner.sharesExamples))
  );
}

function rankShort(
  transfer: TransferAssessment | undefined,
  multitask: MultitaskAssessment | undefined,
  t: Thresholds,
): Strategy[] {
  const canTransfer = holds(transfer?.status);
  const similar = (multitask?.ratio ?? Infinity) <= t.dominance;
  const weak = !isJoint(multitask, t.multitaskRatio);
  if (isJoint(multitask, 1) && isNaturallyJoint(multitask))
    return ['multitask', ...when(canTransfer, 'transfer'), ...when(weak, 'single-task')];
  if (canTransfer)
    return [
      'transfer',
      ...when(isJoint(multitask, 1) && (similar || isNaturallyJoint(multitask)), 'multitask'),
      ...when((transfer?.ratio ?? Infinity) < t.transferRatio, 'single-task'),
    ];
  if (isJoint(multitask, 1)) return ['multitask', ...when(weak, 'single-task')];
  const open = when(multitask?.status === 'unknown' || isJoint(multitask, 0), 'multitask');
  // Without labels there is nothing to count against the target's: what is learned so is made to be transferred.
  if (transfer?.status === 'unknown' && transfer.unlabelled) return ['transfer', 'single-task', ...open];
  return ['single-task', ...when(transfer?.status === 'unknown', 'transfer'), ...open];
}

/** Enough of its own: the strategies end level, and cost decides (He 2018: transfer took 60k iterations, scratch 220k). */
function rankSufficientData(
  transfer: TransferAssessment | undefined,
  multitask: MultitaskAssessment | undefined,
): Strategy[] {
  const joint = isJoint(multitask, 1) && multitask?.dominated === false;
  const canTransfer = holds(transfer?.status);
  if (joint && isNaturallyJoint(multitask))
    return ['multitask', ...when(canTransfer, 'transfer'), 'single-task'];
  if (canTransfer) return ['transfer', 'single-task', ...when(joint, 'multitask')];
  return ['single-task', ...when(joint, 'multitask'), ...when(transfer?.status === 'unknown', 'transfer')];
}

function sourcesOf(
  strategy: Strategy,
  transfer: TransferAssessment | undefined,
  multitask: MultitaskAssessment | undefined,
): string[] {
  if (strategy === 'transfer') return transfer?.sources.map(source => source.task.name) ?? [];
  return strategy === 'multitask' ? (multitask?.partners.map(partner => partner.task.name) ?? []) : [];
}

function singleTaskConditions(facts: TargetContext, ranked: readonly Strategy[]): Condition[] {
  const { ample, data, task } = facts;
  const amply: Condition = {
    id: 'target-ample',
    strategy: 'single-task',
    status: ample ? (ample.ratio >= 1 ? 'met' : 'unmet') : 'unknown',
    target: task.name,
    data: ownData(facts),
    evidence: evidenceOf(data),
    source: ample?.source ?? 'choice',
  };
  const nothingElse: Condition = {
    id: 'nothing-else-holds',
    strategy: 'single-task',
    status: ranked.some(strategy => strategy !== 'single-task') ? 'unmet' : 'met',
    evidence: [],
    source: 'ng2018',
  };
  return ample && ample.ratio >= 1 ? [amply] : [amply, nothingElse];
}

interface Assessed {
  readonly transfer: TransferAssessment | undefined;
  readonly multitask: MultitaskAssessment | undefined;
  readonly conditions: readonly Condition[];
}

/** High only where all that matters is declared and no threshold is near. */
function confidenceOf(
  facts: TargetContext,
  ranked: readonly Strategy[],
  { transfer, multitask, conditions }: Assessed,
  t: Thresholds,
): Confidence {
  const [recommended] = ranked;
  if (!facts.ample || facts.data.size?.value === 0) return 'low';
  const own = conditions.filter(condition => condition.strategy === recommended);
  if (own.some(({ status }) => status === 'unknown')) return 'low';
  const { ratio } = facts.ample;
  const open = transfer?.status === 'unknown' || multitask?.status === 'unknown';
  // What cannot be told of the others may be worth more than little data, and no more than ample data.
  const rivalled = recommended === 'single-task' && open && ratio < t.beyondQuestion;
  if (rivalled && ratio < 1) return 'low';
  const nearAmple = isNear(ratio);
  const nearRatio = recommended === 'multitask' && isNear((multitask?.ratio ?? 0) / t.multitaskRatio);
  const assumed = own.some(({ status }) => status === 'assumed');
  return ranked.length > 1 || rivalled || nearAmple || nearRatio || assumed ? 'medium' : 'high';
}

/** Within a factor of two of a threshold. */
function isNear(ratio: number): boolean {
  return ratio > 0.5 && ratio <= 2;
}
