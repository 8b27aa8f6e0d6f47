import type { Size } from '../annotations/model';
import { convert, sameDimension } from '../annotations/units';
import type { Condition, Confidence, Status, Strategy } from './advice';
import { audioSizes, domainOf, measure, textSizes, WORDS_PER_SENTENCE, type Measure } from './domain';
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
  const output = task.output?.kind;
  const simple =
    output === 'class' || output === 'real' || /classification$|regression$/.test(task.category ?? '');
  if (domain === 'speech' || (domain === 'audio' && !simple))
    return { sizes: audioSizes(t.endToEndSpeechHours), threshold: 'endToEndSpeechHours' };
  if (domain === 'translation' || (domain === 'texts' && !simple))
    return {
      sizes: textSizes(t.endToEndTranslationWords / WORDS_PER_SENTENCE, 'sentences'),
      threshold: 'endToEndTranslationWords',
    };
  if (whole.size && sameDimension(whole.size.unit, 'hours'))
    return { sizes: [{ value: t.endToEndDrivingHours, unit: 'hours' }], threshold: 'endToEndDrivingHours' };
  return simple
    ? { sizes: [{ value: t.endToEndSimple, unit: 'examples' }], threshold: 'endToEndSimple' }
    : { sizes: [{ value: t.endToEndComplex, unit: 'examples' }], threshold: 'endToEndComplex' };
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
  const stages = facts.stages.map(stage => stageCondition(facts, stage, t));
  const conditions = [
    enough(facts, need, 'end-to-end'),
    stepsNotWorth(facts),
    enough(facts, need, 'pipeline'),
    ...stages,
  ];
  const acceptable = rank(
    facts,
    need,
    stages.map(stage => stage.status),
    t,
  );
  return {
    recommendation: acceptable[0] ?? 'pipeline',
    acceptable,
    confidence: confidence(
      need,
      acceptable,
      stages.map(stage => stage.status),
    ),
    conditions,
    ...(need ? { need } : {}),
  };
}

function rank(
  facts: PipelineFacts,
  need: Measure | undefined,
  stages: readonly Status[],
  t: Thresholds,
): Strategy[] {
  const buildable = !stages.includes('unmet');
  if (!need)
    return facts.whole.datasets.length === 0 && buildable ? ['pipeline'] : ['pipeline', 'end-to-end'];
  if (need.ratio >= t.endToEndClear) return ['end-to-end'];
  if (need.ratio >= 1) return ['end-to-end', 'pipeline'];
  const nearly = need.ratio >= 1 / t.endToEndClear;
  if (!buildable) return ['end-to-end', 'pipeline'];
  return nearly ? ['pipeline', 'end-to-end'] : ['pipeline'];
}

function confidence(
  need: Measure | undefined,
  acceptable: readonly Strategy[],
  stages: readonly Status[],
): Confidence {
  if (acceptable.length > 1) return need && need.ratio >= 1 ? 'medium' : 'low';
  if (acceptable[0] === 'end-to-end') return 'high';
  return stages.every(status => status === 'met') ? 'high' : 'medium';
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

function stageCondition(facts: PipelineFacts, stage: Stage, t: Thresholds): Condition {
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
  const comparable = own && whole && convert(own, whole.unit);
  const ratio = comparable !== undefined && whole && whole.value > 0 ? comparable / whole.value : undefined;
  const variant = !own
    ? 'unstated'
    : !whole
      ? 'no-whole'
      : ratio === undefined
        ? 'units'
        : ratio < 1 && ratio >= t.stageMayHaveLess
          ? 'less'
          : undefined;
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
