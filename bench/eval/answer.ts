// What the advice answers to a case.
import type { Confidence } from '../../src/advisor/advice';
import { adviseTarget } from '../../src/advisor/advisor';
import { problemOf } from '../evidence/problem';
import type { EvalCase } from './case';
import type { Outcome } from './outcomes';

export interface Answer {
  /** The strategies that are called acceptable, the recommended one first; two and more are a tie. */
  readonly called: readonly string[];
  readonly confidence?: Confidence;
  /** How likely the answer says it is right, 0 to 1. */
  readonly probability?: number;
  /** How likely each outcome is, where the answer says so. */
  readonly outcomes?: Readonly<Record<Outcome, number>>;
}

/** The advice on the case's decision; nothing is called where there is none. */
export function adviceAnswer(given: EvalCase): Answer {
  const { problem, task } = problemOf(given);
  const advice = task ? adviseTarget(problem, task) : [];
  const own = advice.find(({ decision, stage }) => decision === given.decision && stage === undefined);
  const chosen = own ?? advice[0];
  return chosen ? { called: chosen.acceptable, confidence: chosen.confidence } : { called: [] };
}
