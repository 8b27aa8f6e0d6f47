import { convertSize } from '../language/size-units';
import type { Condition, Confidence, EndToEndData, Status, Strategy, Verdict } from './advice';
import { decompositionComparison, verdictOn } from './comparisons';
import { type EndToEndSufficiency, endToEndSufficiency } from './data-requirements';
import { type LabelledData, evidenceOf } from './labelled-data';
import { acceptableOf, confidenceOf } from './learning-decision';
import type { OutcomeModels } from './outcome-model';
import type { PipelineContext, Stage } from './pipeline-stages';
import { THRESHOLDS } from './thresholds';

/** End-to-end or the declared pipeline, decided. */
export interface DecompositionDecision {
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  /** `null` where there is no data for the whole, and so nothing to compare with. */
  readonly confidence: Confidence | null;
  readonly conditions: readonly Condition[];
  /** Whether the data is enough depends on the output, which is not declared. */
  readonly isOpen: boolean;
  /** What published results say of end-to-end learning against such a pipeline. */
  readonly outlook?: Verdict;
}

/** A learned stage's data against that of the whole. */
interface StageSupply {
  readonly stage: Stage;
  readonly ratio?: number;
}

function stageSupply(facts: PipelineContext, stage: Stage): StageSupply {
  const own = stage.data.size;
  const whole = facts.whole.size;
  const comparable = own && whole && convertSize(own, whole.unit);
  const ratio = comparable !== undefined && whole && whole.value > 0 ? comparable / whole.value : undefined;
  return { stage, ...(ratio === undefined ? {} : { ratio }) };
}

/**
 * End-to-end learning needs enough X-to-Y examples for the complexity of the mapping; a pipeline pays
 * when they are short and each learned stage is simpler and has more data, or is engineered (Ng 2018).
 */
export function decideDecomposition(facts: PipelineContext, models: OutcomeModels): DecompositionDecision {
  const need = endToEndSufficiency(facts);
  const isOpen = need?.ifComplex !== undefined && need.ratio >= 1 && need.ifComplex.ratio < 1;
  // Where it is enough even for a complex output, that is the figure to be judged by.
  const judged = need?.ifComplex && need.ratio >= 1 && !isOpen ? need.ifComplex : need;
  const outlook =
    facts.whole.datasets.length > 0 ? verdictOn([decompositionComparison(facts)], models) : undefined;
  const acceptable = outlook ? acceptableOf(outlook, 'pipeline') : (['pipeline'] as const);
  const isStated = facts.whole.size !== undefined && facts.whole.size.value > 0;
  return {
    recommendation: acceptable[0] ?? 'pipeline',
    acceptable,
    confidence: outlook ? confidenceOf(outlook, isStated) : null,
    conditions: [
      enough(facts, judged, isOpen, 'end-to-end'),
      stepsNotWorth(facts),
      enough(facts, judged, isOpen, 'pipeline'),
      ...facts.stages.map(stage => stageCondition(facts, stageSupply(facts, stage))),
    ],
    isOpen,
    ...(outlook ? { outlook } : {}),
  };
}

/** The same fact read both ways: enough data is the case for end-to-end, too little the case for the pipeline. */
function enough(
  { task, whole, pipeline }: PipelineContext,
  need: EndToEndSufficiency | undefined,
  isOpen: boolean,
  strategy: 'end-to-end' | 'pipeline',
): Condition {
  const noData = whole.datasets.length === 0;
  const isEnough = noData ? false : need && !isOpen ? need.ratio >= 1 : undefined;
  const status: Status =
    isEnough === undefined ? 'unknown' : isEnough === (strategy === 'end-to-end') ? 'met' : 'unmet';
  return {
    id: strategy === 'end-to-end' ? 'enough-for-end-to-end' : 'end-to-end-data-short',
    strategy,
    status,
    target: task.name,
    data: endToEndData(whole, need, isOpen),
    evidence: noData ? [pipeline.reference] : evidenceOf(whole),
    source: need?.source ?? 'ng2018',
  };
}

function endToEndData(
  { datasets, size }: LabelledData,
  need: EndToEndSufficiency | undefined,
  isOpen: boolean,
): EndToEndData {
  if (datasets.length === 0) return { kind: 'no-data' };
  if (!size) return { kind: 'unstated' };
  if (!need) return { kind: 'no-reference', size };
  const { threshold, ifComplex } = need;
  return isOpen && ifComplex
    ? {
        kind: 'output-unstated',
        size,
        sufficientIfSimple: threshold,
        sufficientIfComplex: ifComplex.threshold,
      }
    : { kind: 'compared', size, sufficient: threshold };
}

/** Nothing in the annotations says what the steps are worth in themselves, so this stays an assumption. */
function stepsNotWorth({ pipeline }: PipelineContext): Condition {
  return {
    id: 'steps-not-worth-their-cost',
    strategy: 'end-to-end',
    status: 'assumed',
    evidence: [pipeline.reference],
    source: 'ng2018',
  };
}

function stageCondition(facts: PipelineContext, { stage, ratio }: StageSupply): Condition {
  const base = { strategy: 'pipeline', source: 'ng2018' } as const;
  if (stage.engineered)
    return {
      ...base,
      id: 'stage-engineered',
      status: 'met',
      stage: stage.name,
      evidence: [facts.pipeline.reference],
    };
  const own = stage.data.size;
  const whole = facts.whole.size;
  return {
    ...base,
    id: 'stage-has-more-data',
    status: stageStatus(own !== undefined, whole !== undefined, ratio),
    stage: stage.name,
    sizes: !own
      ? { kind: 'stage-unstated' }
      : !whole
        ? { kind: 'end-to-end-unstated', stage: own }
        : ratio === undefined
          ? { kind: 'units-differ' }
          : { kind: 'compared', stage: own, endToEnd: whole },
    evidence: stage.data.datasets.length > 0 ? evidenceOf(stage.data) : [facts.pipeline.reference],
  };
}

/** A stage is simpler than the whole, so somewhat less data may do; far less will not. */
function stageStatus(stated: boolean, wholeStated: boolean, ratio: number | undefined): Status {
  if (!stated) return 'unknown';
  if (ratio === undefined) return wholeStated ? 'unknown' : 'met';
  if (ratio >= 1) return 'met';
  return ratio >= THRESHOLDS.stageMayHaveLess ? 'assumed' : 'unmet';
}
