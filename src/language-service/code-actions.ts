import type { Advice } from '../advisor/advice';
import { sourceAnnotations } from '../advisor/public-sources';
import { type Position, contains } from '../common/text-ranges';
import type { AnnotatedText } from '../language/annotated-text';
import type { Diagnostic } from '../language/annotation-diagnostics';
import type { Annotation, Modality } from '../language/annotation-model';
import type { Problem } from '../language/learning-problem';
import type { PlacedAnnotation } from '../language/parser/annotation-scanner';
import { type Insertion, escapeSnippet, lineBelow } from './comment-insertion';

/** What a task with this kind of input mostly is, the likeliest first. */
const CATEGORIES_OF: Readonly<Record<Modality, readonly string[]>> = {
  image: ['image-classification', 'object-detection', 'image-segmentation', 'keypoint-detection'],
  audio: ['audio-classification', 'automatic-speech-recognition', 'audio-to-audio'],
  text: ['text-classification', 'token-classification', 'question-answering', 'translation', 'summarization'],
  tabular: ['tabular-classification', 'tabular-regression'],
  video: ['video-classification', 'video-text-to-text'],
  sequence: ['time-series-forecasting', 'tabular-classification', 'tabular-regression'],
};

/**
 * A `@task` for a name below an annotation. It says a category, to be filled in, and not `target`: that would end the
 * advice on every other task where none is marked.
 */
function declarationBelow(
  text: AnnotatedText,
  placed: PlacedAnnotation,
  task: string,
  problem: Problem,
): Insertion | undefined {
  const below = lineBelow(text, placed);
  if (!below) return undefined;
  const modality =
    problem.tasks.find(({ name }) => name === task)?.input?.modality ??
    problem.datasets.find(({ tasks, input }) => input && tasks.includes(task))?.input?.modality;
  const categories = modality
    ? CATEGORIES_OF[modality]
    : [...new Set(Object.values(CATEGORIES_OF).map(([likeliest = '']) => likeliest))];
  const { position, before, after } = below;
  // A snippet on a line of its own keeps its indentation; behind the last line, VS Code would add to it.
  if (position.column > 0) {
    const [likeliest = ''] = categories;
    return { position, text: `${before}@task ${task} category=${likeliest}${after}`, isSnippet: false };
  }
  const words = `@task ${task} category=\${1|${categories.join(',')}|}`;
  return { position, text: escapeSnippet(before) + words + escapeSnippet(after), isSnippet: true };
}

/** How a task that is not known can be made known. */
export interface MissingTask extends Insertion {
  readonly kind: 'declare' | 'add-to-dataset';
  readonly task: string;
}

/**
 * What to write for a task that a diagnostic says is unknown: its `@task`, or, where labels are stated for a task
 * that the dataset does not name, one more task of the dataset.
 */
export function missingTask(
  text: AnnotatedText,
  diagnostic: Diagnostic,
  problem: Problem,
): MissingTask | undefined {
  if (diagnostic.code !== 'unknown-task') return undefined;
  const { range, task } = diagnostic;
  const placed = text.placed.find(({ annotation }) => contains(annotation.range, range.start));
  if (!placed) return undefined;
  const { annotation } = placed;
  const tasks = annotation.directive === 'dataset' ? annotation.fields.task : undefined;
  const last = tasks?.value.at(-1);
  if (tasks && last && !contains(tasks.range, range.start))
    return { kind: 'add-to-dataset', task, position: last.range.end, text: `,${task}`, isSnippet: false };
  const declaration = declarationBelow(text, placed, task, problem);
  return declaration && { kind: 'declare', task, ...declaration };
}

/** A change of an annotation that the user may choose. Texts are inserted, nothing is replaced. */
export interface Refactoring extends Insertion {
  /** `features-shared-alone`: with this task and with no other of those that were assumed. */
  readonly kind:
    'declare-task' | 'features-shared' | 'features-shared-alone' | 'features-not-shared' | 'public-source';
  readonly task: string;
  /** The tasks that features are shared with, where that is the question; what a public source is known as. */
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
    const sources = publicSources(text, placed, adviceOn(task), task);
    if (placed.annotation.directive !== 'task' && !declares) return sources;
    const declaration = declares ? declarationBelow(text, placed, task, problem) : undefined;
    return [
      ...(declaration ? [{ kind: 'declare-task' as const, task, others: [], ...declaration }] : []),
      ...answers(assumedSources(adviceOn(task), task)).flatMap(({ kind, others, value }): Refactoring[] => {
        const insertion = stated(text, placed, task, `shares_features_with=${value}`, declares);
        return insertion ? [{ kind, task, others, ...insertion }] : [];
      }),
      ...sources,
    ];
  });
}

/** The public data set that the advice is to start from, written out as annotations below. */
function publicSources(
  text: AnnotatedText,
  placed: PlacedAnnotation,
  advice: readonly Advice[],
  task: string,
): Refactoring[] {
  const source = advice.find(each => each.publicSource)?.publicSource;
  const below = source && lineBelow(text, placed);
  if (!below) return [];
  const { position, before, after } = below;
  const lines = sourceAnnotations(source).map(line => `${before}${line}${after}`);
  return [
    {
      kind: 'public-source',
      task,
      others: [source.knownAs],
      position,
      text: lines.join(''),
      isSnippet: false,
    },
  ];
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
  placed: PlacedAnnotation,
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
  // Each strategy has its own: what to transfer from, and what to learn together.
  const sources = (own?.conditions ?? []).flatMap(condition =>
    condition.id === 'features-help' && condition.status === 'assumed' ? condition.tasks : [],
  );
  return [...new Set(sources)];
}
