import type { Advice } from '../advisor/advice';
import type { AnnotatedText } from '../annotations/document';
import type { Annotation } from '../annotations/model';
import type { Placed } from '../annotations/parser/scan';
import type { Problem } from '../annotations/problem';
import { contains, type Position } from '../annotations/text';
import { declarationBelow } from './declare-task';
import type { Insertion } from './insertion';
import { lineBelow } from './line-below';

/** A change of an annotation that the user may choose. Texts are inserted, nothing is replaced. */
export interface Refactoring extends Insertion {
  /** `features-shared-alone`: with this task and with no other of those that were assumed. */
  readonly kind: 'declare-task' | 'features-shared' | 'features-shared-alone' | 'features-not-shared';
  readonly task: string;
  /** The tasks that features are shared with, where that is the question. */
  readonly others: readonly string[];
}

/** Of several tasks, so many are offered one by one. */
const MOST_SINGLE = 3;

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
  const undeclared = new Set(problem.tasks.filter(({ declared }) => !declared).map(({ name }) => name));
  return tasksOf(placed.annotation).flatMap((task): Refactoring[] => {
    const declares = undeclared.has(task);
    if (placed.annotation.directive !== 'task' && !declares) return [];
    const declaration = declares ? declarationBelow(text, placed, task, problem) : undefined;
    return [
      ...(declaration ? [{ kind: 'declare-task' as const, task, others: [], ...declaration }] : []),
      ...answers(assumedSources(adviceOn(task), task)).flatMap(({ kind, others, value }): Refactoring[] => {
        const insertion = stated(text, placed, task, `shares_features_with=${value}`, declares);
        return insertion ? [{ kind, task, others, ...insertion }] : [];
      }),
    ];
  });
}

type Answer = Pick<Refactoring, 'kind' | 'others'> & { readonly value: string };

/** Which of the tasks share features: all of them, one, none. */
function answers(sources: readonly string[]): readonly Answer[] {
  if (sources.length === 0) return [];
  const alone: readonly Answer[] =
    sources.length === 1
      ? []
      : sources
          .slice(0, MOST_SINGLE)
          .map(source => ({ kind: 'features-shared-alone', others: [source], value: source }));
  return [
    { kind: 'features-shared', others: sources, value: sources.join(',') },
    ...alone,
    { kind: 'features-not-shared', others: [], value: 'none' },
  ];
}

/** At the end of the annotation that declares the task, else in a declaration below. */
function stated(
  text: AnnotatedText,
  placed: Placed,
  task: string,
  words: string,
  declares: boolean,
): Insertion | undefined {
  if (!declares) return { position: placed.annotation.range.end, text: ` ${words}`, isSnippet: false };
  const below = lineBelow(text, placed);
  if (!below) return undefined;
  const { position, before, after } = below;
  return { position, text: `${before}@task ${task} ${words}${after}`, isSnippet: false };
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
  const assumed = (own?.conditions ?? []).filter(
    ({ id, status }) => id === 'features-help' && status === 'assumed',
  );
  // Each strategy has its own: what to transfer from, and what to learn together.
  const sources = assumed.flatMap(({ facts: [names] }) =>
    Array.isArray(names) ? (names as readonly string[]) : [],
  );
  return [...new Set(sources)];
}
