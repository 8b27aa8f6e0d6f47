import type { Unit } from '../annotations/model';
import type { Dataset, Problem, Task } from '../annotations/problem';
import { resized, trainingSize } from '../annotations/problem';
import type { Advice, Flip, Strategy } from './advice';
import type { AdviseOptions } from './advise';
import { decideDecomposition } from './decomposition';
import { relationsOf, targetFacts } from './facts';
import { decideLearning } from './learning';
import { nearestChange, sizeScale } from './search';
import { asOneTask, isPlain, pipelineFacts, stageTask } from './stages';
import { viewOf, withDataset, type View } from './supply';
import { thresholds, type Thresholds } from './thresholds';

/** What a decision is made on; a learning decision has a task. */
interface Subject {
  readonly view: View;
  readonly task?: Task;
}

/** Something in the annotations that is varied to see when the advice changes. */
interface Variable {
  readonly name: string;
  readonly unit: Unit | 'parameters';
  readonly value: number;
  /** Hours come in fractions, examples do not. */
  readonly fractions: boolean;
  readonly set: (value: number) => Subject;
}

interface Asker {
  /** `undefined` where the question no longer arises: what is decided before rules its part out. */
  readonly recommend: (subject: Subject) => Strategy | undefined;
  readonly variables: readonly Variable[];
}

/**
 * What would change the advice: for each size it rests on, the nearest smaller and larger value at
 * which the recommendation is another. Found by asking the advisor itself, to three digits, so the two
 * cannot disagree. Measured advice is judged by the rules' own turning points all the same.
 */
export function flipsOf(problem: Problem, advice: Advice, options: AdviseOptions = {}): Flip[] {
  const ask = asker(problem, advice, thresholds(options.thresholds));
  if (!ask) return [];
  return ask.variables.flatMap(variable => {
    const { name, unit, value, fractions } = variable;
    const at = (size: number): Strategy | undefined => ask.recommend(variable.set(size));
    return ([1, -1] as const).flatMap((direction): Flip[] => {
      const change = nearestChange(sizeScale(fractions), value, direction, at);
      if (!change?.to || change.to === advice.recommendation) return [];
      const operator = direction === 1 ? '>=' : '<=';
      return [{ variable: name, operator, value: change.value, unit, to: change.to }];
    });
  });
}

function asker(problem: Problem, advice: Advice, t: Thresholds): Asker | undefined {
  const task = problem.tasks.find(candidate => candidate.name === advice.task);
  const pipeline = problem.pipelines.find(candidate => candidate.task === advice.task);
  if (!task) return undefined;
  if (!pipeline) return learningAsker({ view: viewOf(problem), task }, t);
  const view = viewOf(problem);
  const facts = pipelineFacts(view, pipeline);
  if (advice.decision === 'decomposition')
    return {
      recommend: changed => decideDecomposition(pipelineFacts(changed.view, pipeline), t).recommendation,
      variables: sizesOf({ view }, [facts.whole.main, ...facts.stages.map(stage => stage.data.main)]),
    };
  const stage = facts.stages.find(each => each.name === advice.stage);
  const ask = stage
    ? learningAsker({ view, task: stageTask(view, facts, stage) }, t)
    : learningAsker({ view: viewOf(asOneTask(problem, task, pipeline)), task }, t);
  if (isPlain(pipeline)) return ask;
  const part = stage ? 'pipeline' : 'end-to-end';
  const isOffered = (changed: Subject): boolean =>
    decideDecomposition(pipelineFacts(changed.view, pipeline), t).acceptable.includes(part);
  return {
    ...ask,
    recommend: changed => (isOffered(changed) ? ask.recommend(changed) : undefined),
  };
}

function learningAsker(subject: Required<Subject>, t: Thresholds): Asker {
  const relations = relationsOf(subject.view, subject.task);
  const facts = targetFacts(subject.view, subject.task, t, relations);
  const { transfer, multitask } = decideLearning(facts, t);
  const largest = [...(multitask?.partners ?? [])].sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0];
  const datasets = [facts.data.main, transfer?.sources[0]?.data.main, largest?.data.main];
  return {
    recommend: ({ view, task = subject.task }) =>
      decideLearning(targetFacts(view, task, t, relations), t).recommendation,
    variables: [...sizesOf(subject, datasets), ...paramsOf(subject)],
  };
}

function sizesOf(subject: Subject, datasets: readonly (Dataset | undefined)[]): Variable[] {
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

function paramsOf({ view, task }: Required<Subject>): Variable[] {
  const value = task.numParams;
  if (value === undefined) return [];
  const set = (numParams: number): Subject => ({ view, task: { ...task, numParams } });
  return [{ name: `${task.name}.num_params`, unit: 'parameters', value, fractions: false, set }];
}
