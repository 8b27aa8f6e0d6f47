import assert from 'node:assert/strict';
import type { PoolJob } from '../../../src/experiments/executors/local/worker-pool';
import { createTimer } from '../../../src/experiments/executors/remaining-time';

describe('the time that a run still takes', () => {
  const jobs = ['n10', 'n40'].flatMap(n =>
    ['baseline-linear', 'single-task'].map((arm): PoolJob => ({ id: `${arm}-${n}-s1`, needs: [] })),
  );

  /** Seconds left after the jobs of the smaller size, which took so long. */
  function leftAfter(seconds: Readonly<Record<string, number>>): number | undefined {
    let now = 0;
    const timer = createTimer(
      () => jobs,
      new Set(),
      1,
      () => now,
    );
    for (const [job, took] of Object.entries(seconds)) {
      timer.start(job);
      now += took * 1000;
      timer.finish(job);
    }
    return timer.secondsLeft();
  }

  it('takes sizes that were not reached for as long as the longest before', () => {
    assert.equal(leftAfter({ 'single-task-n10-s1': 5 }), 5 + 5 + 5);
  });

  it('takes a smaller size for no longer than a larger one of the same arm', () => {
    assert.equal(leftAfter({ 'baseline-linear-n40-s1': 1, 'single-task-n40-s1': 30 }), 1 + 30);
  });

  it('does not take a quick baseline for as slow as the networks beside it', () => {
    assert.equal(leftAfter({ 'baseline-linear-n10-s1': 0.5, 'single-task-n10-s1': 20 }), 2 + 20);
  });
});
