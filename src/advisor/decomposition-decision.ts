import { convertSize } from '../language/size-units';
import type { Condition, Confidence, EndToEndData, Status, Strategy } from './advice';
import {
  type EndToEndSufficiency,
  type Sufficiency,
  domainOf,
  endToEndSufficiency,
  sufficiency,
} from './data-requirements';
import { describeInput } from './input-comparison';
import { type LabelledData, evidenceOf } from './labelled-data';
import type { PipelineContext, Stage } from './pipeline-stages';
import type { Thresholds } from './thresholds';

/** End-to-end or the declared pipeline, decided. */
export interface DecompositionDecision {
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly confidence: Confidence;
  readonly conditions: readonly Condition[];
  /** X-to-Y data over what end-to-end learning needs. */
  readonly need?: EndToEndSufficiency;
  /** Whether the data is enough depends on the output, which is not declared. */
  readonly isOpen: boolean;
}

/** A learned stage's data against that of the whole, and against what is ample for the stage itself. */
interface StageSupply {
  readonly stage: Stage;
  readonly ratio?: number;
  readonly ample?: number;
}

function stageSupply(facts: PipelineContext, stage: Stage, t: Thresholds): StageSupply {
  const own = stage.data.size;
  const whole = facts.whole.size;
  const comparable = own && whole && convertSize(own, whole.unit);
  const ratio = comparable !== undefined && whole && whole.value > 0 ? comparable / whole.value : undefined;
  const ample =
    own &&
    sufficiency(own, domainOf({}, describeInput({}, stage.data.datasets), stage.data.main), undefined, t)
      ?.ratio;
  return { stage, ...(ratio === undefined ? {} : { ratio }), ...(ample === undefined ? {} : { ample }) };
}

/**
 * End-to-end learning needs enough X-to-Y examples for the complexity of the mapping; a pipeline pays
 * when they are short and each learned stage is simpler and has more data, or is engineered (Ng 2018).
 */
export function decideDecomposition(facts: PipelineContext, t: Thresholds): DecompositionDecision {
  const need = endToEndSufficiency(facts, t);
  const isOpen = need?.ifComplex !== undefined && need.ratio >= 1 && need.ifComplex.ratio < 1;
  // Where it is enough even for a complex output, that is the figure to be judged by.
  const judged = need?.ifComplex && need.ratio >= 1 && !isOpen ? need.ifComplex : need;
  const supplies = facts.stages.map(stage => stageSupply(facts, stage, t));
  const stages = supplies.map(supply => stageCondition(facts, supply, t));
  const acceptable = isOpen
    ? rankOpen(supplies, t)
    : judged
      ? rank(judged, supplies, stages, t)
      : rankUnknown(facts, stages);
  return {
    recommendation: acceptable[0] ?? 'pipeline',
    acceptable,
    confidence: isOpen ? 'low' : confidence(judged, acceptable, stages),
    conditions: [
      enough(facts, judged, isOpen, 'end-to-end'),
      stepsNotWorth(facts),
      enough(facts, judged, isOpen, 'pipeline'),
      ...stages,
    ],
    ...(judged ? { need: judged } : {}),
    isOpen,
  };
}

function rankUnknown({ whole }: PipelineContext, stages: readonly Condition[]): Strategy[] {
  const starved = stages.some(({ status }) => status === 'unmet');
  return whole.datasets.length === 0 && !starved ? ['pipeline'] : ['pipeline', 'end-to-end'];
}

/** Enough for a number, too little for more: stages with many times the data are the safer way. */
function rankOpen(supplies: readonly StageSupply[], t: Thresholds): Strategy[] {
  return abundant(supplies, t) ? ['pipeline'] : ['end-to-end', 'pipeline'];
}

function rank(
  need: Sufficiency,
  supplies: readonly StageSupply[],
  stages: readonly Condition[],
  t: Thresholds,
): Strategy[] {
  if (need.ratio >= t.endToEndClear) return ['end-to-end'];
  if (need.ratio >= 1) return abundant(supplies, t) ? ['pipeline', 'end-to-end'] : ['end-to-end', 'pipeline'];
  const starved = supplies.filter((_, i) => stages[i]?.status === 'unmet');
  if (starved.length > 0) {
    // Neither has what it takes: the better supplied of the two is the lesser evil.
    const worst = Math.min(...starved.map(({ ample = 0 }) => ample));
    return worst > need.ratio ? ['pipeline', 'end-to-end'] : ['end-to-end', 'pipeline'];
  }
  return need.ratio >= 1 / t.endToEndClear && !abundant(supplies, t)
    ? ['pipeline', 'end-to-end']
    : ['pipeline'];
}

/** Whether every learned stage has many times the data of the whole. */
function abundant(supplies: readonly StageSupply[], t: Thresholds): boolean {
  const learned = supplies.filter(({ stage }) => !stage.engineered);
  return learned.length > 0 && learned.every(({ ratio = 0 }) => ratio >= t.stageAbundance);
}

function confidence(
  need: Sufficiency | undefined,
  acceptable: readonly Strategy[],
  stages: readonly Condition[],
): Confidence {
  if (acceptable.length > 1) return need && need.ratio >= 1 ? 'medium' : 'low';
  if (acceptable[0] === 'end-to-end') return 'high';
  return stages.every(({ status }) => status === 'met') ? 'high' : 'medium';
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

function stageCondition(facts: PipelineContext, { stage, ratio }: StageSupply, t: Thresholds): Condition {
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
    status: stageStatus(own !== undefined, whole !== undefined, ratio, t),
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
function stageStatus(
  stated: boolean,
  wholeStated: boolean,
  ratio: number | undefined,
  t: Thresholds,
): Status {
  if (!stated) return 'unknown';
  if (ratio === undefined) return wholeStated ? 'unknown' : 'met';
  if (ratio >= 1) return 'met';
  return ratio >= t.stageMayHaveLess ? 'assumed' : 'unmet';
}
