import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { RunManifest } from '../../../src/protocol/run-files';
import { pixelLine } from '../../../src/ui/browser/run/curve-pixels';
import { extentOf, growingExtent } from '../../../src/ui/runs/curve-chart';
import { type CurveOptions, createCurves } from '../../../src/ui/runs/run-curves';
import { runPageMessages } from '../../../src/ui/runs/run-page-messages';
import { createEventEncoder, createRunState, factsOf } from '../../../src/ui/runs/run-state';
import { type Curve, smoothed } from '../../../src/ui/runs/training-curve';
import {
  MAX_POINTS,
  POINT_WIDTH,
  type Trial,
  type Trials,
  addPoints,
  applyDelta,
  emptyPoints,
  valueAt,
} from '../../../src/ui/runs/trial-points';
import { event, plan, result, trial } from '../experiments/support';

const OPTIONS: CurveOptions = { by: 'trial', axis: 'step', smoothing: 0, size: 'latest', hidden: [] };

function trained(seed: number, losses: readonly number[], n = 40): Trial {
  const trials: Trials = new Map();
  const id = `single-task-n${n}-s${seed}`;
  const events = losses.map((loss, step) => event(step, { loss, learningRate: 0.01 }));
  applyDelta(trials, {
    id,
    head: { id, arm: 'single-task', strategy: 'single-task', n, seed },
    status: 'finished',
    ...createEventEncoder('accuracy').encode(events),
  });
  return trials.get(id)!;
}

describe('points of training', () => {
  it('are merged two by two beyond what a chart can show, and lose no validation', () => {
    const points = emptyPoints();
    for (let i = 0; i < 3 * MAX_POINTS; i++) {
      const row = new Float64Array(POINT_WIDTH).fill(NaN);
      row.set([i, i, i, 1]);
      if (i % 2 === 0) row[4] = i;
      addPoints(points, row);
    }
    assert.ok(points.length <= MAX_POINTS);
    assert.ok(points.rows.length <= MAX_POINTS * POINT_WIDTH);
    assert.equal(valueAt(points, points.length - 1, 'step'), 3 * MAX_POINTS - 1);
    for (let i = 0; i < points.length / 2; i++)
      assert.ok(Number.isFinite(valueAt(points, i, 'validationLoss')), `${i}`);
  });

  it('tell what was not measured from what diverged', () => {
    const { points } = createEventEncoder('accuracy').encode([
      event(0, { loss: null as unknown as number }),
      event(1, { validation: { accuracy: 0.5 } }),
    ]);
    assert.deepEqual([...points.slice(3, 6)], [Infinity, NaN, NaN]);
    assert.equal(points[POINT_WIDTH + 5], 0.5);
  });
});

function losses(trials: readonly Trial[], options = OPTIONS, curves = createCurves()): readonly Curve[] {
  return curves.of(trials, options).loss;
}

describe('curves', () => {
  it('show the rate that was chosen, its phases one after another', () => {
    const trials: Trials = new Map();
    const { stretches, points } = createEventEncoder('accuracy').encode([
      event(1, { phase: 'joint', learningRate: 0.001, loss: 9 }),
      event(1, { phase: 'fine-tune', learningRate: 0.0003, loss: 8 }),
      event(1, { phase: 'joint', learningRate: 0.003, loss: 3 }),
      event(4, { phase: 'joint', learningRate: 0.003, loss: 2 }),
      event(2, { phase: 'fine-tune', learningRate: 0.0009, loss: 1 }),
      event(1, { phase: 'joint', learningRate: 0.01, loss: 7 }),
    ]);
    assert.deepEqual(
      stretches.map(({ candidate }) => candidate),
      [0, 0, 1, 1, 2],
    );
    const head = { id: 't', arm: 'a', strategy: 'multitask', seed: 1, n: 40 };
    applyDelta(trials, { id: 't', head, status: 'running', stretches, points });
    const curves = createCurves();
    assert.deepEqual([...(losses([...trials.values()], OPTIONS, curves)[0]?.ys ?? [])], [7]);
    applyDelta(trials, { id: 't', status: 'finished', chosenRate: 0.003 });
    const [curve] = losses([...trials.values()], OPTIONS, curves);
    assert.deepEqual(
      [curve?.xs, curve?.ys].map(values => [...(values ?? [])]),
      [
        [1, 4, 6],
        [3, 2, 1],
      ],
    );
  });

  it('are means over seeds with one standard deviation, where most seeds still train', () => {
    const trials = [trained(1, [1, 2, 3, 4]), trained(2, [3, 4, 5]), trained(3, [2, 3])];
    const [mean, ...others] = losses(trials, { ...OPTIONS, by: 'mean' });
    assert.equal(others.length, 0);
    assert.deepEqual(
      [mean?.xs, mean?.ys].map(values => [...(values ?? [])]),
      [
        [0, 1, 2],
        [2, 3, 4],
      ],
    );
    assert.deepEqual([mean?.low?.[0], mean?.high?.[0]], [1, 3]);
  });

  it('are those of the largest size so far unless asked, without hidden arms, and kept while nothing changes', () => {
    const trials = [trained(1, [1]), trained(1, [2], 80)];
    const curves = createCurves();
    const first = losses(trials, OPTIONS, curves);
    assert.deepEqual(
      first.map(({ n }) => n),
      [80],
    );
    assert.equal(losses(trials, OPTIONS, curves)[0], first[0]);
    assert.equal(losses(trials, { ...OPTIONS, size: 'all' }, curves).length, 2);
    assert.equal(losses(trials, { ...OPTIONS, hidden: ['single-task'] }, curves).length, 0);
  });

  it('have gaps where a loss diverged, and are smoothed without a pull to zero', () => {
    assert.deepEqual([...(losses([trained(1, [1, Infinity, 3])])[0]?.ys ?? [])], [1, NaN, 3]);
    assert.deepEqual(
      [...smoothed(Float64Array.of(5, NaN, 5), 0.9)].map(value => Math.round(value * 1e9) / 1e9),
      [5, NaN, 5],
    );
  });
});

describe('means over seeds', () => {
  it('read each seed between its points where seeds are measured at places of their own', () => {
    const at = (seed: number, rows: readonly (readonly [number, number])[]): Trial => {
      const whole = trained(seed, []);
      const events = rows.map(([step, loss]) => event(step, { loss, learningRate: 0.01 }));
      addPoints(whole.points, createEventEncoder('accuracy').encode(events).points);
      whole.stretches.push({ phase: 'train', learningRate: 0.01, candidate: 0 });
      return whole;
    };
    const trials = [
      at(1, [
        [0, 4],
        [4, 0],
      ]),
      at(2, [
        [0, 2],
        [2, NaN],
        [4, 2],
      ]),
    ];
    const [mean] = losses(trials, { ...OPTIONS, by: 'mean' });
    assert.deepEqual(
      [mean?.xs, mean?.ys].map(values => [...(values ?? [])]),
      [
        [0, 2, 4],
        [3, 2, 1],
      ],
    );
  });
});

describe('the extent of a chart', () => {
  it('stays as it is while curves grow into it, and follows them when they leave it', () => {
    const spanned = (last: number): NonNullable<ReturnType<typeof extentOf>> =>
      extentOf(
        losses([
          trained(
            1,
            Array.from({ length: last + 1 }, (_, i) => 1 + i / 100),
          ),
        ]),
        false,
      )!;
    const first = growingExtent(spanned(100), undefined, false);
    assert.ok(first.x[1] > 100);
    assert.deepEqual(growingExtent(spanned(104), first, false), first);
    const next = growingExtent(spanned(130), first, false);
    assert.ok(next.x[1] > 130 && next.y[1] > 2.3);
    // Nor does it stay far wider than what it shows.
    assert.ok(growingExtent(spanned(20), next, false).x[1] < 30);
  });
});

describe('a curve in pixels', () => {
  it('has the lowest and the highest point of each column, and its gaps', () => {
    const frame = {
      left: 10,
      top: 0,
      width: 2,
      height: 100,
      x: [0, 2],
      y: [0, 100],
      logarithmic: false,
    } as const;
    const { values, length } = pixelLine(
      Float64Array.of(0, 0.25, 0.5, 0.75, 1.5, 1.75),
      Float64Array.of(50, 90, 10, 50, NaN, 20),
      frame,
    );
    assert.deepEqual([...values.subarray(0, length)], [10.25, 10, 10.5, 90, NaN, NaN, 11.75, 80]);
  });
});

describe('the state of a run', () => {
  const { requests, notifications } = runPageMessages;

  it('gives a page all there is, then what is new, and both fit the protocol', () => {
    const { jobs, ...rest } = plan();
    const manifest: RunManifest = {
      ...{ version: 1, id: 'r', started: '2026-01-01T00:00:00Z', ...rest },
      jobs: jobs.map(({ id }) => id),
    };
    const state = createRunState(manifest);
    const [id = ''] = manifest.jobs;
    const delta = state.take(
      {
        state: { state: 'running', updated: '' },
        jobs: [{ id, status: 'finished', restarted: false, events: [event(1)], result: result(id) }],
      },
      () => trial(1),
    );
    assert.ok(v.is(notifications.delta, delta));
    assert.deepEqual([delta.status.finished, delta.status.total, delta.status.secondsLeft], [1, 2, 3]);
    const whole = state.whole();
    assert.equal(whole.trials[0]?.points?.length, POINT_WIDTH);
    assert.equal(whole.trials[0].head?.arm, 'single-task');
    assert.ok(v.is(requests.open.result, { ...whole, facts: factsOf(manifest) }));
  });

  it('refuses messages that do not fit', () => {
    const isFile = (value: unknown): boolean => v.is(requests.save.params, value);
    assert.equal(v.is(notifications.delta, { trials: [] }), false);
    assert.equal(isFile({ name: '../../x.png', content: '' }), false);
    assert.equal(isFile({ name: 'x.exe', content: '' }), false);
    assert.ok(isFile({ name: 'Pilot-of-t-sizes.png', content: new Uint8Array(2) }));
  });
});
