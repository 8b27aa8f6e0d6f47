import assert from 'node:assert/strict';
import { decisions, namedPilot } from '../../../../bench/statistics/decisions';
import {
  breakEvenCoverage,
  curveCoverage,
  differenceCoverage,
  familyWiseError,
  foldCoverage,
  worthCoverage,
  type Coverage,
} from '../../../../bench/statistics/simulate';

// `npm run simulate` runs the same at length. With 100 runs and a true share of 95 %, fewer than 90 come once in 70.
const RUNS = 100;

function holds({ name, share, runs, width }: Coverage, least = 0.9): void {
  console.log(
    `        ${(100 * share).toFixed(0)} % of ${runs} hold: ${name} (width ${width.toPrecision(2)})`,
  );
  assert.ok(share >= least, `${name}: ${share}`);
}

describe('the decisions of pilots', function () {
  this.timeout(60_000);

  const made = (truth: Parameters<typeof namedPilot>[0]): ReturnType<typeof decisions> =>
    decisions(...namedPilot(truth, { curve: { sizes: 1, seeds: 3 } }), 40);

  it('hardly ever recommend a costlier arm where none is better', () => {
    const { costlier, covered } = made('no gain');
    assert.ok(costlier <= 0.1, String(costlier));
    assert.ok(covered >= 0.9, String(covered));
  });

  it('hardly ever recommend single-task training, or nothing, where all arms gain six points', () => {
    const { singleTask, undecided } = made('6 points in all arms');
    assert.equal(singleTask, 0);
    assert.ok(undecided <= 0.15, String(undecided));
  });

  it('find the one arm of five that gains six points', () => {
    assert.ok(made('6 points in one arm').right >= 0.5);
  });
});

describe('intervals of 95 %', function () {
  // Simulations: minutes would mean that something is wrong.
  this.timeout(60_000);

  it('hold the true difference, with three seeds and with five', () => {
    for (const seeds of [3, 5])
      for (const seedSpread of [0.02, 0.2])
        holds(differenceCoverage({ seeds, examples: 200, seedSpread, gain: 0.4 }, RUNS));
  });

  it('hold it where each seed is tested on other examples', () => {
    for (const seeds of [3, 5])
      holds(foldCoverage({ seeds, examples: 60, seedSpread: 0.2, gain: 0.4 }, RUNS));
  });

  it('hold the curve where it was measured, and beyond', () => {
    for (const at of [180, 1620, 6000]) holds(curveCoverage(3, at, RUNS));
  });

  it('hold what an arm is worth in examples', () => {
    for (const n of [20, 180, 540]) holds(worthCoverage(3, n, RUNS));
  });

  it('hold the break-even size', () => {
    for (const seeds of [3, 5]) holds(breakEvenCoverage(seeds, RUNS));
  });

  it("call hardly any of five equal arms different, after Holm's correction", () => {
    holds(familyWiseError(5, 4 * RUNS), 0.92);
  });
});
