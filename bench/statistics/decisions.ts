import { type Random, normal, sfc32 } from '../../src/common/random';
import {
  type Choice,
  type Comparison,
  cheapestWorthwhile,
  judge,
  settle,
} from '../../src/experiments/statistics/outcomes';
import type { SizeResults } from '../../src/experiments/statistics/data-size-curve';
import { seedSpread } from '../../src/experiments/statistics/seed-spread';
import { selectedGain } from '../../src/experiments/statistics/selected-gain';
import {
  type Estimate,
  type SeedResult,
  estimate,
  interval,
} from '../../src/experiments/statistics/significance';
import { drawResamples, scorer } from '../../src/training/metrics';

/** A pilot at one size whose truth is known. */
export interface SimulatedPilot {
  readonly seeds: number;
  readonly examples: number;
  /** The standard deviation of an arm's trainings, as a share of all examples: of the control, then of each arm. */
  readonly spreads: readonly number[];
  /** What each arm is truly better by than the control, as a share of all examples there could be. */
  readonly gains: readonly number[];
  readonly margin: number;
  /** Smaller sizes that were measured as well, and their seeds. */
  readonly curve?: { readonly sizes: number; readonly seeds: number };
}

/** The share of the trainings' variance that all seeds have in common, because they share their training examples. */
const FROM_DATA = 0.15;
/**
 * Examples differ in how hard they are, for all arms alike, in logits: the control gets 86 % right, and two trainings of it
 * disagree on 8.5 % of the examples, as the networks of a pilot on tables of 500 rows did.
 */
const [EASE, HARDNESS] = [5.6, 5.2];
/** What a logit more is worth: a share of the examples. */
const PER_LOGIT = 0.0425;
/** A seed's differences vary by about so much before anything is known, as a share. */
export const STATED_SPREAD = 0.02;
/** Half of all gains that pilots look for are smaller, roughly. */
export const GAIN_SCALE = 0.02;

/** Bootstrap draws: with these few a standard error is off by 5 %. */
export const DRAWS = 200;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The share of examples that an arm at a level gets right. */
function shareRight(level: number, spread: number): number {
  let [sum, total] = [0, 0];
  const sd = Math.hypot(HARDNESS, spread);
  for (let z = -6; z <= 6; z += 0.05) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight * sigmoid(EASE + level + sd * z);
    total += weight;
  }
  return sum / total;
}

/** The level at which an arm is better than the control by so much. */
function levelFor(gain: number, spread: number, control: number): number {
  const wanted = shareRight(0, control) + gain;
  let [low, high] = [-20, 20];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shareRight(middle, spread) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Each arm's trainings on one test split: the control, then the others. */
export function trainings(
  { seeds, examples, spreads, gains }: SimulatedPilot,
  random: Random,
): SeedResult[][] {
  const hard = Array.from({ length: examples }, () => EASE + HARDNESS * normal(random));
  const labels = hard.map(() => Math.floor(random() * 4));
  return [0, ...gains].map((gain, arm) => {
    const spread = (spreads[arm] ?? 0) / PER_LOGIT;
    const level =
      levelFor(gain, spread, (spreads[0] ?? 0) / PER_LOGIT) + Math.sqrt(FROM_DATA) * spread * normal(random);
    return Array.from({ length: seeds }, () => {
      const own = level + Math.sqrt(1 - FROM_DATA) * spread * normal(random);
      const predictions = labels.map((label, i) =>
        random() < sigmoid((hard[i] ?? 0) + own) ? label : (label + 1) % 4,
      );
      const score = scorer({ kind: 'classes', labels, predictions }, 'accuracy');
      return { value: score(), score };
    });
  });
}

/** The differences at the smaller sizes of the curve, which tell how far seeds are apart. */
function curve(pilot: SimulatedPilot, run: number): SizeResults[] {
  return Array.from({ length: pilot.curve?.sizes ?? 0 }, (_, size) => {
    const seeds = pilot.curve?.seeds ?? 0;
    const [control = [], ...arms] = trainings({ ...pilot, seeds }, sfc32(run * 7919 + 1000 * (size + 1)));
    return arms.map(arm => ({ n: 1, seeds: arm.map(({ value }, i) => value - (control[i]?.value ?? 0)) }));
  }).flat();
}

export interface SimulatedDecision {
  readonly outcome: 'better' | 'tie' | 'undecided';
  /** The place of the recommended arm, 0 for the control; absent where it is undecided. */
  readonly arm?: number;
  readonly gains: readonly Estimate[];
}

/**
 * What a pilot decides: by the functions that the product's verdict is made of.
 *
 * @param wider so many times as wide as they are the intervals are taken: a decision that then falls alike is a clear one
 */
export function decideSimulated(pilot: SimulatedPilot, run: number, wider = 1): SimulatedDecision {
  const { seeds, examples, margin } = pilot;
  const [control = [], ...arms] = trainings(pilot, sfc32(run * 7919 + 13));
  const resamples = drawResamples(examples, run, DRAWS);
  const differences = arms.map(arm => ({
    n: 1,
    seeds: arm.map(({ value }, i) => value - (control[i]?.value ?? 0)),
  }));
  const spread = seedSpread([...differences, ...curve(pilot, run)], STATED_SPREAD)(1);
  const options = { overlap: 1, spread, floor: 1 / examples };
  const estimated = (one: readonly SeedResult[], other: readonly SeedResult[] | undefined): Estimate => {
    const found = estimate(one, resamples, other, options);
    return { ...found, error: wider * found.error };
  };
  const gains = arms.map(arm => estimated(arm, control));
  const compared = gains.map((gain): Comparison => ({ gain, seeds }));
  const judged = judge(compared, margin);
  const settled = settle(
    compared.map((each, i) => ({ ...each, outcome: judged[i]?.outcome ?? 'undecided' })),
    margin,
  );
  if (settled.kind === 'undecided') return { outcome: 'undecided', gains };
  if (settled.kind !== 'better') return { outcome: settled.kind === 'tie' ? 'tie' : 'better', arm: 0, gains };
  // An arm costs the more the later it stands.
  const choices = settled.arms.map((arm): Choice<number> => ({ arm, cost: 1, order: arm }));
  const chosen = cheapestWorthwhile(choices, margin, (cheaper, costlier) => {
    const measured = estimated(arms[costlier] ?? [], arms[cheaper]);
    return { measured, expected: selectedGain(measured, GAIN_SCALE).value };
  });
  return { outcome: 'better', gains, ...(chosen === undefined ? {} : { arm: chosen + 1 }) };
}

/** How often pilots of one kind decide what. */
export interface Decisions {
  readonly name: string;
  readonly pilot: SimulatedPilot;
  readonly runs: number;
  /** Shares of all runs. */
  readonly singleTask: number;
  readonly costlier: number;
  /** A recommended arm that is within the margin of the truly best. */
  readonly right: number;
  readonly tie: number;
  readonly undecided: number;
  /** Of the 95 % intervals of all arms, those that hold the truth. */
  readonly covered: number;
}

export function decisions(name: string, pilot: SimulatedPilot, runs: number): Decisions {
  const truths = [0, ...pilot.gains];
  const best = Math.max(...truths);
  const made = Array.from({ length: runs }, (_, run) => decideSimulated(pilot, run));
  const share = (holds: (one: SimulatedDecision) => boolean): number => made.filter(holds).length / runs;
  const held = made.flatMap(({ gains }) =>
    gains.map((gain, i) => Math.abs(gain.value - (pilot.gains[i] ?? 0)) <= halfWidth(gain)),
  );
  return {
    ...{ name, pilot, runs },
    singleTask: share(({ arm }) => arm === 0),
    costlier: share(({ arm = 0 }) => arm > 0),
    right: share(({ arm }) => arm !== undefined && (truths[arm] ?? 0) >= best - pilot.margin),
    tie: share(({ outcome }) => outcome === 'tie'),
    undecided: share(({ outcome }) => outcome === 'undecided'),
    covered: held.filter(Boolean).length / held.length,
  };
}

function halfWidth(gain: Estimate): number {
  const { low, high } = interval(gain);
  return (high - low) / 2;
}

const ARMS = 5;
const MARGIN = 0.03;
/** Four smaller sizes with three seeds, as a pilot plans them. */
const CURVE = { sizes: 4, seeds: 3 };

/** A pilot of five arms besides the control, with its parameters in words. */
export function namedPilot(
  truth: 'no gain' | '6 points in all arms' | '6 points in one arm',
  { seeds = 5, examples = 400, spread = 0.01, unlike = 1, curve = CURVE } = {},
): readonly [string, SimulatedPilot] {
  const gains = Array.from({ length: ARMS }, (_, arm) =>
    truth === '6 points in all arms' || (truth === '6 points in one arm' && arm === 2) ? 0.06 : 0,
  );
  // The last arm may vary more than the others.
  const spreads = Array.from({ length: ARMS + 1 }, (_, arm) => (arm === ARMS ? unlike : 1) * spread);
  const name = [
    truth,
    `${seeds} seeds`,
    `${examples} test examples`,
    `trainings ±${(100 * spread).toFixed(1)} points${unlike === 1 ? '' : `, one arm ±${(100 * unlike * spread).toFixed(1)}`}`,
  ].join(', ');
  return [name, { seeds, examples, spreads, gains, margin: MARGIN, curve }];
}

const TRUTHS = ['no gain', '6 points in all arms', '6 points in one arm'] as const;

/** What pilots decide where the truth is known; the margin is three points. */
export function* decisionSimulations(runs: number): Generator<Decisions> {
  for (const seeds of [5, 3, 2])
    for (const truth of TRUTHS) yield decisions(...namedPilot(truth, { seeds }), runs);
  for (const truth of TRUTHS) {
    yield decisions(...namedPilot(truth, { examples: 60 }), runs);
    yield decisions(...namedPilot(truth, { spread: 0.02 }), runs);
    yield decisions(...namedPilot(truth, { unlike: 3 }), runs);
  }
}
