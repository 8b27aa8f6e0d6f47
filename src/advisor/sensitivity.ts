import type { Unit } from '../language/annotation-model';
import { type Dataset, type Problem, type Task, resized, trainingSize } from '../language/learning-problem';
import type { Advice, AdviceChange, Strategy } from './advice';
import type { AdviseOptions } from './advisor';
import { decideDecomposition } from './decomposition-decision';
import { type ProblemIndex, indexProblem, withDataset } from './labelled-data';
import { decideLearning } from './learning-decision';
import { asEndToEndProblem, isSingleStep, pipelineContext, stageTask } from './pipeline-stages';
import { targetContext, taskRelations } from './target-context';
import { OUTCOME_MODELS } from './outcome-coefficients';
import type { OutcomeModels } from './outcome-model';

/** What a decision is made on; a learning decision has a task. */
interface Scenario {
  readonly view: ProblemIndex;
  readonly task?: Task;
}

/** Something in the annotations that is varied to see when the advice changes. */
interface Variable {
  readonly name: string;
  readonly unit: Unit | 'parameters';
  readonly value: number;
  /** Hours come in fractions, examples do not. */
  readonly fractions: boolean;
  readonly set: (value: number) => Scenario;
}

interface SensitivityAnalysis {
  /** `undefined` where the question no longer arises: what is decided before rules its part out. */
  readonly recommend: (subject: Scenario) => Strategy | undefined;
  readonly variables: readonly Variable[];
}

/**
 * What would change the advice: for each size it rests on, the nearest smaller and larger value at
 * which the recommendation is another. Found by asking the advisor itself, to three digits, so the two
 * cannot disagree. Measured advice is judged by the rules' own turning points all the same.
 */
export function adviceChanges(problem: Problem, advice: Advice, options: AdviseOptions = {}): AdviceChange[] {
  const models = options.models ?? OUTCOME_MODELS;
  const ask = analysisOf(problem, advice, models);
  if (!ask) return [];
  return ask.variables.flatMap(variable => {
    const { name, unit, value, fractions } = variable;
    const at = (size: number): Strategy | undefined => ask.recommend(variable.set(size));
    return ([1, -1] as const).flatMap((direction): AdviceChange[] => {
      const change = nearestChange(sizeScale(fractions), value, direction, at);
      if (!change?.to || change.to === advice.recommendation) return [];
      const operator = direction === 1 ? '>=' : '<=';
      return [{ variable: name, operator, value: change.value, unit, to: change.to }];
    });
  });
}

function analysisOf(
  problem: Problem,
  advice: Advice,
  models: OutcomeModels,
): SensitivityAnalysis | undefined {
  const task = problem.tasks.find(candidate => candidate.name === advice.task);
  const pipeline = problem.pipelines.find(candidate => candidate.task === advice.task);
  if (!task) return undefined;
  if (!pipeline) return learningAnalysis({ view: indexProblem(problem), task }, models);
  const view = indexProblem(problem);
  const facts = pipelineContext(view, pipeline);
  if (advice.decision === 'decomposition')
    return {
      recommend: changed =>
        decideDecomposition(pipelineContext(changed.view, pipeline), models).recommendation,
      variables: sizesOf({ view }, [facts.whole.main, ...facts.stages.map(stage => stage.data.main)]),
    };
  const stage = facts.stages.find(each => each.name === advice.stage);
  const ask = stage
    ? learningAnalysis({ view, task: stageTask(view, facts, stage) }, models)
    : learningAnalysis({ view: indexProblem(asEndToEndProblem(problem, task, pipeline)), task }, models);
  if (isSingleStep(pipeline)) return ask;
  const part = stage ? 'pipeline' : 'end-to-end';
  const isOffered = (changed: Scenario): boolean =>
    decideDecomposition(pipelineContext(changed.view, pipeline), models).acceptable.includes(part);
  return {
    ...ask,
    recommend: changed => (isOffered(changed) ? ask.recommend(changed) : undefined),
  };
}

function learningAnalysis(subject: Required<Scenario>, models: OutcomeModels): SensitivityAnalysis {
  const relations = taskRelations(subject.view, subject.task);
  const facts = targetContext(subject.view, subject.task, relations);
  const { transfer, multitask } = decideLearning(facts, models);
  const largest = [...(multitask?.partners ?? [])].sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0];
  const datasets = [facts.data.main, transfer?.sources[0]?.data.main, largest?.data.main];
  return {
    recommend: ({ view, task = subject.task }) =>
      decideLearning(targetContext(view, task, relations), models).recommendation,
    variables: [...sizesOf(subject, datasets), ...paramsOf(subject)],
  };
}

function sizesOf(subject: Scenario, datasets: readonly (Dataset | undefined)[]): Variable[] {
  const named = new Map(datasets.flatMap(dataset => (dataset ? [[dataset.name, dataset] as const] : [])));
  return [...named.values()].flatMap((dataset): Variable[] => {
    const size = trainingSize(dataset);
    if (!size) return [];
    const { value, unit } = size;
    return [
      {
        name: `${dataset.name}.num_examples`,
        unit,
        value,
        fractions: unit === 'hours' || unit === 'minutes' || unit === 'seconds',
        set: changed => ({ ...subject, view: withDataset(subject.view, resized(dataset, changed)) }),
      },
    ];
  });
}

function paramsOf({ view, task }: Required<Scenario>): Variable[] {
  const value = task.numParams;
  if (value === undefined) return [];
  const set = (numParams: number): Scenario => ({ view, task: { ...task, numParams } });
  return [{ name: `${task.name}.num_params`, unit: 'parameters', value, fractions: false, set }];
}

/** The sizes that are tried, in order: those of at most three significant digits. */
export interface SizeScale {
  readonly at: (index: number) => number;
  readonly last: number;
}

const STEPS_PER_DECADE = 900;
/** Five steps to a decade: turning points of the rules on one size lie further apart. */
const COARSE_STEP = 180;

/** From 1 to a million million, in whole numbers: beyond it lies nothing anyone has. */
const WHOLE: SizeScale = {
  at: index => (index < 999 ? index + 1 : threeDigits(index - 999, 1)),
  last: 999 + 9 * STEPS_PER_DECADE,
};

/** From a hundredth to a million million. */
const FRACTIONS: SizeScale = { at: index => threeDigits(index, -4), last: 14 * STEPS_PER_DECADE };

/** `fractions`: hours come in parts, examples do not. */
export function sizeScale(fractions: boolean): SizeScale {
  return fractions ? FRACTIONS : WHOLE;
}

function threeDigits(step: number, exponent: number): number {
  return Number(`${100 + (step % STEPS_PER_DECADE)}e${exponent + Math.floor(step / STEPS_PER_DECADE)}`);
}

/** The size nearest to `value` in one direction at which `at` gives something else, and what it gives. */
function nearestChange<T>(
  { at: sizeAt, last }: SizeScale,
  value: number,
  direction: 1 | -1,
  at: (size: number) => T,
): { readonly value: number; readonly to: T } | undefined {
  const current = at(value);
  const beyond = (index: number): boolean =>
    direction === 1 ? sizeAt(index) > value : sizeAt(index) >= value;
  const above = firstIndex(last + 1, beyond);
  const start = direction === 1 ? above : above - 1;
  if (start < 0 || start > last) return undefined;
  let inside = start - direction;
  for (let index = start; ; index += direction * COARSE_STEP) {
    const probe = Math.min(Math.max(index, 0), last);
    if (at(sizeAt(probe)) !== current) {
      const edge = bisect(inside, probe, i => at(sizeAt(i)) !== current);
      return { value: sizeAt(edge), to: at(sizeAt(edge)) };
    }
    if (probe !== index) return undefined;
    inside = probe;
  }
}

/** The first index at which `holds`, which holds from some index on; `end` where it never does. */
function firstIndex(end: number, holds: (index: number) => boolean): number {
  return bisect(-1, end, index => index === end || holds(index));
}

/** The first index from `inside` towards `outside` at which `changed` holds; it holds at `outside`. */
function bisect(inside: number, outside: number, changed: (index: number) => boolean): number {
  let same = inside;
  let other = outside;
  while (Math.abs(other - same) > 1) {
    const middle = Math.trunc((same + other) / 2);
    if (changed(middle)) other = middle;
    else same = middle;
  }
  return other;
}
