// Judges a way of answering on a set of cases.
import { CHECKS, CHECK_WEIGHTS } from '../evidence/record';
import type { Answer } from './answer';
import { leavingPapersOut } from './baselines';
import { bootstrapPapers, type Interval } from './bootstrap';
import type { EvalCase } from './case';
import { balanced, callsTie, halfCredit, strictCredit } from './credit';
import { chancesIn, logLoss, outcomeOf, type Chances } from './outcomes';
import { STRATEGIES } from '../evidence/record';
import { levelsOf, thirdsOf, type Level, type Third } from './reliability';

/** A case with the answer to it. */
export interface Judged {
  readonly given: EvalCase;
  readonly paper: string;
  readonly answer: Answer;
  readonly strict: number;
  readonly half: number;
  readonly chances: Chances;
}

export interface Part {
  readonly name: string;
  readonly cases: number;
  readonly strict: number;
  readonly half: number;
}

export interface Judgement {
  readonly cases: number;
  readonly papers: number;
  readonly strict: number;
  readonly strictInterval: Interval;
  readonly half: number;
  readonly halfInterval: Interval;
  /** Half credit where a case counts as it was checked. */
  readonly halfWeighted: number;
  readonly logLoss: number;
  readonly ties: {
    /** Share of the answers that are ties. */
    readonly called: number;
    /** Share of those whose case is one. */
    readonly right: number;
  };
  readonly byBest: readonly Part[];
  readonly byDecision: readonly Part[];
  readonly byDomain: readonly Part[];
  readonly byCheck: readonly Part[];
  readonly levels: readonly Level[];
  readonly thirds: readonly Third[];
}

/**
 * Scores the answers to `cases`. Chances that an answer does not state are read from the other papers: how often
 * each outcome followed such an answer, at such confidence.
 */
export function judge(cases: readonly EvalCase[], answers: readonly Answer[]): Judged[] {
  const kinds = new Map(
    cases.map((given, i) => {
      const { called = [], confidence = '' } = answers[i] ?? {};
      return [given, `${given.decision} ${kindOf(called, given)} ${confidence}`];
    }),
  );
  const read = leavingPapersOut(cases, (given, others) => {
    const same = others.filter(({ decision }) => decision === given.decision);
    const alike = same.filter(other => kinds.get(other) === kinds.get(given));
    return { called: [], outcomes: chancesIn(alike, same) };
  });
  return cases.map((given, i) => {
    const answer = answers[i] ?? { called: [] };
    return {
      given,
      paper: given.paper,
      answer,
      strict: strictCredit(answer.called, given),
      half: halfCredit(answer.called, given),
      chances: answer.outcomes ?? read[i]?.outcomes ?? chancesIn([], cases),
    };
  });
}

/** The figures of a set of judged cases. */
export function summarize(judged: readonly Judged[]): Judgement {
  const ties = judged.filter(({ answer }) => callsTie(answer.called));
  const part = (name: string, own: readonly Judged[]): Part => ({
    name,
    cases: own.length,
    strict: balancedOf(own, 'strict'),
    half: balancedOf(own, 'half'),
  });
  const parts = (keyOf: (given: EvalCase) => string, order: readonly string[] = []): Part[] =>
    [...new Set([...order, ...judged.map(({ given }) => keyOf(given)).sort()])]
      .map(key =>
        part(
          key,
          judged.filter(({ given }) => keyOf(given) === key),
        ),
      )
      .filter(each => each.cases > 0);
  return {
    cases: judged.length,
    papers: new Set(judged.map(({ paper }) => paper)).size,
    strict: balancedOf(judged, 'strict'),
    strictInterval: bootstrapPapers(judged, drawn => balancedOf(drawn, 'strict')),
    half: balancedOf(judged, 'half'),
    halfInterval: bootstrapPapers(judged, drawn => balancedOf(drawn, 'half')),
    halfWeighted: balancedOf(judged, 'half', ({ given }) => CHECK_WEIGHTS[given.checked]),
    logLoss: logLoss(judged.map(({ given, chances }) => ({ chances, outcome: outcomeOf(given) }))),
    ties: {
      called: ties.length / judged.length,
      right: ties.filter(({ given }) => given.best === 'either').length / ties.length,
    },
    byBest: parts(({ best }) => best),
    byDecision: parts(({ decision }) => decision),
    byDomain: parts(({ domain }) => domain),
    byCheck: parts(({ checked }) => checked, CHECKS),
    ...reliabilityOf(judged),
  };
}

/** By how much `a` is ahead of `b` in half credit on the same cases, with the interval of the difference. */
export function margin(
  a: readonly Judged[],
  b: readonly Judged[],
): { readonly margin: number; readonly interval: Interval } {
  const pairs = a.flatMap((own, i) => {
    const other = b[i];
    return other ? [{ paper: own.paper, own, other }] : [];
  });
  const difference = (drawn: typeof pairs): number =>
    balancedOf(
      drawn.map(({ own }) => own),
      'half',
    ) -
    balancedOf(
      drawn.map(({ other }) => other),
      'half',
    );
  return { margin: difference(pairs), interval: bootstrapPapers(pairs, drawn => difference([...drawn])) };
}

function balancedOf(
  judged: readonly Judged[],
  credit: 'strict' | 'half',
  weightOf: (each: Judged) => number = () => 1,
): number {
  return balanced(
    judged.map(each => ({
      paper: each.paper,
      best: each.given.best,
      credit: each[credit],
      weight: weightOf(each),
    })),
  );
}

function reliabilityOf(judged: readonly Judged[]): Pick<Judgement, 'levels' | 'thirds'> {
  const stated = judged.map(({ answer: { confidence, probability }, strict }) => ({
    ...(confidence !== undefined && { confidence }),
    ...(probability !== undefined && { probability }),
    right: strict === 1,
  }));
  return { levels: levelsOf(stated), thirds: thirdsOf(stated) };
}

function kindOf(called: readonly string[], { decision }: EvalCase): string {
  if (callsTie(called)) return 'tie';
  return called[0] === STRATEGIES[decision][0] ? 'reference' : 'challenger';
}
