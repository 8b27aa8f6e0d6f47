import { isEngineError } from '../../engine';
import type { Layer } from '../architectures/encoders';
import { type Snapshot, restoreSnapshot, takeSnapshot } from '../architectures/network';
import { trainingError } from '../training-error';
import { isBetter } from './evaluation';
import type { ProgressReporter } from './progress-reporter';
import type { PhaseOutcome } from './train-phase';
import { allLearningRatesDiverged, learningRateSkipped } from '../../messages/training-messages';

export interface Chosen<Candidate> extends PhaseOutcome {
  readonly candidate: Candidate;
  readonly warnings: readonly string[];
}

/**
 * Tries each candidate from the same start and keeps the one that validates best, in the layers too. One whose loss
 * leaves the numbers is dropped.
 *
 * @throws TrainingError `not-finite` when none is left
 */
export async function chooseCandidate<Candidate>(
  layers: readonly Layer[],
  candidates: readonly Candidate[],
  reporter: ProgressReporter,
  tryOne: (candidate: Candidate, reporter: ProgressReporter) => Promise<PhaseOutcome>,
): Promise<Chosen<Candidate>> {
  const start = takeSnapshot(layers);
  const warnings: string[] = [];
  let best:
    { readonly candidate: Candidate; readonly outcome: PhaseOutcome; readonly weights: Snapshot } | undefined;
  for (const [i, candidate] of candidates.entries()) {
    restoreSnapshot(layers, start);
    try {
      const part = reporter.part(i / candidates.length, (i + 1) / candidates.length);
      const outcome = await tryOne(candidate, part);
      if (isBetter(outcome.score, best?.outcome.score))
        best = { candidate, outcome, weights: takeSnapshot(layers) };
    } catch (error) {
      if (!isEngineError(error) || error.code !== 'not-finite') throw error;
      warnings.push(learningRateSkipped(error.message));
    }
  }
  if (!best) throw trainingError('not-finite', allLearningRatesDiverged(warnings.at(-1) ?? ''));
  restoreSnapshot(layers, best.weights);
  return { ...best.outcome, candidate: best.candidate, warnings };
}
