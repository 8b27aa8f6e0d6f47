import type { Diagnostic } from '../annotations/diagnostics';
import type { AnnotatedText } from '../annotations/document';
import type { Modality } from '../annotations/model';
import type { Placed } from '../annotations/parser/scan';
import type { Problem } from '../annotations/problem';
import { contains } from '../annotations/text';
import { escaped, type Insertion } from './insertion';
import { lineBelow } from './line-below';

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
export function declarationBelow(
  text: AnnotatedText,
  placed: Placed,
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
  return { position, text: escaped(before) + words + escaped(after), isSnippet: true };
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
  { code, range, args: [task] }: Pick<Diagnostic, 'code' | 'range' | 'args'>,
  problem: Problem,
): MissingTask | undefined {
  const placed = text.placed.find(({ annotation }) => contains(annotation.range, range.start));
  if (code !== 'unknown-task' || task === undefined || !placed) return undefined;
  const { annotation } = placed;
  const tasks = annotation.directive === 'dataset' ? annotation.fields.task : undefined;
  const last = tasks?.value.at(-1);
  if (tasks && last && !contains(tasks.range, range.start))
    return { kind: 'add-to-dataset', task, position: last.range.end, text: `,${task}`, isSnippet: false };
  const declaration = declarationBelow(text, placed, task, problem);
  return declaration && { kind: 'declare', task, ...declaration };
}
