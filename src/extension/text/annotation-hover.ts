import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { formatSize } from '../../advisor/text/format';
import type { Annotation } from '../../annotations/model';
import { datasetSize } from '../../annotations/problem';
import type { Resolution } from '../workspace/resolution';
import { adviceHover, adviceLine } from './advice-hover';
import { escape, lines, list, paragraphs } from './markdown';
import { usesOf } from './uses';

/** What a hover on an annotation says, and which target its links are about. */
export interface AnnotationHover {
  readonly markdown: string;
  readonly target?: string;
}

/** The hover on an annotation; `undefined` where there is nothing to say (it has no name yet). */
export function annotationHover(annotation: Annotation, resolution: Resolution): AnnotationHover | undefined {
  const name = annotation.name?.value;
  if (name === undefined) return undefined;
  if (annotation.directive === 'dataset') return datasetHover(name, resolution);
  const advice = resolution.advice().filter(each => each.task === name);
  return advice.length > 0 ? targetHover(name, advice, resolution) : sourceHover(name, resolution);
}

function targetHover(name: string, advice: readonly Advice[], resolution: Resolution): AnnotationHover {
  const [first, ...rest] = advice;
  if (!first) return { markdown: '' };
  return {
    target: name,
    markdown: paragraphs([adviceHover(first, resolution), lines(rest.map(adviceLine))]),
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
  const advice = resolution.advice().filter(({ stage }) => stage === name);
  if (advice.length > 0 && advice[0])
    return { target: advice[0].task, markdown: adviceHover(advice[0], resolution) };
  if (!resolution.problem.tasks.some(task => task.name === name)) return undefined;
  return servedTargets(`**${escape(name)}** · ${escape(l10n.t('not marked as target'))}`, [name], resolution);
}

function servedTargets(title: string, tasks: readonly string[], resolution: Resolution): AnnotationHover {
  const uses = usesOf(tasks, resolution.advice(), resolution.problem);
  const [first] = uses.keys();
  if (first === undefined) {
    const unused = l10n.t('No target makes use of it, as the advice stands.');
    return { markdown: paragraphs([title, escape(unused)]) };
  }
  const served = [...uses].map(([target, use]) => `**${escape(target)}**: ${escape(use.join(', '))}`);
  const advice = resolution.advice().filter(({ task }) => uses.has(task));
  return { target: first, markdown: paragraphs([title, list(served), lines(advice.map(adviceLine))]) };
}
