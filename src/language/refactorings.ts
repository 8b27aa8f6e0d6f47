import type { Advice } from '../advisor/advice';
import type { AnnotatedText } from '../annotations/document';
import type { Annotation } from '../annotations/model';
import type { Problem } from '../annotations/problem';
import { contains, type Position } from '../annotations/text';

/** A change of an annotation that the user may choose. Texts are inserted, nothing is replaced. */
export interface Refactoring {
  readonly kind: 'declare-task' | 'features-shared' | 'features-not-shared';
  readonly task: string;
  /** The task that features are shared with, where that is the question. */
  readonly other?: string;
  readonly position: Position;
  readonly text: string;
}

/**
 * What may be declared at a position: a task that is only inferred from its dataset or pipeline, and whether
 * features are shared where the advice had to assume it.
 * @param adviceOn the advice on a target, empty where the name is none's
 */
export function refactoringsAt(
  text: AnnotatedText,
  position: Position,
  problem: Problem,
  adviceOn: (target: string) => readonly Advice[],
): readonly Refactoring[] {
  const placed = text.placed.find(({ annotation }) => contains(annotation.range, position));
  if (!placed) return [];
  const { annotation, last } = placed;
  const below = (line: string): Pick<Refactoring, 'position' | 'text'> => ({
    position: { line: last, column: text.lines[last]?.length ?? 0 },
    text: `\n${leaderOf(text, annotation)}${line}`,
  });
  const undeclared = new Set(problem.tasks.filter(({ declared }) => !declared).map(({ name }) => name));
  return tasksOf(annotation).flatMap((task): Refactoring[] => {
    if (!isAlone(text, annotation)) return [];
    const declares = undeclared.has(task);
    if (annotation.directive !== 'task' && !declares) return [];
    const say = (addition: string): Pick<Refactoring, 'position' | 'text'> =>
      declares
        ? below(`@task ${task} ${addition}`)
        : { position: annotation.range.end, text: ` ${addition}` };
    return [
      ...(declares ? [{ kind: 'declare-task' as const, task, ...below(`@task ${task} target`) }] : []),
      ...assumedSources(adviceOn(task), task).flatMap((other): Refactoring[] => [
        { kind: 'features-shared', task, other, ...say(`shares_features_with=${other}`) },
        { kind: 'features-not-shared', task, other, ...say('shares_features_with=none') },
      ]),
    ];
  });
}

function tasksOf(annotation: Annotation): readonly string[] {
  switch (annotation.directive) {
    case 'dataset':
      return (annotation.fields.task?.value ?? []).flatMap(({ value }) => (value.step ? [] : [value.name]));
    case 'task':
    case 'pipeline':
      return annotation.name ? [annotation.name.value] : [];
  }
}

/** The sources whose features the advice assumes to help; none where the annotation answers that already. */
function assumedSources(advice: readonly Advice[], task: string): readonly string[] {
  const own = advice.find(
    each => each.task === task && each.stage === undefined && each.decision === 'learning',
  );
  const assumed = own?.conditions.find(({ id, status }) => id === 'features-help' && status === 'assumed');
  const sources = assumed?.facts[0];
  return Array.isArray(sources) ? (sources as readonly string[]).slice(0, 3) : [];
}

/** Whether the annotation stands in a line comment of its own lines: only there is it certain what goes below it. */
function isAlone({ lines, comments }: AnnotatedText, { range }: Annotation): boolean {
  const [comment] = comments[range.start.line] ?? [];
  const before = lines[range.start.line]?.slice(0, comment?.start).trim();
  return comment?.kind === 'line' && before === comment.leader;
}

function leaderOf({ lines }: AnnotatedText, { range: { start } }: Annotation): string {
  return lines[start.line]?.slice(0, start.column) ?? '';
}
