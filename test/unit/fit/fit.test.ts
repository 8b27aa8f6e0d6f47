import type { Challenger } from '../../../src/advisor/advice';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { evidenceCases } from '../../../bench/eval/case';
import { fitModel, type Result } from '../../../bench/fit/fit';
import { fittedText, publishedText } from '../../../bench/fit/main';
import { PRIORS } from '../../../bench/fit/prior';
import { resultsOf } from '../../../bench/fit/results';
import { OUTCOME_MODELS } from '../../../src/advisor/outcome-coefficients';
import { bestCall, chancesOf, contributions } from '../../../src/advisor/outcome-model';

const ROOT = path.join(__dirname, '../../..');
const EVEN = { loses: 1, ties: 1, wins: 1 };

/** Results of a made-up field: the more of `x`, the likelier a win; `noise` says nothing. */
function results(count: number): Result[] {
  return Array.from({ length: count }, (_, i) => {
    const x = ((i * 7) % 20) / 10 - 1;
    return {
      paper: `paper-${i % 15}`,
      features: { x, noise: ((i * 13) % 9) / 9 },
      outcome: x > 0.3 ? 'wins' : x < -0.3 ? 'loses' : 'ties',
      weight: 1,
    };
  });
}

const PRIOR = { x: { mean: 0, sign: 1 }, noise: { mean: 0 } } as const;

describe('the fit', () => {
  it('finds what decides, and which way', () => {
    const model = fitModel(results(120), PRIOR, EVEN, false);
    assert.ok(chancesOf(model, { x: 1 }).wins > 0.6);
    assert.ok(chancesOf(model, { x: -1 }).loses > 0.6);
    const [, x = 0] = model.features['x'] ?? [];
    const [, noise = 0] = model.features['noise'] ?? [];
    assert.ok(Math.abs(noise) < x / 4);
  });

  it('keeps a weight on the side of zero where theory has it, against all results', () => {
    const model = fitModel(results(120), { ...PRIOR, x: { mean: -0.2, sign: -1 } }, EVEN, false);
    assert.equal(model.features['x']?.[1], 0);
  });

  it('is what was believed before where there are no results', () => {
    const model = fitModel([], { x: { mean: 0.4, sign: 1 } }, EVEN, false);
    assert.ok((model.features['x']?.[1] ?? 0) > 0);
    assert.equal(model.intercept, 0);
  });

  it('is the one that ships', async function () {
    this.timeout(20_000);
    assert.equal(
      await fittedText(),
      readFileSync(path.join(ROOT, 'src/advisor/outcome-coefficients.ts'), 'utf8'),
      'npm run fit',
    );
  });

  it('writes the published results that are in the repository', () => {
    assert.equal(
      publishedText(),
      readFileSync(path.join(ROOT, 'src/advisor/published-results-data.ts'), 'utf8'),
      'npm run fit',
    );
  });

  it('takes nearly all published comparisons of the base', () => {
    const cases = evidenceCases().filter(({ decision }) => decision !== 'adaptation');
    assert.ok(resultsOf(cases).length > 0.99 * cases.length);
  });
});

describe('the models that ship', () => {
  const anyFeatures = (challenger: Challenger): fc.Arbitrary<Record<string, number>> =>
    fc.dictionary(
      fc.constantFrom(...Object.keys(OUTCOME_MODELS[challenger].features)),
      fc.double({ min: -4, max: 5, noNaN: true }),
    );
  const challengers = Object.keys(OUTCOME_MODELS) as Challenger[];

  for (const challenger of challengers)
    it(`give probabilities for ${challenger}`, () => {
      fc.assert(
        fc.property(anyFeatures(challenger), features => {
          const { loses, ties, wins } = chancesOf(OUTCOME_MODELS[challenger], features);
          assert.ok(loses >= 0 && ties >= 0 && wins >= 0);
          assert.ok(Math.abs(loses + ties + wins - 1) < 1e-9);
        }),
      );
    });

  for (const challenger of challengers)
    for (const [name, prior] of Object.entries(PRIORS[challenger]))
      if (prior.sign)
        it(`turn to ${challenger} no ${prior.sign > 0 ? 'less' : 'more'} with more of ${name}`, () => {
          fc.assert(
            fc.property(
              anyFeatures(challenger),
              fc.double({ min: -4, max: 4, noNaN: true }),
              fc.double({ min: 0, max: 3, noNaN: true }),
              (features, value, more) => {
                const model = OUTCOME_MODELS[challenger];
                const before = chancesOf(model, { ...features, [name]: value });
                const after = chancesOf(model, { ...features, [name]: value + more });
                const gained = prior.sign === 1 ? after : before;
                const other = prior.sign === 1 ? before : after;
                assert.ok(gained.wins >= other.wins - 1e-12);
                assert.ok(gained.loses <= other.loses + 1e-12);
                const rank = { loses: 0, ties: 1, wins: 2 };
                assert.ok(rank[bestCall(gained, model.worth)] >= rank[bestCall(other, model.worth)]);
              },
            ),
          );
        });

  it('count for nothing what is not known', () => {
    const model = OUTCOME_MODELS.transfer;
    assert.equal(contributions(model, {}).size, 0);
    assert.equal(contributions(model, { unheardOf: 3 }).size, 0);
    const mean = Object.fromEntries(Object.entries(model.features).map(([name, [at]]) => [name, at]));
    assert.deepEqual(chancesOf(model, mean), chancesOf(model, {}));
  });
});
