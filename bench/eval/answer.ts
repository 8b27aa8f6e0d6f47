// What the advice answers to a case.
import type { Confidence } from '../../src/advisor/advice';
import { adviseTarget } from '../../src/advisor/advisor';
import type { OutcomeModels } from '../../src/advisor/outcome-model';
import { problemOf } from '../evidence/problem';
import { type ComparedResult, modelsOf } from '../fit/results';
import type { EvalCase } from './case';
import type { Chances } from './outcomes';

export interface Answer {
  /** The strategies that are called acceptable, the recommended one first; two and more are a tie. */
  readonly called: readonly string[];
  readonly confidence?: Confidence;
  /** How likely the answer says it is right, 0 to 1. */
  readonly probability?: number;
  /** How likely each outcome is, where the answer says so. */
  readonly outcomes?: Chances;
}

/** The advice on each case, from models that are fitted to the results of all other papers. */
export function adviceAnswers(cases: readonly EvalCase[], results: readonly ComparedResult[]): Answer[] {
  const models = new Map<string, OutcomeModels>();
  return cases.map(given => {
    const others = models.get(given.paper) ?? modelsOf(results.filter(({ paper }) => paper !== given.paper));
    models.set(given.paper, others);
    return adviceAnswer(given, others);
  });
}

/** The advice on the case's decision; nothing is called where there is none. */
export function adviceAnswer(given: EvalCase, models: OutcomeModels): Answer {
  const { problem, task } = problemOf(given);
  const advice = task ? adviseTarget(problem, task, { models }) : [];
  const own = advice.find(({ decision, stage }) => decision === given.decision && stage === undefined);
  const chosen = own ?? advice[0];
  if (!chosen) return { called: [] };
  const { acceptable: called, confidence, outlook } = chosen;
  return {
    called,
    ...(confidence !== null && { confidence }),
    ...(outlook && { probability: outlook.probability, outcomes: outlook.chances }),
  };
}
