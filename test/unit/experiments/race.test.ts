import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normal, sfc32 } from '../../../src/common/random';
import { openRace } from '../../../src/experiments/race/run-race';
import { takeLook } from '../../../src/experiments/race/take-look';
import { reportOf } from '../../../src/experiments/report/build-report';
import { lookTexts } from '../../../src/experiments/report/race-text';
import type { Arm, TrialResult, TrialSpec } from '../../../src/protocol/job-files';
import type { RaceLook } from '../../../src/protocol/race-file';
import type { JobSnapshot, RunManifest, RunSnapshot } from '../../../src/protocol/run-files';
import { plan, trial } from './support';

const ARMS: readonly Arm[] = [
  { id: 'single-task', strategy: 'single-task', from: [] },
  { id: 'transfer-head', strategy: 'transfer', variant: 'head', from: ['s'] },
  { id: 'transfer-full', strategy: 'transfer', variant: 'full', from: ['s'] },
  { id: 'multitask-joint', strategy: 'multitask', variant: 'joint', from: ['s'] },
];
const LEVELS = new Map([
  ['single-task', 0.7],
  ['transfer-head', 0.5],
  ['transfer-full', 0.85],
  ['multitask-joint', 0.71],
]);
const SIZES = [10, 40];

const specs: readonly TrialSpec[] = [40, 10].flatMap(n =>
  [1, 2, 3, 4, 5].flatMap(seed =>
    ARMS.map((arm): TrialSpec => ({ ...trial(seed), arm, n, id: `${arm.id}-n${n}-s${seed}` })),
  ),
);

function resultOf({ id, arm, n, seed }: TrialSpec): TrialResult {
  const random = sfc32(seed * 1000 + n + arm.id.length * 77);
  const right = (LEVELS.get(arm.id) ?? 0) + 0.01 * normal(random);
  const labels = Array.from({ length: 400 }, (_, i) => i % 2);
  const predictions = labels.map(label => (random() < right ? label : 1 - label));
  const value = labels.filter((label, i) => label === predictions[i]).length / labels.length;
  return {
    ...{ version: 1, id, value, metrics: { accuracy: value }, seconds: random(), warnings: [] },
    test: { kind: 'classes', labels, predictions },
    examples: { train: n, validation: 10, test: 400 },
  };
}

const { jobs: _, ...planned } = plan([]);
const manifest: RunManifest = {
  ...planned,
  ...{ version: 1, id: 'r', started: '', effort: 'usual', method: 2, available: 40 },
  arms: [...ARMS],
  sizes: SIZES,
  seeds: [1, 2, 3, 4, 5],
  jobs: specs.map(({ id }) => id),
  rules: { version: 1, advice: [], diagnostics: [] },
  fingerprint: { annotations: '', data: {} },
  warnings: [],
};

function snapshot(done: ReadonlySet<string>, looks: readonly RaceLook[] = []): RunSnapshot {
  const jobs = specs.map((spec): JobSnapshot => {
    const isDone = done.has(spec.id);
    return {
      ...{ spec, events: [], status: isDone ? 'finished' : 'waiting' },
      ...(isDone ? { result: resultOf(spec) } : {}),
    };
  });
  return { manifest, state: { state: 'running', updated: '' }, jobs, looks };
}

interface Raced {
  readonly rounds: readonly (readonly string[])[];
  readonly done: ReadonlySet<string>;
}

/** Runs a race in a folder, its jobs in an order of their own, until so many have finished. */
async function race(
  folder: string,
  {
    most = Infinity,
    before = new Set(),
    backwards = false,
  }: { readonly most?: number; readonly before?: ReadonlySet<string>; readonly backwards?: boolean } = {},
): Promise<Raced> {
  const done = new Set(before);
  const rounds: string[][] = [];
  const { next } = await openRace({
    ...{ folder, manifest, specs, isDone: job => done.has(job), onLook: () => undefined },
    reader: { read: () => Promise.resolve(snapshot(done)) },
  });
  for (let round = await next(); round.length > 0; round = await next()) {
    const ids = round.map(({ id }) => id);
    rounds.push(ids);
    for (const id of backwards ? ids.toReversed() : ids) {
      if (done.size >= most) return { rounds, done };
      done.add(id);
    }
  }
  return { rounds, done };
}

const looksIn = (folder: string): readonly RaceLook[] =>
  (JSON.parse(readFileSync(path.join(folder, 'race.json'), 'utf8')) as { looks: RaceLook[] }).looks;

describe('a race of arms', () => {
  const folders: string[] = [];
  const folder = (): string => {
    const made = mkdtempSync(path.join(tmpdir(), 'race-'));
    folders.push(made);
    return made;
  };
  after(() => {
    for (const each of folders) rmSync(each, { recursive: true });
  });

  it('runs two rounds, looks, and gives those that have lost no more trials', async () => {
    const where = folder();
    const { rounds, done } = await race(where);
    assert.deepEqual(
      rounds[0],
      [1, 2].flatMap(seed => ARMS.map(({ id }) => `${id}-n40-s${seed}`)),
    );
    const looks = looksIn(where);
    const dropped = looks.flatMap(({ round, arms }) =>
      arms.flatMap(({ id, dropped: reason }) => (reason === undefined ? [] : [[round, id, reason]])),
    );
    assert.deepEqual(dropped[0], [2, 'transfer-head', 'worse']);
    assert.ok(!done.has('transfer-head-n40-s3'));
    assert.equal(looks.at(-1)?.settled, true);
    // Then the curves of the winner and of the control.
    assert.deepEqual([...done].filter(id => id.includes('-n10-')).sort(), [
      'single-task-n10-s1',
      'single-task-n10-s2',
      'transfer-full-n10-s1',
      'transfer-full-n10-s2',
    ]);
    const report = reportOf(snapshot(done, looks));
    assert.equal(report?.verdict?.arm, 'transfer-full');
    assert.equal(report.complete, true);
    const text = looks.flatMap(look => lookTexts(look, manifest.metric)).join('\n');
    assert.match(text, /^After 2 seeds: transfer-head is dropped\. It is worse than single-task training: −/);
    assert.match(text, /settled/);
  });

  it('comes to the same wherever its trials run, and after it was ended at any place', async () => {
    const [whole, other] = [folder(), folder()];
    const first = await race(whole);
    await race(other, { backwards: true });
    assert.deepEqual(looksIn(other), looksIn(whole));
    for (const most of [3, 8, 9, 13]) {
      const ended = folder();
      const { done: before } = await race(ended, { most, backwards: true });
      const resumed = await race(ended, { before });
      assert.deepEqual(looksIn(ended), looksIn(whole), `ended after ${most}`);
      assert.deepEqual([...resumed.done].sort(), [...first.done].sort());
    }
  });

  it('takes no trial of a round that is not complete into its looks or its report', () => {
    const round = (last: number): Set<string> =>
      new Set(specs.filter(({ n, seed }) => n === 40 && seed <= last).map(({ id }) => id));
    const look = takeLook(snapshot(round(2)), 2);
    assert.deepEqual(takeLook(snapshot(round(4)), 2), look);
    const more = new Set([...round(2), 'single-task-n40-s3', 'single-task-n10-s1']);
    const verdicts = [round(2), more].map(done => reportOf(snapshot(done, [look]))?.verdict);
    assert.deepEqual(verdicts[1], verdicts[0]);
  });
});
