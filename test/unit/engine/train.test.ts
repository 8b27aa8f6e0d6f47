import assert from 'node:assert/strict';
import fc from 'fast-check';
import { train, type Chunk, type TrainingStep } from '../../../src/engine';

/** A step that takes no time, but says that it took `msPerStep`: `performance.now` tells its time. */
function timedStep(msPerStep: number, clock: { now: number }): TrainingStep {
  let stepsRun = 0;
  const step: Pick<TrainingStep, 'run' | 'stepsRun'> = {
    stepsRun: () => stepsRun,
    run({ steps }) {
      const firstStep = stepsRun;
      stepsRun += steps;
      clock.now += steps * msPerStep;
      return Promise.resolve({ firstStep, losses: new Float32Array(steps), report: {} });
    },
  };
  return step as TrainingStep;
}

const batches = (_: number, steps: number): Chunk => ({ steps, inputs: {}, targets: {}, masks: {} });

/** Trains for some seconds of that clock; when it reported, and when it stopped. */
async function reports(msPerStep: number, seconds: number) {
  const clock = { now: 0 };
  const real = performance.now.bind(performance);
  performance.now = () => clock.now;
  const times: number[] = [];
  const stop = new AbortController();
  try {
    const training = train(timedStep(msPerStep, clock), {
      steps: Number.MAX_SAFE_INTEGER,
      batches,
      signal: stop.signal,
      onProgress() {
        times.push(clock.now);
        if (clock.now >= seconds * 1000) stop.abort();
      },
    });
    await assert.rejects(training, { code: 'cancelled' });
  } finally {
    performance.now = real;
  }
  return { times, stopped: clock.now };
}

describe('training', () => {
  it('reports, and looks whether it is cancelled, 5 to 10 times a second, however short its steps are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.005, max: 95, noNaN: true }), async msPerStep => {
        const { times } = await reports(msPerStep, 20);
        const late = times.filter(time => time > 2000 && time <= 20_000);
        const perSecond = late.length / 18;
        assert.ok(perSecond >= 5 && perSecond <= 11, `${perSecond} reports a second`);
      }),
      { numRuns: 200 },
    );
  });

  it('reports every step where a step is longer than that', async () => {
    const { times } = await reports(700, 7);
    assert.deepEqual(
      times,
      Array.from({ length: 10 }, (_, i) => 700 * (i + 1)),
    );
  });

  it('stops with the chunk in which it is cancelled', async () => {
    const { times, stopped } = await reports(1, 3);
    assert.equal(stopped, times.at(-1));
  });
});
