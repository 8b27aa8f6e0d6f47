import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Advice } from '../../../src/advisor/advice';
import { adviceOn, condition, problemOf } from './helpers';

/** Sizes from smallest to largest, as likely in every decade. */
const growing = fc
  .uniqueArray(
    fc
      .tuple(fc.integer({ min: 100, max: 999 }), fc.integer({ min: -2, max: 6 }))
      .map(([digits, power]) => Math.max(1, Math.round(Number(`${digits}e${power}`)))),
    { minLength: 2, maxLength: 8 },
  )
  .map(sizes => sizes.sort((a, b) => a - b));

const size = growing.map(([first = 1]) => first);
const others = fc.array(size, { minLength: 1, maxLength: 5 });

/** How much the advice draws on other tasks. */
function help({ recommendation }: Advice): number {
  return recommendation === 'single-task' ? 0 : 1;
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value >= (values[i - 1] ?? value));
}

interface Sizes {
  readonly own: number;
  readonly others: readonly number[];
  readonly params?: number;
}

/** A target beside tasks that share its features. */
function beside({ own, others, params }: Sizes): Advice {
  const names = others.map((_, i) => `other-${i}`).join(',');
  const problem = problemOf(
    `@dataset own task=target input=image:32x32x3 num_examples=${own}`,
    ...others.map((n, i) => `@dataset data-${i} task=other-${i} input=image:32x32x3 num_examples=${n}`),
    `@task target target category=image-classification shares_features_with=${names}${params === undefined ? '' : ` num_params=${params}`}`,
  );
  return adviceOn(problem, 'target');
}

describe('as data grows', () => {
  it('more of its own never makes a target turn to other tasks', () => {
    fc.assert(
      fc.property(growing, others, (sizes, rest) => {
        const drawn = sizes.map(own => help(beside({ own, others: rest })));
        assert.ok(isAscending(drawn.reverse()), `${sizes.join()} -> ${drawn.join()}`);
      }),
      { numRuns: 60 },
    );
  });

  it('more of another task never makes a target turn away from it', () => {
    fc.assert(
      fc.property(growing, size, others, (sizes, own, rest) => {
        const drawn = sizes.map(n => help(beside({ own, others: [n, ...rest] })));
        assert.ok(isAscending(drawn), `${sizes.join()} -> ${drawn.join()}`);
      }),
      { numRuns: 60 },
    );
  });

  it('more of its own, or less of a source, never makes transfer likelier to win', () => {
    fc.assert(
      fc.property(growing, size, (sizes, other) => {
        const wins = (own: number, source: number): number =>
          beside({ own, others: [source] }).outlook?.chances.wins ?? 0;
        const byOwn = sizes.map(own => wins(own, other));
        assert.ok(isAscending(byOwn.reverse()), `${sizes.join()} -> ${byOwn.join()}`);
        const bySource = sizes.map(source => wins(other, source));
        assert.ok(isAscending(bySource), `${sizes.join()} -> ${bySource.join()}`);
      }),
      { numRuns: 60 },
    );
  });

  it('a smaller source is not taken where data is ample, even one that is declared', () => {
    const { recommendation, confidence } = beside({ own: 50e6, others: [30e6] });
    assert.deepEqual([recommendation, confidence], ['single-task', 'low']);
    assert.equal(beside({ own: 500, others: [300] }).recommendation, 'transfer');
  });

  it('transfer from one source is never from one of less than half the size', () => {
    fc.assert(
      fc.property(size, size, (own, other) => {
        const advice = beside({ own, others: [other] });
        if (advice.from.length > 0) assert.ok(other >= own / 2);
      }),
      { numRuns: 100 },
    );
  });

  it('a larger network never makes a target turn away from other tasks', () => {
    fc.assert(
      fc.property(growing, size, others, (sizes, own, rest) => {
        const drawn = sizes.map(params => help(beside({ own, others: rest, params })));
        assert.ok(isAscending(drawn), `${sizes.join()} -> ${drawn.join()}`);
      }),
      { numRuns: 60 },
    );
  });

  it('more of the whole mapping never leads from end-to-end back to the pipeline', () => {
    fc.assert(
      fc.property(
        growing,
        fc.tuple(size, size),
        fc.constantFrom('', 'real:1', 'class:50', 'box'),
        (sizes, stages, output) => {
          const judged = sizes.map(whole => endToEnd(whole, stages, output));
          assert.ok(isAscending(judged), `${sizes.join()} -> ${judged.join()}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('more of a stage never leads from the pipeline to end-to-end', () => {
    fc.assert(
      fc.property(
        growing,
        size,
        size,
        fc.constantFrom('', 'real:1', 'box'),
        (sizes, whole, other, output) => {
          const judged = sizes.map(stage => endToEnd(whole, [stage, other], output));
          assert.ok(isAscending(judged.reverse()), `${sizes.join()} -> ${judged.join()}`);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** 1 where end-to-end learning is advised. */
function endToEnd(whole: number, [first, second]: readonly [number, number], output: string): number {
  const problem = problemOf(
    '@pipeline y: x -> m -> y',
    `@dataset whole task=x->y input=image num_examples=${whole}`,
    `@dataset first task=x->m input=image num_examples=${first}`,
    `@dataset second task=m->y input=tabular num_examples=${second}`,
    `@task y target${output === '' ? '' : ` output=${output}`}`,
  );
  const advice = adviceOn(problem, 'y');
  assert.equal(condition(advice, 'end-to-end', 'steps-not-worth-their-cost').status, 'assumed');
  return advice.recommendation === 'end-to-end' ? 1 : 0;
}
