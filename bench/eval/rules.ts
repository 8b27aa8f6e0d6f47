// The rules of the design alone, as a baseline: thresholds taken from single papers, without the models of outcomes.
import type { Condition, Status, Strategy } from '../../src/advisor/advice';
import {
  type EndToEndSufficiency,
  type Sufficiency,
  domainOf,
  endToEndSufficiency,
  sufficiency,
} from '../../src/advisor/data-requirements';
import { decideDecomposition } from '../../src/advisor/decomposition-decision';
import { describeInput } from '../../src/advisor/input-comparison';
import { indexProblem } from '../../src/advisor/labelled-data';
import { assessMultitask, type MultitaskAssessment } from '../../src/advisor/multitask-conditions';
import { OUTCOME_MODELS } from '../../src/advisor/outcome-coefficients';
import {
  asEndToEndProblem,
  isSingleStep,
  pipelineContext,
  type PipelineContext,
  type Stage,
} from '../../src/advisor/pipeline-stages';
import { type TargetContext, targetContext } from '../../src/advisor/target-context';
import { assessTransfer, type TransferAssessment } from '../../src/advisor/transfer-conditions';
import { convertSize } from '../../src/language/size-units';
import { problemOf } from '../evidence/problem';
import type { Answer } from './answer';
import type { EvalCase } from './case';

/** From so many times ample data, single-task training comes first; from so many, it is alone. */
const [PLENTIFUL, BEYOND_QUESTION] = [10, 100];
/** A network of at most this share of the usual size gains little from this share of ample data on. */
const [SMALL_NETWORK, SMALL_NETWORK_AMPLE] = [0.5, 0.1];
const TWICE = 2;
const FAR_LARGER = 10;
/** From so many times the data that end-to-end learning needs, nothing speaks for the pipeline. */
const CLEAR = 3;

/** What the rules answer to each case; they state no chances. */
export function rulesAlone(cases: readonly EvalCase[]): Answer[] {
  return cases.map(given => {
    const { problem, task } = problemOf(given);
    if (!task) return { called: [] };
    const pipeline = problem.pipelines.find(each => each.task === task.name);
    if (pipeline && !isSingleStep(pipeline))
      return { called: rankDecomposition(pipelineContext(indexProblem(problem), pipeline)) };
    const whole = pipeline ? asEndToEndProblem(problem, task, pipeline) : problem;
    return { called: rankLearning(targetContext(indexProblem(whole), task)) };
  });
}

function rankLearning(facts: TargetContext): Strategy[] {
  return rankIn(dataZone(facts), assessTransfer(facts), assessMultitask(facts));
}

function rankDecomposition(facts: PipelineContext): Strategy[] {
  const need = endToEndSufficiency(facts);
  const isOpen = need?.ifComplex !== undefined && need.ratio >= 1 && need.ifComplex.ratio < 1;
  const judged: EndToEndSufficiency | undefined =
    need?.ifComplex && need.ratio >= 1 && !isOpen ? need.ifComplex : need;
  const supplies = facts.stages.map(stage => stageSupply(facts, stage));
  const stages = decideDecomposition(facts, OUTCOME_MODELS).conditions.slice(-facts.stages.length);
  if (isOpen) return rankOpen(supplies);
  return judged ? rank(judged, supplies, stages) : rankUnknown(facts, stages);
}

/** How much of its own data a target has, against what is ample for it. */
type DataZone = 'unknown' | 'short' | 'nearly-ample' | 'ample' | 'plentiful' | 'beyond-question';

function dataZone(facts: TargetContext): DataZone {
  // Sizes in units no figure is published for still compare with the source's.
  if (!facts.ample) return facts.data.size ? 'short' : 'unknown';
  const { ratio } = facts.ample;
  // What a small network gains from another's features is little, well before its data is ample.
  if (ratio < 1)
    return facts.capacity <= SMALL_NETWORK && ratio >= SMALL_NETWORK_AMPLE ? 'nearly-ample' : 'short';
  if (ratio < PLENTIFUL) return 'ample';
  return ratio < BEYOND_QUESTION ? 'plentiful' : 'beyond-question';
}

const holds = (status: Status | undefined): boolean => status === 'met' || status === 'assumed';

function rankIn(
  zone: DataZone,
  transfer: TransferAssessment | undefined,
  multitask: MultitaskAssessment | undefined,
): Strategy[] {
  switch (zone) {
    case 'unknown':
      return ['single-task', ...open(transfer?.status, 'transfer'), ...open(multitask?.status, 'multitask')];
    case 'short':
      return rankShort(transfer, multitask);
    case 'nearly-ample':
      return [...new Set<Strategy>([...rankShort(transfer, multitask), 'single-task'])];
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
): Strategy[] {
  const canTransfer = holds(transfer?.status);
  const similar = (multitask?.ratio ?? Infinity) <= FAR_LARGER;
  const weak = !isJoint(multitask, TWICE);
  if (isJoint(multitask, 1) && isNaturallyJoint(multitask))
    return ['multitask', ...when(canTransfer, 'transfer'), ...when(weak, 'single-task')];
  if (canTransfer)
    return [
      'transfer',
      ...when(isJoint(multitask, 1) && (similar || isNaturallyJoint(multitask)), 'multitask'),
      ...when((transfer?.ratio ?? Infinity) < TWICE, 'single-task'),
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

/** A learned stage's data against that of the whole, and against what is ample for the stage itself. */
interface StageSupply {
  readonly stage: Stage;
  readonly ratio?: number;
  readonly ample?: number;
}

function stageSupply(facts: PipelineContext, stage: Stage): StageSupply {
  const own = stage.data.size;
  const whole = facts.whole.size;
  const comparable = own && whole && convertSize(own, whole.unit);
  const ratio = comparable !== undefined && whole && whole.value > 0 ? comparable / whole.value : undefined;
  const ample =
    own &&
    sufficiency(own, domainOf({}, describeInput({}, stage.data.datasets), stage.data.main), undefined)?.ratio;
  return { stage, ...(ratio === undefined ? {} : { ratio }), ...(ample === undefined ? {} : { ample }) };
}

function rankUnknown({ whole }: PipelineContext, stages: readonly Condition[]): Strategy[] {
  const starved = stages.some(({ status }) => status === 'unmet');
  return whole.datasets.length === 0 && !starved ? ['pipeline'] : ['pipeline', 'end-to-end'];
}

/** Enough for a number, too little for more: stages with many times the data are the safer way. */
function rankOpen(supplies: readonly StageSupply[]): Strategy[] {
  return abundant(supplies) ? ['pipeline'] : ['end-to-end', 'pipeline'];
}

function rank(need: Sufficiency, supplies: readonly StageSupply[], stages: readonly Condition[]): Strategy[] {
  if (need.ratio >= CLEAR) return ['end-to-end'];
  if (need.ratio >= 1) return abundant(supplies) ? ['pipeline', 'end-to-end'] : ['end-to-end', 'pipeline'];
  const starved = supplies.filter((_, i) => stages[i]?.status === 'unmet');
  if (starved.length > 0) {
    // Neither has what it takes: the better supplied of the two is the lesser evil.
    const worst = Math.min(...starved.map(({ ample = 0 }) => ample));
    return worst > need.ratio ? ['pipeline', 'end-to-end'] : ['end-to-end', 'pipeline'];
  }
  return need.ratio >= 1 / CLEAR && !abundant(supplies) ? ['pipeline', 'end-to-end'] : ['pipeline'];
}

/** Whether every learned stage has many times the data of the whole. */
function abundant(supplies: readonly StageSupply[]): boolean {
  const learned = supplies.filter(({ stage }) => !stage.engineered);
  return learned.length > 0 && learned.every(({ ratio = 0 }) => ratio >= FAR_LARGER);
}
