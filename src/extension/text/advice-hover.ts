import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { flipText, subject } from '../../advisor/text/advice';
import { noteText } from '../../advisor/text/notes';
import type { Resolution } from '../workspace/resolution';
import { conditionLine, conditionsOf, otherStrategies } from './conditions';
import { escape, lines, list, paragraphs } from './markdown';
import { certainty, choice, strategyIcon } from './summary';

/** More than so many notes or turning points are for the full advice. */
const MOST = 3;

/** The advice in one line: "**pneumonia**: transfer learning from object-recognition · high confidence". */
export function adviceLine(advice: Advice): string {
  const what = `**${escape(subject(advice))}**: ${escape(choice(advice))}`;
  return `${strategyIcon(advice.recommendation)} ${what} · ${escape(certainty(advice))}`;
}

/** Advice as a hover shows it: the recommended strategy's conditions, the others in a line each, what would change it. */
export function adviceHover(advice: Advice, resolution: Resolution): string {
  const others = otherStrategies(advice);
  const flips = resolution.flips(advice).map(flipText);
  return paragraphs([
    adviceLine(advice),
    lines(conditionsOf(advice, advice.recommendation).map(conditionLine)),
    section(l10n.t('Other strategies'), lines(others)),
    section(l10n.t('What would change it'), some(flips)),
    section(l10n.t('Notes'), some(advice.notes.map(noteText))),
  ]);
}

function section(title: string, content: string): string {
  return content === '' ? '' : `**${escape(title)}**\n\n${content}`;
}

function some(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST).map(escape);
  const left = texts.length - shown.length;
  return list(left > 0 ? [...shown, escape(l10n.t('and {0} more', left))] : shown);
}
