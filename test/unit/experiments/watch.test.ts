import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeJson } from '../../../src/experiments/store/atomic-files';
import { createRun } from '../../../src/experiments/store/manage-runs';
import { type RunDelta, watchRun } from '../../../src/experiments/store/watch-run';
import { createFolder, removeFolders } from '../workspace/support';
import { event, plan, result } from './support';

const JOB = 'single-task-n40-s1';

describe('watching a run', () => {
  afterEach(removeFolders);

  it('tells what is new, once, whole lines only, and that a job began anew', async () => {
    const folder = await createRun({ workspace: createFolder().root, plan: plan(), now: new Date() });
    const metrics = path.join(folder, 'jobs', JOB, 'metrics.jsonl');
    const stop = new AbortController();
    const line = (step: number): string => `${JSON.stringify(event(step))}\n`;
    const waiting: ((delta: RunDelta) => void)[] = [];
    const told: RunDelta[] = [];
    const done = watchRun(
      folder,
      delta => {
        const next = waiting.shift();
        if (next) next(delta);
        else told.push(delta);
      },
      stop.signal,
      { every: 1 },
    );
    const next = (): Promise<RunDelta> =>
      new Promise(resolve => {
        const early = told.shift();
        if (early) resolve(early);
        else waiting.push(resolve);
      });
    assert.equal((await next()).state?.state, 'stopped');

    appendFileSync(metrics, line(1) + line(2) + line(3).slice(0, 9));
    assert.deepEqual((await next()).jobs, [
      { id: JOB, status: 'waiting', restarted: false, events: [event(1), event(2)] },
    ]);
    appendFileSync(metrics, line(3).slice(9));
    assert.deepEqual((await next()).jobs[0]?.events, [event(3)]);

    // In one step, as nobody may see the moment in between.
    writeFileSync(`${metrics}.new`, line(1));
    renameSync(`${metrics}.new`, metrics);
    const anew = (await next()).jobs[0];
    assert.deepEqual([anew?.restarted, anew?.events], [true, [event(1)]]);

    await writeJson(path.join(folder, 'jobs', JOB, 'result.json'), result(JOB));
    const finished = (await next()).jobs[0];
    assert.deepEqual([finished?.status, finished?.result?.value], ['finished', 0.5]);

    rmSync(folder, { recursive: true });
    assert.match((await next()).gone ?? '', /does not contain a run/);
    await done;
    stop.abort();
  });

  it('ends with its signal, and refuses what is no run', async () => {
    const { root } = createFolder();
    const folder = await createRun({ workspace: root, plan: plan(), now: new Date() });
    const stop = new AbortController();
    await watchRun(
      folder,
      () => {
        stop.abort();
      },
      stop.signal,
    );
    await assert.rejects(
      watchRun(root, () => undefined, stop.signal),
      { code: 'not-found' },
    );
  });
});
