import * as l10n from '@vscode/l10n';
import type { Advice } from '../../../advisor/advice';
import type { Annotation } from '../../../language/annotation-model';
import { datasetSize } from '../../../language/learning-problem';
import { recommendationSummary, strategyIcon } from '../../../messages/advice-summary';
import { certaintyText, outlookText } from '../../../messages/outlook-text';
import { adviceChangeText, adviceSubject } from '../../../messages/advice-text';
import { conditionLine, conditionsOf, otherStrategies } from '../../../messages/condition-markdown';
import { dataUses } from '../../../messages/data-uses';
import { escape, lines, list, paragraphs } from '../../../messages/markdown';
import { noteText } from '../../../messages/note-text';
import { formatSize } from '../../../messages/quantities';
import { changesOf } from '../../project/advice-changes';
import type { Resolution } from '../../project/project-resolution';

/** More than so many notes or turning points are for the full advice. */
const MAX_LISTED = 3;

/** The advice in one line: "**pneumonia**: transfer learning from object-recognition · high confidence". */
function adviceLine(advice: Advice): string {
  const what = `**${escape(adviceSubject(advice))}**: ${escape(recommendationSummary(advice))}`;
  return `${strategyIcon(advice.recommendation)} ${what} · ${escape(certaintyText(advice))}`;
}

/**
 * The reasons as a hover shows them, in little room: the recommended strategy's conditions, what would change
 * the advice, the other strategies in a line each, notes.
 */
function adviceReasons(advice: Advice, resolution: Resolution): string {
  const changes = changesOf(resolution, advice).map(adviceChangeText);
  return paragraphs([
    escape(outlookText(advice) ?? ''),
    lines(conditionsOf(advice, advice.recommendation).map(conditionLine)),
    titled(l10n.t('The advice changes at'), changes),
    lines(otherStrategies(advice)),
    titled(l10n.t('Notes'), advice.notes.map(noteText)),
  ]);
}

function titled(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const shown = texts.slice(0, MAX_LISTED).map(escape);
  const left = texts.length - shown.length;
  const more = left > 0 ? [escape(l10n.t('And {0} more.', left))] : [];
  return `**${escape(title)}:** ${[...shown, ...more].join(' ')}`;
}

/** What a hover on an annotation says. */
export interface AnnotationHover {
  /** The answer in one line. */
  readonly title: string;
  readonly reasons: string;
  /** The target that commands are offered for. */
  readonly target?: string;
}

/** The hover on an annotation; `undefined` where there is nothing to say (it has no name yet). */
export function annotationHover(annotation: Annotation, resolution: Resolution): AnnotationHover | undefined {
  const name = annotation.name?.value;
  if (name === undefined) return undefined;
  if (annotation.directive === 'dataset') return datasetHover(name, resolution);
  return (
    targetHover(resolution.adviceNamed(name), resolution) ??
    targetHover(stageAdvice(name, resolution), resolution) ??
    sourceHover(name, resolution)
  );
}

/** The advice on a stage of a pipeline, which may be declared as a task: `audio->phonemes`. */
function stageAdvice(name: string, resolution: Resolution): readonly Advice[] {
  return resolution.problem.pipelines
    .flatMap(({ task }) => resolution.adviceNamed(task))
    .filter(({ stage }) => stage === name);
}

/** The first decision with its reasons, what follows from it (a stage's own advice) in a line each. */
function targetHover(advice: readonly Advice[], resolution: Resolution): AnnotationHover | undefined {
  const [first, ...rest] = advice;
  if (!first) return undefined;
  return {
    target: first.task,
    title: lines([first, ...rest].map(adviceLine)),
    reasons: adviceReasons(first, resolution),
  };
}

function datasetHover(name: string, resolution: Resolution): AnnotationHover | undefined {
  const dataset = resolution.problem.datasets.find(candidate => candidate.name === name);
  if (!dataset) return undefined;
  const size = datasetSize(dataset);
  const stated = size ? formatSize(size) : l10n.t('size not stated');
  return servedTargets(`**${escape(name)}** · ${escape(stated)}`, dataset.tasks, resolution);
}

/** A task that nobody asks advice for. */
function sourceHover(name: string, resolution: Resolution): AnnotationHover | undefined {
  if (!resolution.problem.tasks.some(task => task.name === name)) return undefined;
  return servedTargets(
    `**${escape(name)}** · ${escape(l10n.t('not marked as a target'))}`,
    [name],
    resolution,
  );
}

function servedTargets(title: string, tasks: readonly string[], resolution: Resolution): AnnotationHover {
  const uses = dataUses(tasks, resolution.advice(), resolution.problem);
  const [first] = uses.keys();
  if (first === undefined)
    return { title, reasons: escape(l10n.t('With the current advice, no target uses it.')) };
  const served = [...uses].map(([target, use]) => `**${escape(target)}**: ${escape(use.join(', '))}`);
  const advice = resolution.advice().filter(({ task }) => uses.has(task));
  return { title, target: first, reasons: paragraphs([list(served), lines(advice.map(adviceLine))]) };
}
