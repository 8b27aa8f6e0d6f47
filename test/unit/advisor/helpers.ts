import type { Advice, Condition, ConditionId, NoteId } from '../../../src/advisor/advice';
import { type AdviseOptions, advise } from '../../../src/advisor/advisor';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import type { Problem } from '../../../src/language/learning-problem';
import { resolveProblem } from '../../../src/language/resolve-problem';

/** The problem that lines of annotation make, without their comment leaders. */
export function problemOf(...lines: readonly string[]): Problem {
  return problemOfFiles({ 'train.py': lines });
}

export function problemOfFiles(files: Readonly<Record<string, readonly string[]>>): Problem {
  return resolveProblem(
    Object.entries(files).map(([file, lines]) => {
      const text = parseText(lines.map(line => `# ${line}`).join('\n'), 'python');
      return { file, annotations: annotationsOf(text) };
    }),
  );
}

/** The first advice on `task`: the decomposition where there is a pipeline, else the learning decision. */
export function adviceOn(problem: Problem, task: string, options?: AdviseOptions): Advice {
  return find(problem, each => each.task === task, task, options);
}

/** Where the signal comes from: for `task`, or for a learned stage of its pipeline. */
export function learningOn(problem: Problem, task: string, stage?: string): Advice {
  return find(
    problem,
    each => each.task === task && each.decision === 'learning' && each.stage === stage,
    stage ?? task,
  );
}

function find(
  problem: Problem,
  wanted: (advice: Advice) => boolean,
  name: string,
  options?: AdviseOptions,
): Advice {
  const all = advise(problem, options);
  const found = all.find(wanted);
  if (!found)
    throw new Error(`no advice on ${name} among ${all.map(each => each.stage ?? each.task).join()}`);
  return found;
}

type Of<Id extends ConditionId> = Condition & { readonly id: Id };

const isOf = <Id extends ConditionId>(condition: Condition, id: Id): condition is Of<Id> =>
  condition.id === id;

export function condition<Id extends ConditionId>(
  advice: Advice,
  strategy: Condition['strategy'],
  id: Id,
): Of<Id> {
  const own = advice.conditions.filter(each => each.strategy === strategy);
  const found = own.find((each): each is Of<Id> => isOf(each, id));
  if (!found) throw new Error(`${advice.task} has no condition ${strategy}/${id}`);
  return found;
}

export function noteIds(advice: Advice): readonly NoteId[] {
  return advice.notes.map(note => note.id);
}
