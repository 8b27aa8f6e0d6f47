import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Challenger } from '../../../src/advisor/advice';
import {
  type PublishedResult,
  type PublishedResults,
  predictedGain,
  similarResults,
} from '../../../src/advisor/published-results';
import { PUBLISHED_RESULTS } from '../../../src/advisor/published-results-data';
import type { Verdict } from '../../../src/advisor/advice';

interface Made {
  readonly paper: number;
  readonly x: number;
  readonly gain: number;
  readonly challenger?: Challenger;
}

function published(made: readonly Made[]): PublishedResults {
  const results = made.map(({ paper, x, gain, challenger = 'transfer' }, i): PublishedResult => ({
    id: `result-${i}`,
    paper,
    challenger,
    features: { x },
    metric: 'accuracy',
    scores: [50, 50 + gain],
    gain,
    unit: 'points',
  }));
  return { papers: [], results, stretch: 1 };
}

const at = (x: number): Verdict => ({
  challenger: 'transfer',
  features: { x },
  chances: { loses: 0.1, ties: 0.2, wins: 0.7 },
  call: 'wins',
  probability: 0.7,
});

/** Two regimes: little is gained at 0, much at 10. */
const REGIMES = published(
  Array.from({ length: 60 }, (_, i) => ({
    paper: i,
    x: i < 30 ? 0 : 10,
    gain: (i < 30 ? 0 : 20) + (i % 11) - 5,
  })),
);

describe('a predicted gain', () => {
  it('is that of the results that are most like the problem', () => {
    const [little, much] = [predictedGain(at(0.2), REGIMES), predictedGain(at(9), REGIMES)];
    assert.ok(little && much);
    assert.ok(little.low >= -5 && little.high <= 5 && little.low < 0 && little.high > 0);
    assert.ok(much.low >= 15 && much.high <= 25);
    assert.deepEqual([little.results, little.papers, little.unit], [20, 20, 'points']);
  });

  it('is wider where the spread has to be stretched', () => {
    const [plain, stretched] = [
      predictedGain(at(0), REGIMES),
      predictedGain(at(0), { ...REGIMES, stretch: 2 }),
    ];
    assert.ok(plain && stretched);
    assert.ok(Math.abs(stretched.high - stretched.low - 2 * (plain.high - plain.low)) < 1e-9);
  });

  it('rests on at most three results of a paper, and on none of another comparison', () => {
    const one = published(Array.from({ length: 40 }, (_, i) => ({ paper: i % 5, x: 0, gain: i })));
    assert.deepEqual([predictedGain(at(0), one)?.results, predictedGain(at(0), one)?.papers], [15, 5]);
    const others = published(
      Array.from({ length: 40 }, (_, i) => ({ paper: i, x: 0, gain: i, challenger: 'multitask' })),
    );
    assert.equal(predictedGain(at(0), others), undefined);
    assert.deepEqual(similarResults(at(0), others), []);
  });

  it('does not depend on the order of the results', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...PUBLISHED_RESULTS.results], {
          minLength: PUBLISHED_RESULTS.results.length,
        }),
        fc.constantFrom(...PUBLISHED_RESULTS.results),
        (results, { features, challenger }) => {
          const verdict = { ...at(0), features, challenger };
          const shuffled = { ...PUBLISHED_RESULTS, results };
          assert.deepEqual(predictedGain(verdict, shuffled), predictedGain(verdict, PUBLISHED_RESULTS));
          assert.deepEqual(similarResults(verdict, shuffled), similarResults(verdict, PUBLISHED_RESULTS));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('has its own result among the nearest, and three papers', () => {
    for (const result of PUBLISHED_RESULTS.results.filter((_, i) => i % 20 === 0)) {
      const similar = similarResults({ ...at(0), ...result }, PUBLISHED_RESULTS);
      assert.equal(new Set(similar.map(({ paper }) => paper)).size, 3);
      assert.ok(similar.every(({ challenger }) => challenger === result.challenger));
    }
  });
});
