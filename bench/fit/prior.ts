// What is believed of each feature before the published results are seen.
import type { Challenger } from '../../src/advisor/advice';

/** In log-odds for one standard deviation of the feature. */
export interface Prior {
  readonly mean: number;
  /** Which way a feature may work: fixed where theory and nearly all results agree. */
  readonly sign?: 1 | -1;
}

/** How far a weight may well be from what is believed of it. */
export const SPREAD = 0.25;
/** The same for how one field differs from the others. */
export const FIELD_SPREAD = 0.2;
/** How much papers differ in ways that no feature says (networks, tuning, metrics), in log-odds. */
export const PAPER_SPREAD = 1;
/** The band of a tie, as a logarithm of log-odds. */
export const TIE = { mean: -0.3, spread: 0.5 };

/**
 * The rules of the design: transfer and multitask learning pay with little data of one's own, much of others', and
 * features that help; end-to-end learning with much data for the whole, and little for the stages (Ng 2018).
 */
export const PRIORS: Readonly<Record<Challenger, Readonly<Record<string, Prior>>>> = {
  transfer: {
    ownData: { mean: -0.4, sign: -1 },
    sourceOverOwn: { mean: 0.3, sign: 1 },
    sourceShortfall: { mean: -0.3, sign: -1 },
    surplus: { mean: -0.3, sign: -1 },
    declared: { mean: 0.2, sign: 1 },
    otherInput: { mean: -0.3, sign: -1 },
    capacity: { mean: 0.1, sign: 1 },
    selfSupervised: { mean: 0 },
  },
  multitask: {
    ownData: { mean: -0.3, sign: -1 },
    othersOverOwn: { mean: 0.3, sign: 1 },
    declared: { mean: 0.1, sign: 1 },
    capacity: { mean: 0.1, sign: 1 },
    partners: { mean: 0 },
    sameCategory: { mean: 0 },
    sharedExamples: { mean: 0 },
    sharedDense: { mean: 0, sign: -1 },
  },
  'end-to-end': {
    wholeData: { mean: 0.5, sign: 1 },
    stageOverWhole: { mean: -0.3, sign: -1 },
    engineered: { mean: 0 },
    unstated: { mean: 0 },
    transcription: { mean: 0 },
    speechTranslation: { mean: 0 },
  },
};
