import * as l10n from '@vscode/l10n';
import type { Advice, Condition, Status, Strategy } from '../../advisor/advice';
import { STRATEGIES } from '../../advisor/text/advice';
import { conditionText } from '../../advisor/text/conditions';
import { strategyName } from '../../advisor/text/format';
import { escape } from './markdown';
import { sourceLink } from './sources';
import { statusIcon } from './status';

/** A condition with its status and source, in one line. */
export function conditionLine(condition: Condition): string {
  const statement = escape(conditionText(condition));
  return `${statusIcon(condition.status)} · ${statement} ${sourceLink(condition.source)}`;
}

/** The conditions of one strategy. */
export function conditionsOf(advice: Advice, strategy: Strategy): readonly Condition[] {
  return advice.conditions.filter(condition => condition.strategy === strategy);
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
    ? escape(l10n.t('as good here.'))
    : escape(l10n.t('its conditions hold, but the recommended strategy promises more.'));
}
