import type { Dataset, Pipeline, Problem, Task } from '../annotations/problem';
import { datasetSize } from '../annotations/problem';
import type { Advice, Flip, Strategy } from './advice';
import type { AdviseOptions } from './advise';
import { decideDecomposition } from './decomposition';
import { targetFacts } from './facts';
import { decideLearning } from './learning';
import { asOneTask, pipelineFacts, stageTask, type Stage } from './stages';
import { thresholds, type Thresholds } from './thresholds';

/** Something in the annotations that is varied to see when the advice changes. */
interface Variable {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Hours come in fractions, examples do not. */
  readonly fractions: boolean;
  readonly set: (problem: Problem, value: number) => Problem;
}

/**
 * What would change the advice: for each size it rests on, the nearest smaller and larger value at
 * which the recommendation is another. Found by asking the advisor itself, to three digits, so the two
 * cannot disagree. Measured advice is judged by the rules' own turning points all the same.
 */
export function flipsOf(problem: Problem, advice: Advice, options: AdviseOptions = {}): Flip[] {
  const t = thresholds(options.thresholds);
  const ask = asker(problem, advice, t);
  if (!ask) return [];
  return ask.variables.flatMap(variable => {
    const at = (value: number): Strategy => ask.recommend(variable.set(problem, value));
    return [search(variable, at, 1), search(variable, at, -1)].filter(flip => flip !== undefined);
  });
}

interface Asker {
  readonly recommend: (problem: Problem) => Strategy;
  readonly variables: readonly Variable[];
}

function asker(problem: Problem, advice: Advice, t: Thresholds): Asker | undefined {
  const task = problem.tasks.find(candidate => candidate.name === advice.task);
  const pipeline = problem.pipelines.find(candidate => candidate.task === advice.task);
  if (!task) return undefined;
  if (pipeline && advice.decision === 'decomposition') return decompositionAsker(problem, pipeline, t);
  if (!pipeline) return learningAsker(problem, changed => [changed, task], t);
  const stage =
    advice.stage === undefined
      ? undefined
      : pipelineFacts(problem, pipeline).stages.find(each => each.name === advice.stage);
  const subject = (changed: Problem): readonly [Problem, Task] =>
    stage ? stageSubject(changed, pipeline, stage) : [asOneTask(changed, task, pipeline), task];
  return learningAsker(problem, subject, t);
}

function stageSubject(problem: Problem, pipeline: Pipeline, stage: Stage): readonly [Problem, Task] {
  return [problem, stageTask(pipelineFacts(problem, pipeline), stage, problem)];
}

function decompositionAsker(problem: Problem, pipeline: Pipeline, t: Thresholds): Asker {
  const facts = pipelineFacts(problem, pipeline);
  const datasets = [facts.whole.main, ...facts.stages.map(stage => stage.data.main)];
  return {
    recommend: changed => decideDecomposition(pipelineFacts(changed, pipeline), t).recommendation,
    variables: sizesOf(datasets),
  };
}

type Subject = (problem: Problem) => readonly [Problem, Task];

function learningAsker(problem: Problem, subject: Subject, t: Thresholds): Asker {
  const [own, task] = subject(problem);
  const facts = targetFacts(own, task, t);
  const { transfer, multitask } = decideLearning(facts, t);
  const largest = [...(multitask?.partners ?? [])].sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0];
  const datasets = [
    facts.data.main,
    ...(transfer?.sources.slice(0, 1) ?? []).map(source => source.data.main),
    largest?.data.main,
  ];
  const recommend = (changed: Problem): Strategy => {
    const [inside, target] = subject(changed);
    const current = inside.tasks.find(candidate => candidate.name === target.name) ?? target;
    return decideLearning(targetFacts(inside, current, t), t).recommendation;
  };
  return { recommend, variables: [...sizesOf(datasets), ...paramsOf(task)] };
}

function sizesOf(datasets: readonly (Dataset | undefined)[]): Variable[] {
  return [...new Set(datasets.map(dataset => dataset?.name))].flatMap(name => {
    const dataset = datasets.find(each => each !== undefined && each.name === name);
    const size = dataset && datasetSize(dataset);
    if (!dataset || !size) return [];
    return [
      {
        name: `${dataset.name}.num_examples`,
        unit: size.unit,
        value: size.value,
        fractions: size.unit === 'hours' || size.unit === 'minutes' || size.unit === 'seconds',
        set: (problem, value) => ({
          ...problem,
          datasets: problem.datasets.map(each => (each.name === dataset.name ? withSize(each, value) : each)),
        }),
      } satisfies Variable,
    ];
  });
}

/** As if the annotation said `num_examples=value` and nothing of splits. */
function withSize(dataset: Dataset, value: number): Dataset {
  const { splits: _splits, ...rest } = dataset;
  return { ...rest, numExamples: value };
}

function paramsOf(task: Task): Variable[] {
  if (task.numParams === undefined) return [];
  const set = (problem: Problem, value: number): Problem => ({
    ...problem,
    tasks: problem.tasks.map(each => (each.name === task.name ? { ...each, numParams: value } : each)),
  });
  return [
    { name: `${task.name}.num_params`, unit: 'parameters', value: task.numParams, fractions: false, set },
  ];
}

/** Sizes are searched up to a million million; beyond it lies nothing anyone has. */
const DECADES = 12;
const STEPS_PER_DECADE = 900;
const COARSE_STEP = 180;

/** The n-th size of three significant digits, from 1 (or from a hundredth, where fractions count). */
function sizeAt(index: number, fractions: boolean): number {
  if (!fractions && index < 900) return index + 1;
  const shifted = fractions ? index : index + 900;
  const exponent = Math.floor(shifted / STEPS_PER_DECADE) - (fractions ? 4 : 1);
  return Number(`${100 + (shifted % STEPS_PER_DECADE)}e${exponent}`);
}

function indexBelow(value: number, fractions: boolean): number {
  let low = 0;
  let high = (DECADES + (fractions ? 2 : 0)) * STEPS_PER_DECADE;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sizeAt(middle, fractions) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function search(variable: Variable, at: (value: number) => Strategy, direction: 1 | -1): Flip | undefined {
  const { fractions } = variable;
  const current = at(variable.value);
  const last = (DECADES + (fractions ? 2 : 0)) * STEPS_PER_DECADE;
  const value = (index: number): number => sizeAt(index, fractions);
  let same = indexBelow(variable.value, fractions);
  if (direction === -1 && value(same) < variable.value && at(value(same)) !== current)
    return flip(variable, '<=', value(same), at(value(same)));
  for (let index = same + direction * COARSE_STEP; ; index += direction * COARSE_STEP) {
    const probe = Math.min(Math.max(index, 0), last);
    const found = at(value(probe));
    if (found !== current) {
      const edge = bisect(same, probe, i => at(value(i)) !== current);
      return flip(variable, direction === 1 ? '>=' : '<=', value(edge), at(value(edge)));
    }
    if (probe !== index) return undefined;
    same = probe;
  }
}

/** The first index from `same` towards `other` at which `changed` holds; it holds at `other`. */
function bisect(same: number, other: number, changed: (index: number) => boolean): number {
  let inside = same;
  let outside = other;
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2);
    if (changed(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}

function flip(variable: Variable, operator: Flip['operator'], value: number, to: Strategy): Flip {
  return { variable: variable.name, operator, value, unit: variable.unit, to };
}
