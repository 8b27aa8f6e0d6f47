import assert from 'node:assert/strict';
import { createReporter } from '../../../src/training/loop/progress-reporter';
import { chooseCandidate } from '../../../src/training/loop/learning-rate-search';

describe('the search for a learning rate', () => {
  /** The rates that are tried where one of them is the best, and the one that is kept. */
  async function search(rates: readonly number[], best: number): Promise<{ tried: number[]; kept: number }> {
    const tried: number[] = [];
    const { candidate } = await chooseCandidate(
      [],
      rates,
      createReporter(() => undefined),
      rate => {
        tried.push(Number(rate.toPrecision(3)));
        const value = -Math.abs(Math.log(rate / best));
        return Promise.resolve({ score: { value, loss: 0 }, step: 1, steps: 1 });
      },
      (rate, factor) => rate * factor,
    );
    return { tried, kept: Number(candidate.toPrecision(3)) };
  }

  it('goes on past the edge of the grid that the best rate is at, and stops where it gets worse', async () => {
    assert.deepEqual(await search([0.001, 0.003, 0.01], 0.03), {
      tried: [0.001, 0.003, 0.01, 0.03, 0.09],
      kept: 0.03,
    });
    assert.deepEqual((await search([0.001, 0.003, 0.01], 0.0001)).kept, 0.000111);
    assert.deepEqual((await search([0.001, 0.003, 0.01], 0.0008)).tried, [0.001, 0.003, 0.01, 0.000333]);
  });

  it('tries no more where the best is inside the grid, or the only one', async () => {
    assert.deepEqual((await search([0.001, 0.003, 0.01], 0.003)).tried, [0.001, 0.003, 0.01]);
    assert.deepEqual((await search([0.01], 1)).tried, [0.01]);
  });
});
