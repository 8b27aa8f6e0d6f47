import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { flipText, subject } from '../../advisor/text/advice';
import { noteText } from '../../advisor/text/notes';
import type { Resolution } from '../workspace/resolution';
import { conditionLine, conditionsOf, otherStrategies } from './conditions';
import { escape, lines, paragraphs } from './markdown';
import { certainty, choice, strategyIcon } from './summary';

/** More than so many notes or turning points are for the full advice. */
const MOST = 3;

/** The advice in one line: "**pneumonia**: transfer learning from object-recognition · high confidence". */
export function adviceLine(advice: Advice): string {
  const what = `**${escape(subject(advice))}**: ${escape(choice(advice))}`;
  return `${strategyIcon(advice.recommendation)} ${what} · ${escape(certainty(advice))}`;
}

/**
 * The reasons as a hover shows them, in little room: the recommended strategy's conditions, what would change
 * the advice, the other strategies in a line each, notes.
 */
export function adviceReasons(advice: Advice, resolution: Resolution): string {
  const flips = resolution.flips(advice).map(flipText);
  return paragraphs([
    lines(conditionsOf(advice, advice.recommendation).map(conditionLine)),
    titled(l10n.t('What would change it'), flips),
    lines(otherStrategies(advice)),
    titled(l10n.t('Notes'), advice.notes.map(noteText)),
  ]);
}

function titled(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const shown = texts.slice(0, MOST).map(escape);
  const left = texts.length - shown.length;
  const more = left > 0 ? [escape(l10n.t('And {0} more.', left))] : [];
  return `**${escape(title)}:** ${[...shown, ...more].join(' ')}`;
}
