// Answers that need no advice. Those that are learnt are learnt from the other papers.
import { problemOf, shapeOf } from '../evidence/problem';
import { STRATEGIES } from '../evidence/record';
import type { Answer } from './answer';
import type { EvalCase } from './case';
import { halfCredit } from './credit';
import { chancesIn } from './outcomes';

/** How many cases the whole decision counts for beside those of one shape. */
const PRIOR_CASES = 4;

/** Transfer, whatever the case. */
export function alwaysTransfer(cases: readonly EvalCase[]): Answer[] {
  return cases.map(() => ({ called: ['transfer'] }));
}

/** The commonest outcome of the decision in the other papers, with its rates. */
export function baseRates(cases: readonly EvalCase[]): Answer[] {
  return leavingPapersOut(cases, (given, others) => {
    const same = others.filter(({ decision }) => decision === given.decision);
    const commonest = mode(same.map(({ best }) => best)) ?? STRATEGIES[given.decision][0];
    const called = commonest === 'either' ? tieOf(given, same) : [commonest];
    return { called, outcomes: chancesIn([], same) };
  });
}

/**
 * What the shape of the annotations alone suggests (whether there is a pipeline, how many other tasks have data,
 * whether examples are shared; no size, kind of input or name): what won most often on that shape in the other papers.
 */
export function likeliestOfShape(cases: readonly EvalCase[]): Answer[] {
  return fromShape(cases, (given, { alike, same }) => {
    const likeliest = mode(alike.map(({ best }) => best)) ?? mode(same.map(({ best }) => best));
    if (likeliest === undefined) return [STRATEGIES[given.decision][0]];
    return likeliest === 'either' ? tieOf(given, same) : [likeliest];
  });
}

/**
 * The most that shape can do: the answer, ties among them, that would have had the most half credit, balanced over
 * what won, on cases of that shape in the other papers.
 */
export function shapeAlone(cases: readonly EvalCase[]): Answer[] {
  return fromShape(cases, (given, { alike, same, others }) => {
    const frequency = new Map<string, number>();
    for (const { best } of others) frequency.set(best, (frequency.get(best) ?? 0) + 1);
    const share = PRIOR_CASES / Math.max(1, same.length);
    const worth = (called: readonly string[]): number => {
      const of = (some: readonly EvalCase[]): number =>
        some.reduce((sum, each) => sum + halfCredit(called, each) / (frequency.get(each.best) ?? 1), 0);
      return of(alike) + share * of(same);
    };
    return candidates(given).reduce((a, b) => (worth(b) > worth(a) ? b : a));
  });
}

interface OtherPapers {
  /** Of the same decision and shape. */
  readonly alike: readonly EvalCase[];
  /** Of the same decision. */
  readonly same: readonly EvalCase[];
  readonly others: readonly EvalCase[];
}

function fromShape(
  cases: readonly EvalCase[],
  choose: (given: EvalCase, papers: OtherPapers) => readonly string[],
): Answer[] {
  const keys = new Map(cases.map(each => [each, shapeKey(each)]));
  return leavingPapersOut(cases, (given, others) => {
    const same = others.filter(({ decision }) => decision === given.decision);
    const alike = same.filter(each => keys.get(each) === keys.get(given));
    return { called: choose(given, { alike, same, others }), outcomes: chancesIn(alike, same) };
  });
}

/** Answers to each case from the cases of all other papers. */
export function leavingPapersOut(
  cases: readonly EvalCase[],
  answer: (given: EvalCase, others: readonly EvalCase[]) => Answer,
): Answer[] {
  const others = new Map<string, EvalCase[]>();
  for (const { paper } of cases)
    if (!others.has(paper))
      others.set(
        paper,
        cases.filter(each => each.paper !== paper),
      );
  return cases.map(given => answer(given, others.get(given.paper) ?? []));
}

function shapeKey(given: EvalCase): string {
  const { pipeline, others, sharedExamples } = shapeOf(problemOf(given));
  return [pipeline, Math.min(others, 2), sharedExamples].join(' ');
}

/** One strategy, or the reference and one other. */
function candidates({ decision }: EvalCase): (readonly string[])[] {
  const [reference, ...others] = STRATEGIES[decision];
  return [[reference], ...others.map(each => [each]), ...others.map(each => [reference, each])];
}

/** The tie that is commonest among ties of the decision. */
function tieOf({ decision }: EvalCase, same: readonly EvalCase[]): readonly string[] {
  const [reference, first, ...rest] = STRATEGIES[decision];
  const ties = same.filter(({ best }) => best === 'either');
  const named = (strategy: string): number =>
    ties.filter(({ acceptable }) => acceptable.includes(strategy)).length;
  return [reference, [first, ...rest].reduce((a, b) => (named(b) > named(a) ? b : a))];
}

function mode(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
