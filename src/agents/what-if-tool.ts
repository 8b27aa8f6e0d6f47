import type { Advice } from '../advisor/advice';
import { type AdviseOptions, adviseTarget } from '../advisor/advisor';
import type { Unit } from '../language/annotation-model';
import { type Dataset, type Problem, datasetSize, resized, trainingSize } from '../language/learning-problem';
import { convertSize } from '../language/size-units';
import { unitsNotConvertible } from '../messages/agent-messages';
import { headline } from '../messages/advice-text';
import { conditionText } from '../messages/condition-text';
import type { Pause, ToolWorkspace } from './advise-tool';
import type { WhatIfInput } from '../protocol/agent-tools';
import type { DecisionChange, DecisionOutcome, WhatIfOutput } from '../protocol/what-if-output';
import { toolError, requestedDataset, requestedTasks } from './tool-input';

/**
 * Compares what the rules advise if a dataset has `num_examples` to train on and no stated splits with what they
 * advise for the annotated size. Throws a {@link ToolError} for names and units that do not fit.
 */
export async function whatIfTool(
  { problem, options: given }: Pick<ToolWorkspace, 'problem' | 'options'>,
  { dataset: name, num_examples: size, unit, task }: WhatIfInput,
  pause: Pause,
): Promise<WhatIfOutput> {
  const { pilots: _, ...options } = given;
  const dataset = requestedDataset(problem, name);
  const changed = withSize(dataset, size, unit);
  const changedProblem: Problem = {
    ...problem,
    datasets: problem.datasets.map(each => (each === dataset ? changed : each)),
  };
  const changes: DecisionChange[] = [];
  const unchanged: DecisionOutcome[] = [];
  for (const target of requestedTasks(problem, task)) {
    await pause();
    const before = byDecision(problem, target.name, options);
    const after = byDecision(changedProblem, target.name, options);
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(key), after.get(key)];
      if (was && is && isSame(was, is)) unchanged.push(outcome(is));
      else changes.push(change(was, is));
    }
  }
  const annotated = trainingSize(dataset);
  return {
    version: 1,
    dataset: name,
    unit: changed.unit,
    ...(annotated ? { before: annotated.value } : {}),
    after: changed.numExamples ?? size,
    changes,
    unchanged,
  };
}

function withSize(dataset: Dataset, value: number, unit: Unit = dataset.unit): Dataset {
  // A dataset without a size has not chosen its unit.
  if (!datasetSize(dataset)) return { ...resized(dataset, value), unit };
  const converted = convertSize({ value, unit }, dataset.unit);
  if (converted === undefined)
    throw toolError(unitsNotConvertible({ dataset: dataset.name, unit: dataset.unit, other: unit }));
  return resized(dataset, converted);
}

function byDecision(problem: Problem, name: string, options: AdviseOptions): ReadonlyMap<string, Advice> {
  const task = problem.tasks.find(each => each.name === name);
  const advice = task ? adviseTarget(problem, task, options) : [];
  return new Map(advice.map(each => [`${each.task} ${each.decision} ${each.stage ?? ''}`, each]));
}

function isSame(one: Advice, other: Advice): boolean {
  const said = ({ recommendation, acceptable, from, confidence }: Advice): string =>
    JSON.stringify([recommendation, acceptable, from, confidence]);
  return said(one) === said(other);
}

function subjectOf({ task, decision, stage }: Advice): Pick<DecisionChange, 'task' | 'decision' | 'stage'> {
  return { task, decision, ...(stage === undefined ? {} : { stage }) };
}

function outcome(advice: Advice): DecisionOutcome {
  const { recommendation, acceptable, from, confidence } = advice;
  return {
    ...subjectOf(advice),
    recommendation,
    acceptable,
    from,
    confidence,
    headline: headline(advice),
  };
}

function change(before: Advice | undefined, after: Advice | undefined): DecisionChange {
  const subject = after ?? before;
  if (!subject) throw new Error('A decision that arises neither before nor after.');
  return {
    ...subjectOf(subject),
    ...(before ? { before: outcome(before) } : {}),
    ...(after ? { after: outcome(after) } : {}),
    conditions: changedConditions(before, after),
  };
}

function changedConditions(
  before: Advice | undefined,
  after: Advice | undefined,
): DecisionChange['conditions'] {
  const byId = (advice: Advice | undefined): ReadonlyMap<string, Advice['conditions'][number]> =>
    new Map(advice?.conditions.map(each => [`${each.strategy}/${each.id}`, each]));
  const [was, is] = [byId(before), byId(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(id => {
    const [old, now] = [was.get(id), is.get(id)];
    const stated = now ?? old;
    if (!stated || old?.status === now?.status) return [];
    return [
      {
        id,
        ...(old ? { before: old.status } : {}),
        ...(now ? { after: now.status } : {}),
        statement: conditionText(stated),
      },
    ];
  });
}
