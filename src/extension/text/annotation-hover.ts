import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { formatSize } from '../../advisor/text/format';
import type { Annotation } from '../../annotations/model';
import { datasetSize } from '../../annotations/problem';
import type { Resolution } from '../workspace/resolution';
import { adviceLine, adviceReasons } from './advice-hover';
import { escape, lines, list, paragraphs } from './markdown';
import { usesOf } from './uses';

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
  return servedTargets(`**${escape(name)}** · ${escape(l10n.t('not marked as target'))}`, [name], resolution);
}

function servedTargets(title: string, tasks: readonly string[], resolution: Resolution): AnnotationHover {
  const uses = usesOf(tasks, resolution.advice(), resolution.problem);
  const [first] = uses.keys();
  if (first === undefined)
    return { title, reasons: escape(l10n.t('No target makes use of it, as the advice stands.')) };
  const served = [...uses].map(([target, use]) => `**${escape(target)}**: ${escape(use.join(', '))}`);
  const advice = resolution.advice().filter(({ task }) => uses.has(task));
  return { title, target: first, reasons: paragraphs([list(served), lines(advice.map(adviceLine))]) };
}
