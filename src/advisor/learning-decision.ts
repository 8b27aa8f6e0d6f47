import type { Condition, Confidence, PublicSource, Strategy, Verdict } from './advice';
import type { TargetContext } from './target-context';
import { learningComparisons, verdictOn } from './comparisons';
import { assessMultitask, type MultitaskAssessment } from './multitask-conditions';
import type { OutcomeModels } from './outcome-model';
import { asCandidate, publicSourceFor } from './public-sources';
import { assessTransfer, type TransferAssessment } from './transfer-conditions';
import { ownData } from './condition-status';
import { evidenceOf } from './labelled-data';

/** Where the signal comes from, decided. */
export interface LearningDecision {
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly from: readonly string[];
  /** `null` where nothing is annotated that could be compared with. */
  readonly confidence: Confidence | null;
  readonly conditions: readonly Condition[];
  readonly transfer?: TransferAssessment;
  readonly multitask?: MultitaskAssessment;
  /** What published results say of the comparison that decides. */
  readonly outlook?: Verdict;
  /** What everybody can start from, where nothing is annotated and data is short: the outlook is on this. */
  readonly publicSource?: PublicSource;
}

/** How likely advice must be right, by the published results, to be of high or of medium confidence. */
export const CONFIDENCE_FROM = { high: 0.8, medium: 0.6 } as const;

/** Confidence is how often advice such as this was right; where a size that it rests on is missing, it is low. */
export function confidenceOf({ probability }: Verdict, isStated: boolean): Confidence {
  if (!isStated || probability < CONFIDENCE_FROM.medium) return 'low';
  return probability < CONFIDENCE_FROM.high ? 'medium' : 'high';
}

/** The strategies that remain, the recommended one first. A tie goes to the one that wins more often. */
export function acceptableOf(
  { challenger, call, chances }: Verdict,
  reference: Strategy,
): readonly Strategy[] {
  if (call === 'wins') return [challenger];
  if (call === 'loses') return [reference];
  return chances.wins > chances.loses ? [challenger, reference] : [reference, challenger];
}

/** Weighs the strategies against each other by the published results; the conditions say what that rests on. */
export function decideLearning(facts: TargetContext, models: OutcomeModels): LearningDecision {
  const annotated = verdictOn(learningComparisons(facts), models);
  const offered = annotated ? undefined : fromPublicSource(facts, models);
  const transfer = assessTransfer(offered?.facts ?? facts);
  const multitask = assessMultitask(facts);
  const outlook = annotated ?? offered?.outlook;
  const acceptable = outlook ? acceptableOf(outlook, 'single-task') : (['single-task'] as const);
  const recommendation = acceptable[0] ?? 'single-task';
  const isStated = facts.data.size !== undefined && facts.data.size.value > 0;
  return {
    recommendation,
    acceptable,
    from: offered ? [] : sourcesOf(recommendation, transfer, multitask),
    confidence: annotated ? confidenceOf(annotated, isStated) : null,
    conditions: [
      ...(transfer?.conditions ?? []),
      ...(multitask?.conditions ?? []),
      ...singleTaskConditions(facts, acceptable),
    ],
    ...(transfer ? { transfer } : {}),
    ...(multitask ? { multitask } : {}),
    ...(outlook ? { outlook } : {}),
    ...(offered ? { publicSource: offered.source } : {}),
  };
}

/** What everybody can start from, where the target's own data is short and published results do not speak against it. */
function fromPublicSource(
  facts: TargetContext,
  models: OutcomeModels,
): { readonly source: PublicSource; readonly facts: TargetContext; readonly outlook: Verdict } | undefined {
  const { ample, data, task } = facts;
  if (!data.size || data.size.value === 0 || task.sharesFeaturesWith === 'none') return undefined;
  if (ample && ample.ratio >= 1) return undefined;
  if (facts.candidates.some(({ input }) => input.difference?.kind !== 'modality')) return undefined;
  const source = publicSourceFor(facts);
  if (!source) return undefined;
  const withSource = { ...facts, candidates: [asCandidate(facts, source)] };
  const outlook = verdictOn(learningComparisons(withSource), models);
  return outlook && outlook.call !== 'loses' ? { source, facts: withSource, outlook } : undefined;
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
