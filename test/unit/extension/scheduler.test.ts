import assert from 'node:assert/strict';
import { createScheduler, type Clock } from '../../../src/extension/project/scheduler';

function clock(): Clock & { pass: (milliseconds: number) => void } {
  let now = 0;
  const timers = new Map<object, { at: number; run: () => void }>();
  return {
    setTimeout(run, milliseconds) {
      const timer = {};
      timers.set(timer, { at: now + milliseconds, run });
      return timer;
    },
    clearTimeout(timer) {
      timers.delete(timer as object);
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const [timer, { at, run }] of timers)
        if (at <= now) {
          timers.delete(timer);
          run();
        }
    },
  };
}

describe('the scheduler', () => {
  it('runs once for many requests, after the last of them', () => {
    const ran: string[] = [];
    const time = clock();
    const scheduler = createScheduler(key => ran.push(key), time);
    for (let i = 0; i < 5; i++) {
      scheduler.restart('a', 150);
      time.pass(100);
    }
    assert.deepEqual(ran, []);
    time.pass(50);
    assert.deepEqual(ran, ['a']);
  });

  it('does not cut short what waits longer', () => {
    const ran: string[] = [];
    const time = clock();
    const scheduler = createScheduler(key => ran.push(key), time);
    scheduler.restart('a', 1000);
    scheduler.ensure('a', 0);
    time.pass(999);
    assert.deepEqual(ran, []);
    time.pass(1);
    assert.deepEqual(ran, ['a']);
  });

  it('keeps keys apart, runs at once when flushed, and not after its end', () => {
    const ran: string[] = [];
    const time = clock();
    const scheduler = createScheduler(key => ran.push(key), time);
    scheduler.ensure('a', 10);
    scheduler.ensure('b', 20);
    scheduler.ensure('c', 20);
    scheduler.flush('b');
    scheduler.cancel('c');
    time.pass(10);
    assert.deepEqual(ran, ['b', 'a']);
    scheduler.ensure('a', 10);
    scheduler.dispose();
    time.pass(100);
    assert.deepEqual(ran, ['b', 'a']);
  });
});
