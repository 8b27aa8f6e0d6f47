// What published results that are most like a problem gained: an interval for it, and the results themselves.
import type { Challenger, Features, Verdict } from './advice';

/** `points`: of a hundred, or of BLEU; `percent`: by how much of itself an error falls. */
export type GainUnit = 'points' | 'percent';

/** A published comparison that has figures. */
export interface PublishedResult {
  readonly id: string;
  /** Its place in the list of papers. */
  readonly paper: number;
  readonly challenger: Challenger;
  readonly features: Features;
  readonly metric: string;
  /** What the reference and the challenger scored, in the metric's own unit. */
  readonly scores: readonly [reference: number, challenger: number];
  /** By how much the challenger is better than the reference; negative where it is worse. */
  readonly gain: number;
  readonly unit: GainUnit;
}

export interface PublishedPaper {
  readonly citation: string;
  readonly url: string;
}

export interface PublishedResults {
  readonly papers: readonly PublishedPaper[];
  readonly results: readonly PublishedResult[];
  /** By how much the spread of similar results is stretched so that it holds as often as it says. */
  readonly stretch: number;
}

/** What a challenger gains over its reference in 8 of 10 such cases. */
export interface PredictedGain {
  readonly low: number;
  readonly high: number;
  readonly unit: GainUnit;
  /** How many similar results it rests on, and of how many papers. */
  readonly results: number;
  readonly papers: number;
}

/** How often the interval is to hold. */
export const GAIN_COVERAGE = 0.8;
/** Enough for an interval of 80 %, few enough to be alike. */
const MOST_RESULTS = 20;
/** Results of one paper are alike in ways that a new problem is not. */
const MOST_OF_PAPER = 3;
/** Below this nothing is said. */
const LEAST_RESULTS = 8;
const MOST_SHOWN = 3;
/** The squared distance of a feature that only one of two problems states. */
const UNSTATED = 0.25;

/** The results of the same comparison that are most like a problem, the nearest first. */
function nearestResults(
  { challenger, features }: Pick<Verdict, 'challenger' | 'features'>,
  results: readonly PublishedResult[],
): PublishedResult[] {
  const own = new Map(Object.entries(features));
  const ranked = results
    .filter(result => result.challenger === challenger)
    .map(result => ({ result, distance: squaredDistance(own, result.features) }))
    .sort((a, b) => a.distance - b.distance || (a.result.id < b.result.id ? -1 : 1));
  const ofPaper = new Map<number, number>();
  return ranked.flatMap(({ result }) => {
    const count = ofPaper.get(result.paper) ?? 0;
    ofPaper.set(result.paper, count + 1);
    return count < MOST_OF_PAPER ? [result] : [];
  });
}

/** A decade of a size counts as much as a flag: both are 1 in the features. */
function squaredDistance(own: ReadonlyMap<string, number>, features: Features): number {
  let sum = 0;
  let shared = 0;
  for (const [name, value] of Object.entries(features)) {
    const known = own.get(name);
    if (known !== undefined) shared++;
    sum += known === undefined ? UNSTATED : (known - value) ** 2;
  }
  return sum + UNSTATED * (own.size - shared);
}

/** The three most similar results, at most one of a paper. */
export function similarResults(verdict: Verdict, { results }: PublishedResults): PublishedResult[] {
  const papers = new Set<number>();
  return nearestResults(verdict, results)
    .filter(({ paper }) => !papers.has(paper) && papers.add(paper))
    .slice(0, MOST_SHOWN);
}

/** The spread of what similar results gained, before it is stretched; nothing where too few have figures. */
export function spreadOfGains(
  verdict: Pick<Verdict, 'challenger' | 'features'>,
  results: readonly PublishedResult[],
): (PredictedGain & { readonly middle: number }) | undefined {
  const nearest = nearestResults(verdict, results);
  const first = nearest.slice(0, MOST_RESULTS);
  const points = first.filter(({ unit }) => unit === 'points').length;
  const unit: GainUnit = 2 * points >= first.length ? 'points' : 'percent';
  const alike = nearest.filter(result => result.unit === unit).slice(0, MOST_RESULTS);
  if (alike.length < LEAST_RESULTS) return undefined;
  const gains = alike.map(({ gain }) => gain).sort((a, b) => a - b);
  return {
    low: quantile(gains, (1 - GAIN_COVERAGE) / 2),
    middle: quantile(gains, 0.5),
    high: quantile(gains, (1 + GAIN_COVERAGE) / 2),
    unit,
    results: alike.length,
    papers: new Set(alike.map(({ paper }) => paper)).size,
  };
}

/** What the challenger of a comparison gains, by what the most similar published results did. */
export function predictedGain(
  verdict: Pick<Verdict, 'challenger' | 'features'>,
  published: PublishedResults,
): PredictedGain | undefined {
  const spread = spreadOfGains(verdict, published.results);
  if (!spread) return undefined;
  const { middle, low, high, ...rest } = spread;
  const { stretch } = published;
  return { ...rest, low: middle - stretch * (middle - low), high: middle + stretch * (high - middle) };
}

/** Linear between the values, which are in order. */
function quantile(values: readonly number[], share: number): number {
  const at = share * (values.length - 1);
  const below = values[Math.floor(at)] ?? NaN;
  const above = values[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}
