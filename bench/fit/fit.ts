// Fits an ordinal model with strong priors to published results; deterministic.
import type { Chances, Features } from '../../src/advisor/advice';
import { FIELDS } from '../../src/advisor/comparison-features';
import type { OutcomeModel } from '../../src/advisor/outcome-model';
import { FIELD_SPREAD, PAPER_SPREAD, type Prior, SPREAD, TIE } from './prior';

/** One published result. */
export interface Result {
  readonly paper: string;
  readonly features: Features;
  readonly outcome: keyof Chances;
  /** How far its figures are trusted, 0 to 1. */
  readonly weight: number;
}

interface Column {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly prior: Prior;
  readonly spread: number;
}

/** Constant features would otherwise weigh without bound. */
const LEAST_DEVIATION = 0.25;

/**
 * The most probable weights: each near what is believed of it before, papers apart from each other by an effect of
 * their own, which a new paper has too, so that predictions are drawn towards even odds by as much.
 */
export function fitModel(
  results: readonly Result[],
  priors: Readonly<Record<string, Prior>>,
  worth: Chances,
  withFields: boolean,
): OutcomeModel {
  const columns = columnsOf(results, priors, withFields);
  const posterior = posteriorOf(results, columns);
  const start = [...columns.map(({ prior }) => prior.mean), 0, TIE.mean, ...posterior.papers.map(() => 0)];
  const signs = columns.map(({ prior }) => prior.sign);
  const found = minimize(posterior.lossAndSlope, start, signs);
  // A logistic averaged over a normal effect is about a flatter logistic.
  const flatter = 1 / Math.sqrt(1 + (Math.PI / 8) * PAPER_SPREAD ** 2);
  const k = columns.length;
  return {
    intercept: rounded((found[k] ?? 0) * flatter),
    tie: rounded(Math.exp(found[k + 1] ?? 0) * flatter),
    features: Object.fromEntries(
      columns.map(({ name, mean, deviation }, i) => [
        name,
        [rounded(mean), rounded(((found[i] ?? 0) * flatter) / deviation)] as const,
      ]),
    ),
    worth,
  };
}

const rounded = (value: number): number => Number(value.toFixed(3)) + 0;

function columnsOf(
  results: readonly Result[],
  priors: Readonly<Record<string, Prior>>,
  withFields: boolean,
): Column[] {
  const names = [
    ...Object.entries(priors),
    ...(withFields ? FIELDS.map(name => [name, undefined] as const) : []),
  ];
  return names.map(([name, prior]) => {
    const known = results.flatMap(({ features }) => {
      const value = new Map(Object.entries(features)).get(name);
      return value === undefined ? [] : [value];
    });
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    // What is not known is filled in with the mean, and so adds nothing to the spread.
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, results.length);
    return {
      name,
      mean,
      deviation: Math.max(LEAST_DEVIATION, Math.sqrt(variance)),
      prior: prior ?? { mean: 0 },
      spread: prior ? SPREAD : FIELD_SPREAD,
    };
  });
}

interface Slope {
  readonly loss: number;
  readonly slope: Float64Array;
}

/** Minus the logarithm of the posterior density. Parameters: weights, intercept, logarithm of the tie band, papers. */
function posteriorOf(
  results: readonly Result[],
  columns: readonly Column[],
): { readonly papers: readonly string[]; readonly lossAndSlope: (at: Float64Array) => Slope } {
  const papers = [...new Set(results.map(({ paper }) => paper))].sort();
  const paperOf = results.map(({ paper }) => papers.indexOf(paper));
  const rows = results.map(({ features }) => {
    const values = new Map(Object.entries(features));
    return columns.map(({ name, mean, deviation }) => ((values.get(name) ?? mean) - mean) / deviation);
  });
  const k = columns.length;
  const lossAndSlope = (at: Float64Array): Slope => {
    const slope = new Float64Array(at.length);
    const tie = Math.exp(at[k + 1] ?? 0);
    let loss = 0;
    const draw = (index: number, mean: number, spread: number): void => {
      const off = ((at[index] ?? 0) - mean) / spread;
      loss += (off * off) / 2;
      slope[index] = (slope[index] ?? 0) + off / spread;
    };
    columns.forEach(({ prior, spread }, i) => {
      draw(i, prior.mean, spread);
    });
    draw(k + 1, TIE.mean, TIE.spread);
    papers.forEach((_, i) => {
      draw(k + 2 + i, 0, PAPER_SPREAD);
    });
    results.forEach(({ outcome, weight }, n) => {
      const row = rows[n] ?? [];
      const paper = k + 2 + (paperOf[n] ?? 0);
      let advantage = (at[k] ?? 0) + (at[paper] ?? 0);
      for (let i = 0; i < k; i++) advantage += (row[i] ?? 0) * (at[i] ?? 0);
      const wins = 1 / (1 + Math.exp(tie - advantage));
      const loses = 1 / (1 + Math.exp(tie + advantage));
      const [winSlope, loseSlope] = [wins * (1 - wins), -loses * (1 - loses)];
      const ties = Math.max(1e-9, 1 - wins - loses);
      const [chance, byAdvantage, byTie] =
        outcome === 'wins'
          ? [wins, winSlope, -winSlope]
          : outcome === 'loses'
            ? [loses, loseSlope, loseSlope]
            : [ties, -winSlope - loseSlope, winSlope - loseSlope];
      loss -= weight * Math.log(Math.max(1e-12, chance));
      const pull = (weight * byAdvantage) / Math.max(1e-12, chance);
      for (let i = 0; i < k; i++) slope[i] = (slope[i] ?? 0) - pull * (row[i] ?? 0);
      slope[k] = (slope[k] ?? 0) - pull;
      slope[paper] = (slope[paper] ?? 0) - pull;
      slope[k + 1] = (slope[k + 1] ?? 0) - (weight * byTie * tie) / Math.max(1e-12, chance);
    });
    return { loss, slope };
  };
  return { papers, lossAndSlope };
}

const MOST_STEPS = 2000;
const PRECISION = 1e-10;

/** Projected gradients with momentum, which starts anew where it overshoots; the step is halved until it descends. */
function minimize(
  lossAndSlope: (at: Float64Array) => Slope,
  start: readonly number[],
  signs: readonly (1 | -1 | undefined)[],
): Float64Array {
  const project = (at: Float64Array): Float64Array =>
    at.map((value, i) =>
      signs[i] === 1 ? Math.max(0, value) : signs[i] === -1 ? Math.min(0, value) : value,
    );
  let here = project(Float64Array.from(start));
  let loss = lossAndSlope(here).loss;
  let ahead = here;
  let momentum = 1;
  let step = 0.1;
  for (let i = 0; i < MOST_STEPS; i++) {
    const { loss: lossAhead, slope } = lossAndSlope(ahead);
    let next: Float64Array;
    let lossNext: number;
    for (;;) {
      const size = step;
      next = project(ahead.map((value, j) => value - size * (slope[j] ?? 0)));
      lossNext = lossAndSlope(next).loss;
      let expected = lossAhead;
      next.forEach((value, j) => {
        const moved = value - (ahead[j] ?? 0);
        expected += moved * (slope[j] ?? 0) + (moved * moved) / (2 * size);
      });
      if (lossNext <= expected + 1e-12 || step < 1e-9) break;
      step /= 2;
    }
    if (lossNext > loss && momentum > 1) {
      [ahead, momentum] = [here, 1];
      continue;
    }
    const improved = loss - lossNext;
    const grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / grown;
    const before = here;
    ahead = next.map((value, j) => value + push * (value - (before[j] ?? 0)));
    [here, loss, momentum, step] = [next, lossNext, grown, step * 1.1];
    if (improved >= 0 && improved < PRECISION) break;
  }
  return here;
}
