import * as l10n from '@vscode/l10n';
import type { Advice, Condition, Status, Strategy } from '../advisor/advice';
import { CITATIONS, type CitationId } from '../advisor/citations';
import { STRATEGIES } from './advice-text';
import { conditionText, statusName, tellingConditions } from './condition-text';
import { escape, link } from './markdown';
import { strategyName } from './quantities';

/** "He 2018", linked where there is something to link to; the whole citation shows on pointing at it. */
export function citationLink(id: CitationId): string {
  const { citation, url } = CITATIONS[id];
  const short = escape(shortCitation(id));
  return url === undefined ? short : link(short, url, citation);
}

/** The first author and the year. */
export function shortCitation(id: CitationId): string {
  if (id === 'choice') return l10n.t('heuristic');
  const { citation } = CITATIONS[id];
  const author = /^\S+?(?=,|\s|$)/.exec(citation)?.[0] ?? citation;
  const year = /\b\d{4}$/.exec(citation)?.[0];
  return year === undefined ? author : `${author} ${year}`;
}

export { statusName };

interface StatusSign {
  /** A codicon. */
  readonly icon: string;
  /** The variable of the theme that colours the icon. */
  readonly color: string;
  /** For texts in which there are no codicons. */
  readonly character: string;
}

const SIGNS: Readonly<Record<Status, StatusSign>> = {
  met: { icon: 'pass', color: 'testing-iconPassed', character: '✓' },
  unmet: { icon: 'circle-slash', color: 'testing-iconFailed', character: '✗' },
  assumed: { icon: 'info', color: 'editorInfo-foreground', character: '≈' },
  unknown: { icon: 'question', color: 'editorWarning-foreground', character: '?' },
};

/** The codicon of a status and the colour of a theme for it. */
export function statusCodicon(status: Status): { readonly icon: string; readonly color: string } {
  const { icon, color } = SIGNS[status];
  return { icon, color: color.replaceAll('-', '.') };
}

/** A coloured icon and the word, for Markdown with icons and HTML: nobody has to tell colours apart. */
function statusIcon(status: Status): string {
  const { icon, color } = SIGNS[status];
  return `<span style="color:var(--vscode-${color});">$(${icon})</span> ${statusName(status)}`;
}

/** A character and the word, for plain Markdown. */
export function statusCharacter(status: Status): string {
  return `${SIGNS[status].character} ${statusName(status)}`;
}

/** A condition with its status and source, in one line. */
export function conditionLine(condition: Condition): string {
  const statement = escape(conditionText(condition));
  return `${statusIcon(condition.status)} · ${statement} ${citationLink(condition.source)}`;
}

/** The conditions of one strategy. */
export function conditionsOf(advice: Advice, strategy: Strategy): readonly Condition[] {
  return tellingConditions(advice.conditions).filter(condition => condition.strategy === strategy);
}

/** The other strategies, each in a line: what speaks against it, or how many of its conditions hold. */
export function otherStrategies(advice: Advice): string[] {
  return STRATEGIES.flatMap(strategy => {
    const conditions = conditionsOf(advice, strategy);
    if (strategy === advice.recommendation || conditions.length === 0) return [];
    return [
      `${statusIcon(worst(conditions))} · **${escape(strategyName(strategy))}**: ${verdict(advice, strategy)}`,
    ];
  });
}

const FROM_WORST: readonly Status[] = ['unmet', 'unknown', 'assumed', 'met'];

function worst(conditions: readonly Condition[]): Status {
  return FROM_WORST.find(status => conditions.some(condition => condition.status === status)) ?? 'met';
}

function verdict(advice: Advice, strategy: Strategy): string {
  const conditions = conditionsOf(advice, strategy);
  const status = worst(conditions);
  const deciding = conditions.find(condition => condition.status === status);
  if (deciding && (status === 'unmet' || status === 'unknown')) return escape(conditionText(deciding));
  return advice.acceptable.includes(strategy)
    ? escape(l10n.t('does equally well here.'))
    : escape(l10n.t('its conditions are met, but the recommended strategy should do better.'));
}
