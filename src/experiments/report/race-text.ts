import * as l10n from '@vscode/l10n';
import { differenceText } from '../../messages/metric-text';
import type { PilotReport } from '../../protocol/pilot-report';
import type { LookedArm, RaceLook } from '../../protocol/race-file';

type Metric = PilotReport['metric'];

/** What a look has decided, a sentence for each arm that gets no more trials, and whether the race is over. */
export function lookTexts({ round, arms, settled, contenders }: RaceLook, metric: Metric): readonly string[] {
  const best = contenders.find(id => id !== 'single-task') ?? '';
  return [
    ...arms.flatMap(arm => (arm.dropped === undefined ? [] : [dropText(arm, round, best, metric)])),
    ...(settled
      ? [l10n.t('After {0} seeds: settled. More seeds would hardly change the verdict.', round)]
      : []),
  ];
}

function dropText(
  { id, gain, dropped }: LookedArm,
  round: number,
  best: string,
  { name, higherIsBetter }: Metric,
): string {
  const difference = differenceText(
    name,
    higherIsBetter ? gain : { value: -gain.value, low: -gain.high, high: -gain.low },
  );
  switch (dropped) {
    case 'worse':
      return l10n.t(
        'After {0} seeds: {1} is dropped. It is worse than single-task training: {2}.',
        round,
        id,
        difference,
      );
    case 'no-gain':
      return l10n.t(
        'After {0} seeds: {1} is dropped. It does not gain more than the margin over single-task training: {2}.',
        round,
        id,
        difference,
      );
    case 'behind':
      return l10n.t(
        'After {0} seeds: {1} is dropped. It would not be chosen instead of {2}; its difference to single-task training: {3}.',
        round,
        id,
        best,
        difference,
      );
    default:
      return l10n.t(
        'After {0} seeds: {1} is dropped. More seeds would hardly decide on so few test examples: {2}.',
        round,
        id,
        difference,
      );
  }
}
