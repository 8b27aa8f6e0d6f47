import * as l10n from '@vscode/l10n';
import type { Advice, Condition, Strategy } from '../../../advisor/advice';
import { recommendationSummary } from '../../../messages/advice-summary';
import { certaintyText } from '../../../messages/outlook-text';
import { STRATEGIES, adviceChangeText, adviceSubject } from '../../../messages/advice-text';
import { citationLink, conditionsOf, statusCharacter } from '../../../messages/condition-markdown';
import { conditionText } from '../../../messages/condition-text';
import { escape, list, paragraphs } from '../../../messages/markdown';
import { noteText } from '../../../messages/note-text';
import { strategyName } from '../../../messages/quantities';
import { changesOf } from '../../project/advice-changes';
import type { Resolution } from '../../project/project-resolution';

/** All advice on one target as a page of Markdown. */
export function advicePage(task: string, resolution: Resolution): string {
  const advice = resolution.adviceNamed(task);
  const title = `# ${escape(task)}`;
  if (advice.length === 0)
    return paragraphs([
      title,
      escape(l10n.t('No advice for {0}. Mark it as a target in an annotation.', task)),
    ]);
  return `${paragraphs([title, ...advice.map(each => adviceSection(each, resolution))])}\n`;
}

function adviceSection(advice: Advice, resolution: Resolution): string {
  const changes = changesOf(resolution, advice).map(change => escape(adviceChangeText(change)));
  const order = [...STRATEGIES].sort(
    (one, other) => Number(other === advice.recommendation) - Number(one === advice.recommendation),
  );
  return paragraphs([
    `## ${escape(decisionTitle(advice))}`,
    `**${escape(recommendationSummary(advice))}** · ${escape(certaintyText(advice))}`,
    ...order.map(strategy => conditions(advice, strategy)),
    section(l10n.t('The advice changes at'), changes),
    section(
      l10n.t('Notes'),
      advice.notes.map(note => escape(noteText(note))),
    ),
  ]);
}

function decisionTitle(advice: Advice): string {
  return advice.decision === 'decomposition'
    ? l10n.t('End-to-end or pipeline for {0}', adviceSubject(advice))
    : l10n.t('Training strategy for {0}', adviceSubject(advice));
}

function conditions(advice: Advice, strategy: Strategy): string {
  const name = strategyName(strategy);
  const title = strategy === advice.recommendation ? l10n.t('{0} (recommended)', name) : name;
  return section(title, conditionsOf(advice, strategy).map(conditionItem));
}

function conditionItem(condition: Condition): string {
  const places = [
    ...new Set(condition.evidence.map(({ file, range }) => `${file}:${range.start.line + 1}`)),
  ].join(', ');
  const from = [...(places === '' ? [] : [escape(places)]), citationLink(condition.source)].join(' · ');
  return `${statusCharacter(condition.status)}: ${escape(conditionText(condition))} — ${from}`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${escape(title)}\n\n${list(items)}`;
}
