import {
  type Dataset,
  type FileLocation,
  type Problem,
  type Task,
  datasetSize,
} from '../language/learning-problem';
import type { Size } from '../language/annotation-model';
import type { Advice, Decision, Strategy } from './advice';
import { type AdviseOptions, advise } from './advisor';

/** What differs between two versions of a problem, by the name of the dataset or task. */
export type ProblemChange =
  | { readonly kind: 'size'; readonly name: string; readonly before: Size; readonly after: Size }
  | { readonly kind: 'added' | 'removed' | 'edited'; readonly name: string };

/** A target that is advised otherwise than before. */
export interface AdviceShift {
  readonly task: string;
  readonly decision: Decision;
  readonly stage?: string;
  readonly before: Strategy;
  readonly after: Strategy;
  /** Where the target is declared now. */
  readonly reference: FileLocation;
  /** What changed in what the two pieces of advice are about. */
  readonly changes: readonly ProblemChange[];
}

/** The targets of both versions of a problem whose recommended strategy is not the one of before. */
export function compareAdvice(before: Problem, after: Problem, options: AdviseOptions = {}): AdviceShift[] {
  const earlier = new Map(advise(before, options).map(each => [keyOf(each), each]));
  return advise(after, options).flatMap(now => {
    const then = earlier.get(keyOf(now));
    const task = after.tasks.find(({ name }) => name === now.task);
    if (!then || !task || then.recommendation === now.recommendation) return [];
    const concerned = new Set([now.task, now.stage ?? now.task, ...then.from, ...now.from]);
    const changes = problemChanges(before, after);
    const near = changes.filter(({ tasks }) => tasks.some(each => concerned.has(each)));
    return [
      {
        task: now.task,
        decision: now.decision,
        ...(now.stage === undefined ? {} : { stage: now.stage }),
        before: then.recommendation,
        after: now.recommendation,
        reference: task.reference,
        changes: (near.length > 0 ? near : changes).map(({ change }) => change),
      },
    ];
  });
}

function keyOf({ task, decision, stage }: Advice): string {
  return JSON.stringify([task, decision, stage]);
}

interface Change {
  readonly change: ProblemChange;
  /** Of either version. */
  readonly tasks: readonly string[];
}

function problemChanges(before: Problem, after: Problem): Change[] {
  return [
    ...changesOf(before.datasets, after.datasets, datasetChange, ({ tasks }) => tasks),
    ...changesOf(before.tasks, after.tasks, editedTask, ({ name }) => [name]),
  ];
}

function changesOf<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  compare: (then: T, now: T) => ProblemChange | undefined,
  tasksOf: (each: T) => readonly string[],
): Change[] {
  const earlier = new Map(before.map(each => [each.name, each]));
  const later = new Set(after.map(({ name }) => name));
  const kept = after.flatMap(now => {
    const then = earlier.get(now.name);
    const change = then ? compare(then, now) : ({ kind: 'added', name: now.name } as const);
    return change ? [{ change, tasks: [...tasksOf(now), ...(then ? tasksOf(then) : [])] }] : [];
  });
  const gone = before.filter(({ name }) => !later.has(name));
  return [
    ...kept,
    ...gone.map(each => ({ change: { kind: 'removed', name: each.name } as const, tasks: tasksOf(each) })),
  ];
}

function datasetChange(then: Dataset, now: Dataset): ProblemChange | undefined {
  const [before, after] = [datasetSize(then), datasetSize(now)];
  const { name } = now;
  if (before && after && (before.value !== after.value || before.unit !== after.unit))
    return { kind: 'size', name, before, after };
  return isSame(then, now) ? undefined : { kind: 'edited', name };
}

function editedTask(then: Task, now: Task): ProblemChange | undefined {
  return isSame(then, now) ? undefined : { kind: 'edited', name: now.name };
}

/** Whatever line and file it stands in. */
function isSame<T extends Dataset | Task>(
  { reference: _then, ...one }: T,
  { reference: _now, ...other }: T,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
