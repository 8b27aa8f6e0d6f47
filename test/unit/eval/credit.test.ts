import assert from 'node:assert/strict';
import { balanced, halfCredit, strictCredit } from '../../../bench/eval/credit';

const decided = { best: 'transfer', acceptable: ['transfer'] };
const near = { best: 'transfer', acceptable: ['transfer', 'single-task'] };
const tie = { best: 'either', acceptable: ['transfer', 'single-task'] };

describe('the credit of an answer', () => {
  const table: readonly (readonly [string, string[], typeof decided, strict: number, half: number])[] = [
    ['one acceptable strategy on a decided case', ['transfer'], decided, 1, 1],
    ['one strategy that is not acceptable', ['multitask'], decided, 0, 0],
    ['the second of two acceptable strategies on a decided case', ['single-task'], near, 1, 1],
    ['one acceptable strategy on a tie', ['transfer'], tie, 0, 0.5],
    ['a tie of two acceptable strategies', ['transfer', 'single-task'], tie, 1, 1],
    ['a tie of two acceptable strategies on a decided case', ['transfer', 'single-task'], near, 1, 1],
    ['a tie that holds the one acceptable strategy', ['transfer', 'single-task'], decided, 0, 0.5],
    ['a tie that holds one of two', ['transfer', 'multitask'], tie, 0, 0.5],
    ['a tie of three that holds both', ['transfer', 'multitask', 'single-task'], tie, 1, 1],
    ['a tie without an acceptable strategy', ['multitask', 'pipeline'], decided, 0, 0],
    ['no answer', [], decided, 0, 0],
  ];
  for (const [what, called, given, strict, half] of table)
    it(`of ${what} is ${strict}, with half credit ${half}`, () => {
      assert.equal(strictCredit(called, given), strict);
      assert.equal(halfCredit(called, given), half);
    });

  it('is balanced: the mean over what won, however many cases each has', () => {
    const score = (best: string, credit: number, weight = 1) => ({ paper: 'a', best, credit, weight });
    assert.equal(balanced([score('transfer', 1), score('transfer', 1), score('either', 0)]), 0.5);
    assert.equal(balanced([score('transfer', 1, 3), score('transfer', 0, 1)]), 0.75);
    assert.ok(Number.isNaN(balanced([])));
  });
});
