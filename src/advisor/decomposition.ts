import type { Size } from '../annotations/model';
import { convert, sameDimension } from '../annotations/units';
import type { Condition, Confidence, Status, Strategy } from './advice';
import {
  ampleness,
  audioSizes,
  domainOf,
  isLabel,
  measure,
  textSizes,
  WORDS_PER_SENTENCE,
  type Measure,
} from './domain';
import { evidence } from './facts';
import { inputFacts, type InputFacts } from './inputs';
import { UNSTATED, type PipelineFacts, type Stage } from './stages';
import type { ThresholdName, Thresholds } from './thresholds';

/** End-to-end or the declared pipeline, decided. */
export interface DecompositionDecision {
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly confidence: Confidence;
  readonly conditions: readonly Condition[];
  /** X-to-Y data over what end-to-end learning needs. */
  readonly need?: Measure;
}

interface Need {
  readonly sizes: readonly Size[];
  readonly threshold: ThresholdName;
}

/** How much X-to-Y data the mapping takes to be learned in one network, by its field and the complexity of its output. */
function endToEndNeed({ task, whole }: PipelineFacts, input: InputFacts, t: Thresholds): Need {
  const domain = domainOf(task, input);
  const simple = isLabel(task);
  if (domain === 'speech')
    return { sizes: audioSizes(t.endToEndSpeechHours), threshold: 'endToEndSpeechHours' };
  if (domain === 'translation' || (domain === 'texts' && !simple))
    return {
      sizes: textSizes(t.endToEndTranslationWords / WORDS_PER_SENTENCE, 'sentences'),
      threshold: 'endToEndTranslationWords',
    };
  if (whole.size && sameDimension(whole.size.unit, 'hours'))
    return { sizes: [{ value: t.endToEndDrivingHours, unit: 'hours' }], threshold: 'endToEndDrivingHours' };
  if (!simple)
    return { sizes: [{ value: t.endToEndComplex, unit: 'examples' }], threshold: 'endToEndComplex' };
  const classes = task.output?.kind === 'class' ? (task.output.size ?? 1) : 1;
  const many = classes * t.endToEndPerClass > t.endToEndSimple;
  return many
    ? { sizes: [{ value: classes * t.endToEndPerClass, unit: 'examples' }], threshold: 'endToEndPerClass' }
    : { sizes: [{ value: t.endToEndSimple, unit: 'examples' }], threshold: 'endToEndSimple' };
}

/** A learned stage's data against that of the whole, and against what is ample for the stage itself. */
interface StageSupply {
  readonly stage: Stage;
  readonly ratio?: number;
  readonly ample?: number;
}

function stageSupply(facts: PipelineFacts, stage: Stage, t: Thresholds): StageSupply {
  const own = stage.data.size;
  const whole = facts.whole.size;
  const comparable = own && whole && convert(own, whole.unit);
  const ratio = comparable !== undefined && whole && whole.value > 0 ? comparable / whole.value : undefined;
  const ample = own && ampleness(own, domainOf({}, inputFacts({}, stage.data.datasets)), undefined, t)?.ratio;
  return { stage, ...(ratio === undefined ? {} : { ratio }), ...(ample === undefined ? {} : { ample }) };
}

/**
 * End-to-end learning needs enough X-to-Y examples for the complexity of the mapping; a pipeline pays
 * when they are short and each learned stage is simpler and has more data, or is engineered (Ng 2018).
 */
export function decideDecomposition(facts: PipelineFacts, t: Thresholds): DecompositionDecision {
  const firstStage = facts.stages[0]?.data.datasets ?? [];
  const input = inputFacts(facts.task, [...facts.whole.datasets, ...firstStage]);
  const { sizes, threshold } = endToEndNeed(facts, input, t);
  const need = facts.whole.size && measure(facts.whole.size, sizes, threshold);
  const supplies = facts.stages.map(stage => stageSupply(facts, stage, t));
  const stages = supplies.map(supply => stageCondition(facts, supply, t));
  const acceptable = rank(facts, need, supplies, stages, t);
  return {
    recommendation: acceptable[0] ?? 'pipeline',
    acceptable,
    confidence: confidence(need, acceptable, stages),
    conditions: [
      enough(facts, need, 'end-to-end'),
      stepsNotWorth(facts),
      enough(facts, need, 'pipeline'),
      ...stages,
    ],
    ...(need ? { need } : {}),
  };
}

function rank(
  facts: PipelineFacts,
  need: Measure | undefined,
  supplies: readonly StageSupply[],
  stages: readonly Condition[],
  t: Thresholds,
): Strategy[] {
  const starved = supplies.filter((_, i) => stages[i]?.status === 'unmet');
  if (!need)
    return facts.whole.datasets.length === 0 && starved.length === 0
      ? ['pipeline']
      : ['pipeline', 'end-to-end'];
  if (need.ratio >= t.endToEndClear) return ['end-to-end'];
  if (need.ratio >= 1) return abundant(supplies, t) ? ['pipeline', 'end-to-end'] : ['end-to-end', 'pipeline'];
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
  need: Measure | undefined,
  acceptable: readonly Strategy[],
  stages: readonly Condition[],
): Confidence {
  if (acceptable.length > 1) return need && need.ratio >= 1 ? 'medium' : 'low';
  if (acceptable[0] === 'end-to-end') return 'high';
  return stages.every(({ status }) => status === 'met') ? 'high' : 'medium';
}

/** The same fact read both ways: enough data is the case for end-to-end, too little the case for the pipeline. */
function enough(
  { task, whole, pipeline }: PipelineFacts,
  need: Measure | undefined,
  strategy: 'end-to-end' | 'pipeline',
): Condition {
  const isEnough = need && need.ratio >= 1;
  const wanted = strategy === 'end-to-end' ? isEnough === true : isEnough === false;
  const noData = whole.datasets.length === 0;
  const known = need !== undefined || noData;
  const status: Status = !known
    ? 'unknown'
    : noData
      ? strategy === 'pipeline'
        ? 'met'
        : 'unmet'
      : wanted
        ? 'met'
        : 'unmet';
  return {
    id: strategy === 'end-to-end' ? 'enough-for-end-to-end' : 'end-to-end-data-short',
    strategy,
    status,
    ...(need ? {} : { variant: noData ? 'no-data' : whole.size ? 'units' : 'unstated' }),
    facts: [task.name, whole.size ?? UNSTATED, ...(need ? [need.threshold] : [])],
    evidence: noData ? [pipeline.reference] : evidence(whole),
    source: need?.source ?? 'ng2018',
  };
}

/** Nothing in the annotations says what the steps are worth in themselves, so this stays an assumption. */
function stepsNotWorth({ pipeline }: PipelineFacts): Condition {
  return {
    id: 'steps-not-worth-their-cost',
    strategy: 'end-to-end',
    status: 'assumed',
    facts: [],
    evidence: [pipeline.reference],
    source: 'ng2018',
  };
}

function stageCondition(facts: PipelineFacts, { stage, ratio }: StageSupply, t: Thresholds): Condition {
  const base = { strategy: 'pipeline', source: 'ng2018' } as const;
  if (stage.engineered)
    return {
      ...base,
      id: 'stage-engineered',
      status: 'met',
      facts: [stage.name],
      evidence: [facts.pipeline.reference],
    };
  const own = stage.data.size;
  const whole = facts.whole.size;
  const variant = !own ? 'unstated' : !whole ? 'no-whole' : ratio === undefined ? 'units' : undefined;
  return {
    ...base,
    id: 'stage-has-more-data',
    status: stageStatus(own !== undefined, whole !== undefined, ratio, t),
    ...(variant ? { variant } : {}),
    facts: [stage.name, own ?? UNSTATED, whole ?? UNSTATED],
    evidence: stage.data.datasets.length > 0 ? evidence(stage.data) : [facts.pipeline.reference],
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
