import { sfc32 } from '../../src/common/random';
import { type Racer, informationShare, lookAt } from '../../src/experiments/statistics/race';
import { type Choice, cheapestWorthwhile, settle } from '../../src/experiments/statistics/outcomes';
import { selectedGain } from '../../src/experiments/statistics/selected-gain';
import { seedSpread } from '../../src/experiments/statistics/seed-spread';
import { type Estimate, type SeedResult, estimate } from '../../src/experiments/statistics/significance';
import { drawResamples } from '../../src/training/metrics';
import {
  DRAWS,
  GAIN_SCALE,
  STATED_SPREAD,
  type SimulatedDecision,
  type SimulatedPilot,
  decideSimulated,
  namedPilot,
  trainings,
} from './decisions';

/** What a race decides, and how many trials that took. */
export interface SimulatedRace extends Omit<SimulatedDecision, 'gains'> {
  readonly trials: number;
}

const FIRST_LOOK = 2;

/** A decision is clear that is the same where all intervals are so many times as wide. */
const CLEAR = 1.25;

/** The race of the product, on the trainings of {@link decideSimulated}: looks after each round from the second on. */
export function raceSimulated(pilot: SimulatedPilot, run: number): SimulatedRace {
  const { seeds, examples, margin } = pilot;
  const [control = [], ...arms] = trainings(pilot, sfc32(run * 7919 + 13));
  const resamples = drawResamples(examples, run, DRAWS);
  const rounds = arms.map(() => 0);
  let racers: readonly Racer[] = arms.map((_, order) => ({
    gain: { value: 0, error: 1, df: 1 },
    seeds: 0,
    looks: [],
    cost: 1,
    order,
  }));
  let trials = 0;
  const take = (all: readonly SeedResult[], count: number): readonly SeedResult[] => all.slice(0, count);
  for (let round = 1; ; round++) {
    trials += 1 + racers.filter(({ dropped }) => dropped === undefined).length;
    racers.forEach(({ dropped }, i) => {
      if (!dropped) rounds[i] = round;
    });
    if (round < FIRST_LOOK) continue;
    const spread = seedSpread(
      arms.map((arm, i) => ({
        n: 1,
        seeds: take(arm, rounds[i] ?? 0).map(({ value }, seed) => value - (control[seed]?.value ?? 0)),
      })),
      STATED_SPREAD,
    )(1);
    const options = { overlap: 1, spread, floor: 1 / examples };
    const between = (one: readonly SeedResult[], other: readonly SeedResult[], count: number): Estimate =>
      estimate(take(one, count), resamples, take(other, count), options);
    racers = racers.map((racer, i): Racer => {
      if (racer.dropped) return racer;
      const gain = between(arms[i] ?? [], control, round);
      const before = racer.looks ?? [];
      const time = round === seeds ? 1 : Math.max(before.at(-1) ?? 0, informationShare(gain, seeds));
      return { ...racer, gain, seeds: round, looks: [...before, time] };
    });
    const gainOver = (one: number, other: number): Estimate =>
      between(arms[one] ?? [], arms[other] ?? [], Math.min(rounds[one] ?? 0, rounds[other] ?? 0));
    const look = lookAt(racers, { margin, seeds, gainScale: GAIN_SCALE, gainOver });
    racers = racers.map((racer, i): Racer => {
      const { outcome = 'undecided', dropped } = look.standings[i] ?? {};
      return dropped === undefined ? racer : { ...racer, dropped: { reason: dropped, outcome } };
    });
    if (!look.settled && round < seeds) continue;
    const settled = settle(
      racers.map((racer, i) => ({
        ...racer,
        outcome: look.standings[i]?.outcome ?? 'undecided',
        nothing: racer.dropped?.reason === 'no-gain',
      })),
      margin,
    );
    if (settled.kind === 'undecided') return { outcome: 'undecided', trials };
    if (settled.kind !== 'better')
      return { outcome: settled.kind === 'tie' ? 'tie' : 'better', arm: 0, trials };
    const choices = settled.arms.map((arm): Choice<number> => ({ arm, cost: 1, order: arm }));
    const chosen = cheapestWorthwhile(choices, margin, (cheaper, costlier) => {
      const measured = gainOver(costlier, cheaper);
      return { measured, expected: selectedGain(measured, GAIN_SCALE).value };
    });
    return { outcome: 'better', trials, ...(chosen === undefined ? {} : { arm: chosen + 1 }) };
  }
}

/**
 * The plain way: all arms but the best are dropped after one round, and the best is taken (i-Epoch, 2024, ranks after one
 * epoch; here its round is a whole training, which flatters it).
 */
export function oneRoundSimulated(pilot: SimulatedPilot, run: number): SimulatedRace {
  const values = trainings(pilot, sfc32(run * 7919 + 13)).map(([first]) => first?.value ?? 0);
  return { outcome: 'better', arm: values.indexOf(Math.max(...values)), trials: values.length };
}

/** How races compare with the exhaustive pilots of the same data. */
export interface RaceComparison {
  readonly name: string;
  readonly runs: number;
  /** Exhaustive pilots that are decided, and those that would be decided alike with intervals a quarter wider. */
  readonly decided: number;
  readonly clear: number;
  /** The shares of these in which the race, and the plain way, recommend the same arm. */
  readonly sameDecided: number;
  readonly same: number;
  readonly sameOneRound: number;
  /** A costlier arm than the control although nothing gains, or one that is beaten by more than the margin. */
  readonly wrong: number;
  readonly wrongOneRound: number;
  /** Means. */
  readonly trials: number;
  readonly exhaustiveTrials: number;
}

export function compareRaces(name: string, pilot: SimulatedPilot, runs: number): RaceComparison {
  const truths = [0, ...pilot.gains];
  const best = Math.max(...truths);
  const isWrong = ({ arm }: { readonly arm?: number }): boolean =>
    arm !== undefined && (best === 0 ? arm > 0 : (truths[arm] ?? 0) < best - pilot.margin);
  const made = Array.from({ length: runs }, (_, run) => ({
    whole: decideSimulated(pilot, run),
    wide: decideSimulated(pilot, run, CLEAR),
    race: raceSimulated(pilot, run),
    oneRound: oneRoundSimulated(pilot, run),
  }));
  const decided = made.filter(({ whole }) => whole.outcome !== 'undecided');
  const clear = decided.filter(({ whole, wide }) => whole.outcome === wide.outcome && whole.arm === wide.arm);
  const share = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
    all.filter(holds).length / Math.max(1, all.length);
  const { sizes = 0, seeds = 0 } = pilot.curve ?? {};
  return {
    name,
    runs,
    decided: decided.length,
    clear: clear.length,
    sameDecided: share(decided, ({ whole, race }) => whole.arm === race.arm),
    same: share(clear, ({ whole, race }) => whole.arm === race.arm),
    sameOneRound: share(clear, ({ whole, oneRound }) => whole.arm === oneRound.arm),
    wrong: share(made, ({ race }) => isWrong(race)),
    wrongOneRound: share(made, ({ oneRound }) => isWrong(oneRound)),
    trials: made.reduce((sum, { race }) => sum + race.trials, 0) / runs,
    exhaustiveTrials: truths.length * (pilot.seeds + sizes * seeds),
  };
}

/** Races of five seeds, where the truth is known; the margin is three points. */
export function* raceSimulations(runs: number): Generator<RaceComparison> {
  for (const truth of ['no gain', '6 points in all arms', '6 points in one arm'] as const) {
    for (const examples of [400, 2000, 60]) yield compareRaces(...namedPilot(truth, { examples }), runs);
    yield compareRaces(...namedPilot(truth, { spread: 0.02 }), runs);
  }
}
