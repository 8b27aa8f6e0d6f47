import { type Random, normal, sfc32 } from '../../src/common/random';
import { evaluateCurve, fitCurve } from '../../src/experiments/statistics/data-size-curve';
import { breakEven, effectiveExamples } from '../../src/experiments/statistics/effective-examples';
import {
  type SeedResult,
  estimate,
  holm,
  interval,
  pValue,
} from '../../src/experiments/statistics/significance';
import { drawResamples, scorer } from '../../src/training/metrics';
import type { Predictions } from '../../src/protocol/job-files';

/** How often intervals held what they should, and how wide they were. */
export interface Coverage {
  readonly name: string;
  readonly share: number;
  readonly runs: number;
  /** Median width, in the figure's unit. */
  readonly width: number;
}

interface Trial {
  readonly covered: boolean;
  readonly width: number;
}

function coverage(
  name: string,
  runs: number,
  trial: (random: Random, run: number) => Trial | undefined,
): Coverage {
  const trials: Trial[] = [];
  for (let run = 0; run < runs; run++) {
    const done = trial(sfc32(run * 7919 + 13), run);
    if (done) trials.push(done);
  }
  const widths = trials.map(({ width }) => width).sort((a, b) => a - b);
  return {
    name,
    runs: trials.length,
    share: trials.filter(({ covered }) => covered).length / trials.length,
    width: widths[Math.floor(widths.length / 2)] ?? NaN,
  };
}

interface Experiment {
  readonly seeds: number;
  readonly examples: number;
  /** How far apart two trainings of one arm are, in their chance to be right, in logits. */
  readonly seedSpread: number;
  readonly gain: number;
}

/**
 * Two arms on one test split. Examples differ in how hard they are, for both arms alike, and each training has its own
 * level: what the arms get right is correlated, as it is with real networks.
 */
function experiment(
  random: Random,
  { seeds, examples, seedSpread, gain }: Experiment,
): [SeedResult[], SeedResult[]] {
  const hard = Array.from({ length: examples }, () => 1.2 + 1.5 * normal(random));
  const labels = Array.from({ length: examples }, () => Math.floor(random() * 4));
  const arm = (level: number): SeedResult[] =>
    Array.from({ length: seeds }, () => {
      const own = level + seedSpread * normal(random);
      const predictions = labels.map((label, i) =>
        random() < sigmoid((hard[i] ?? 0) + own) ? label : (label + 1 + Math.floor(random() * 3)) % 4,
      );
      const given: Predictions = { kind: 'classes', labels, predictions };
      const score = scorer(given, 'balanced-accuracy');
      return { value: score(), score };
    });
  return [arm(0), arm(gain)];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The true difference in the experiment above: over all examples and trainings there could be. */
function trueDifference(gain: number, seedSpread: number): number {
  const random = sfc32(99);
  let sum = 0;
  const count = 400_000;
  for (let i = 0; i < count; i++) {
    const hard = 1.2 + 1.5 * normal(random);
    sum += sigmoid(hard + gain + seedSpread * normal(random)) - sigmoid(hard + seedSpread * normal(random));
  }
  return sum / count;
}

export function differenceCoverage(given: Experiment, runs: number): Coverage {
  const truth = trueDifference(given.gain, given.seedSpread);
  const name = `difference, ${given.seeds} seeds, ${given.examples} examples, seeds ±${given.seedSpread}`;
  return coverage(name, runs, (random, run) => {
    const [control, arm] = experiment(random, given);
    const resamples = drawResamples(given.examples, run, 200);
    const { low, high } = interval(estimate(arm, resamples, control));
    return { covered: low <= truth && truth <= high, width: high - low };
  });
}

/**
 * Coverage where each seed is tested on examples of its own. Real trainings on such splits share their examples; here they
 * have the share of their spread in common that Nadeau & Bengio's correction is for.
 */
export function foldCoverage(given: Experiment, runs: number): Coverage {
  const truth = trueDifference(given.gain, given.seedSpread);
  const name = `difference, ${given.seeds} seeds on ${given.examples} other examples each, seeds ±${given.seedSpread}`;
  return coverage(name, runs, (random, run) => {
    const shared = [0, given.gain].map(level => level + Math.sqrt(RATIO) * given.seedSpread * normal(random));
    const folds = Array.from({ length: given.seeds }, () =>
      experiment(random, { ...given, seeds: 1, gain: (shared[1] ?? 0) - (shared[0] ?? 0) }),
    );
    const resamples = folds.map((_, fold) => drawResamples(given.examples, run * 100 + fold, 200));
    const { low, high } = interval(
      estimate(
        folds.flatMap(([, arm]) => arm),
        [],
        folds.flatMap(([control]) => control),
        { apart: { resamples, ratio: RATIO } },
      ),
    );
    return { covered: low <= truth && truth <= high, width: high - low };
  });
}

/** Test examples to training examples, of the splits that are made by default. */
const RATIO = 0.125;

/** How often any of several arms that are as good as the control is called different. */
export function familyWiseError(arms: number, runs: number): Coverage {
  const given = { seeds: 5, examples: 300, seedSpread: 0.1, gain: 0 };
  return coverage(`Holm, ${arms} arms without a difference`, runs, (random, run) => {
    const resamples = drawResamples(given.examples, run, 100);
    const [control] = experiment(random, given);
    // The arms share the control, and with it a part of their luck.
    const p = Array.from({ length: arms }, () => {
      const own = control.map(({ value }) => ({ value: value + 0.02 * normal(random) }));
      return pValue(
        estimate(
          own,
          [],
          control.map(({ value }) => ({ value })),
        ),
      );
    });
    return { covered: Math.min(...holm(p)) > 0.05, width: resamples.length };
  });
}

const SIZES = [20, 60, 180, 540, 1620];
const controlAt = (n: number): number => 0.92 - 1.4 * n ** -0.45;
const armAt = (n: number): number => 0.92 - 0.75 * n ** -0.42;

function points(
  random: Random,
  level: (n: number) => number,
  seeds: number,
): { n: number; seeds: number[] }[] {
  return SIZES.map(n => ({
    n,
    seeds: Array.from({ length: seeds }, () => level(n) + (0.12 / Math.sqrt(n) + 0.004) * normal(random)),
  }));
}

const SHARE = { higherIsBetter: true, ideal: 1 };

export function curveCoverage(seeds: number, at: number, runs: number): Coverage {
  return coverage(`curve at ${at} (measured to 1620), ${seeds} seeds`, runs, (random, run) => {
    const curve = fitCurve(points(random, controlAt, seeds), { ...SHARE, seed: run });
    if (curve.kind !== 'power-law') return undefined;
    const { low, high } = evaluateCurve(curve, at);
    const truth = controlAt(at);
    return { covered: low <= truth && truth <= high, width: high - low };
  });
}

export function worthCoverage(seeds: number, n: number, runs: number): Coverage {
  const truth = (1.4 / (0.92 - armAt(n))) ** (1 / 0.45) - n;
  return coverage(
    `effective examples at ${n} (${Math.round(truth)}), ${seeds} seeds`,
    runs,
    (random, run) => {
      const control = points(random, controlAt, seeds);
      const arm = points(random, armAt, seeds).find(point => point.n === n);
      const curve = fitCurve(control, { ...SHARE, seed: run });
      const worth = arm && effectiveExamples(arm, control, curve, { higherIsBetter: true, seed: run });
      if (!worth) return undefined;
      const reach = 4 * 1620 - n;
      const covered = worth.low <= truth && (truth <= worth.high || worth.high >= reach);
      return { covered, width: worth.high - worth.low };
    },
  );
}

export function breakEvenCoverage(seeds: number, runs: number): Coverage {
  const gain = (n: number): number => 0.09 - 0.03 * Math.log10(n);
  const truth = 10 ** ((0.09 - 0.01) / 0.03);
  return coverage(`break-even (${Math.round(truth)}), ${seeds} seeds`, runs, (random, run) => {
    const differences = SIZES.map(n => {
      const drawn = Array.from({ length: seeds }, () => ({ value: gain(n) + 0.01 * normal(random) }));
      return { n, ...estimate(drawn, []) };
    });
    const found = breakEven(differences, 0.01, run);
    return found && { covered: found.low <= truth && truth <= found.high, width: found.high - found.low };
  });
}

/** All simulations, each with so many runs. */
export function* simulations(runs: number): Generator<Coverage> {
  for (const seeds of [3, 5])
    for (const examples of [200, 1000])
      for (const seedSpread of [0.02, 0.2])
        yield differenceCoverage({ seeds, examples, seedSpread, gain: 0.4 }, runs);
  for (const seeds of [3, 5])
    for (const seedSpread of [0.02, 0.2])
      yield foldCoverage({ seeds, examples: 60, seedSpread, gain: 0.4 }, runs);
  for (const seeds of [3, 5]) for (const at of [180, 1620, 6000]) yield curveCoverage(seeds, at, runs);
  for (const seeds of [3, 5]) for (const n of [20, 180, 540]) yield worthCoverage(seeds, n, runs);
  for (const seeds of [3, 5]) yield breakEvenCoverage(seeds, runs);
  yield familyWiseError(5, 4 * runs);
}
