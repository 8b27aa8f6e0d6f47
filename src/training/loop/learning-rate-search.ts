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

/** Candidates beyond an edge of the grid that are tried at most, in every arm alike. */
const MOST_BEYOND = 2;

/**
 * Tries each candidate from the same start and keeps the one that validates best, in the layers too. Where that is at
 * an edge of the grid, the grid is continued there: the best may lie beyond. One whose loss leaves the numbers is
 * dropped.
 *
 * @param candidates in ascending order of their rates
 * @param beyond the next candidate past an edge, whose rate is `factor` times the edge's; the grid ends there unless given
 * @throws TrainingError `not-finite` when none is left
 */
export async function chooseCandidate<Candidate>(
  layers: readonly Layer[],
  candidates: readonly Candidate[],
  reporter: ProgressReporter,
  tryOne: (candidate: Candidate, reporter: ProgressReporter) => Promise<PhaseOutcome>,
  beyond?: (edge: Candidate, factor: number) => Candidate,
): Promise<Chosen<Candidate>> {
  const start = takeSnapshot(layers);
  const warnings: string[] = [];
  let best:
    { readonly candidate: Candidate; readonly outcome: PhaseOutcome; readonly weights: Snapshot } | undefined;
  const parts = candidates.length + (beyond && candidates.length > 1 ? 1 : 0);
  const attempt = async (candidate: Candidate, from: number, to: number): Promise<boolean> => {
    restoreSnapshot(layers, start);
    try {
      const outcome = await tryOne(candidate, reporter.part(from / parts, to / parts));
      if (!isBetter(outcome.score, best?.outcome.score)) return false;
      best = { candidate, outcome, weights: takeSnapshot(layers) };
      return true;
    } catch (error) {
      if (!isEngineError(error) || error.code !== 'not-finite') throw error;
      warnings.push(learningRateSkipped(error.message));
      return false;
    }
  };
  for (const [i, candidate] of candidates.entries()) await attempt(candidate, i, i + 1);
  const factor = best && edgeOf(best.candidate, candidates);
  if (beyond && factor !== undefined)
    for (let i = 0; i < MOST_BEYOND && best; i++) {
      const next = beyond(best.candidate, factor);
      const [from, to] = [i, i + 1].map(each => candidates.length + each / MOST_BEYOND);
      if (!(await attempt(next, from ?? 0, to ?? 0))) break;
    }
  if (!best) throw trainingError('not-finite', allLearningRatesDiverged(warnings.at(-1) ?? ''));
  restoreSnapshot(layers, best.weights);
  return { ...best.outcome, candidate: best.candidate, warnings };
}

/** Neighbouring rates are about this far apart. */
const STEP = 3;

/** The way past the edge that the best candidate is at; `undefined` where it is inside the grid, or the only one. */
function edgeOf<Candidate>(best: Candidate, candidates: readonly Candidate[]): number | undefined {
  if (candidates.length < 2) return undefined;
  if (best === candidates.at(-1)) return STEP;
  return best === candidates[0] ? 1 / STEP : undefined;
}
