import * as l10n from '@vscode/l10n';
import type { Verdict } from '../advisor/advice';
import type { PredictedGain, PublishedResult, PublishedResults } from '../advisor/published-results';
import { strategyName } from './quantities';

/** What a challenger is compared with. */
function referenceOf(challenger: Verdict['challenger']): 'pipeline' | 'single-task' {
  return challenger === 'end-to-end' ? 'pipeline' : 'single-task';
}

/** "Predicted gain of transfer learning over single-task training: +2 to +9 points in 8 of 10 such cases, …" */
export function gainText(
  { challenger }: Pick<Verdict, 'challenger'>,
  { low, high, unit, results, papers }: PredictedGain,
): string {
  const names = [strategyName(challenger), strategyName(referenceOf(challenger))] as const;
  const figures = [signed(low), signed(high), results, papers] as const;
  return unit === 'points'
    ? l10n.t(
        'Predicted gain of {0} over {1}: {2} to {3} points in 8 of 10 such cases, from {4} similar results of {5} papers.',
        ...names,
        ...figures,
      )
    : l10n.t(
        'Predicted gain of {0} over {1}: {2} to {3} % of the error in 8 of 10 such cases, from {4} similar results of {5} papers.',
        ...names,
        ...figures,
      );
}

/** "He 2018, Rethinking ImageNet Pre-training: box AP 35.9 with transfer learning, 36.2 with single-task training" */
export function similarResultText(result: PublishedResult, { papers }: PublishedResults): string {
  const { paper, challenger, metric, scores } = result;
  const [reference, other] = scores;
  return l10n.t(
    '{0}: {1} {2} with {3}, {4} with {5}',
    papers[paper]?.citation ?? result.id,
    metric,
    other,
    strategyName(challenger),
    reference,
    strategyName(referenceOf(challenger)),
  );
}

/** Whole points, with their sign. */
function signed(value: number): string {
  const whole = Math.round(value) + 0;
  return whole > 0 ? `+${whole}` : whole < 0 ? `−${-whole}` : '0';
}
