import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeJson } from '../../../src/experiments/store/atomic-files';
import {
  createRun,
  deleteRun,
  findRun,
  listRuns,
  noteRun,
  renameRun,
  restoreRun,
} from '../../../src/experiments/store/manage-runs';
import { readRun, readState } from '../../../src/experiments/store/read-run';
import { isHeld, lockRun } from '../../../src/experiments/store/run-lock';
import { createFolder, removeFolders } from '../workspace/support';
import { event, plan, result } from './support';

const NOW = new Date('2026-01-02T03:04:05Z');
const create = (workspace: string, now = NOW): Promise<string> => createRun({ workspace, plan: plan(), now });
const JOB = 'jobs/single-task-n40-s1';

describe('runs on disk', () => {
  afterEach(removeFolders);

  it('are kept out of the repository, and read as they were written', async () => {
    const { root } = createFolder();
    const folder = await create(root);
    assert.equal(readFileSync(path.join(root, '.strategy-advisor/.gitignore'), 'utf8'), '*\n');
    assert.match(path.basename(folder), /^20260102-030405-pilot-t-[0-9a-f]{4}$/);
    const run = await readRun(folder);
    assert.deepEqual(run.manifest.jobs, ['single-task-n40-s1', 'single-task-n40-s2']);
    assert.equal(run.state.state, 'stopped');
    assert.deepEqual(
      run.jobs.map(({ status }) => status),
      ['waiting', 'waiting'],
    );
  });

  it('are read as far as they came: torn lines and half-written results are left out', async () => {
    const folder = await create(createFolder().root);
    const metrics = path.join(folder, JOB, 'metrics.jsonl');
    writeFileSync(
      metrics,
      `${JSON.stringify(event(1))}\nnonsense\n{"step":"x"}\n${JSON.stringify(event(2))}\n{"t":3,"ph`,
    );
    writeFileSync(path.join(folder, JOB, 'result.json'), '{"version": 1, "id"');
    writeFileSync(path.join(folder, 'report.json'), '');
    const { jobs, report } = await readRun(folder);
    assert.deepEqual(jobs[0]?.events, [event(1), event(2)]);
    assert.equal(jobs[0].status, 'waiting');
    assert.equal(report, undefined);
  });

  it('are refused with a reason where they are newer, damaged or gone', async () => {
    const { root } = createFolder();
    const folder = await create(root);
    const manifest = path.join(folder, 'run.json');
    const value = JSON.parse(readFileSync(manifest, 'utf8')) as object;
    const refused = (code: string, text: RegExp): Promise<void> =>
      assert.rejects(readRun(folder), (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, text);
        return true;
      });
    await writeJson(manifest, { ...value, version: 2 });
    await refused('newer-version', /Update to open it/);
    await writeJson(manifest, { ...value, jobs: ['../../../etc'] });
    await refused('broken', /damaged/);
    writeFileSync(manifest, '{');
    await refused('broken', /damaged/);
    const { runs, broken } = await listRuns(root);
    assert.deepEqual([runs.length, broken.length], [0, 1]);
    rmSync(folder, { recursive: true });
    await refused('not-found', /does not contain a run/);
  });

  // A pipe is read for as long as nobody writes to it: one run would block the list of all.
  (process.platform === 'win32' ? it.skip : it)(
    'are refused where a file of theirs is a pipe (not on Windows, which has none in folders)',
    async () => {
      const { root } = createFolder();
      const folder = await create(root);
      rmSync(path.join(folder, 'run.json'));
      execFileSync('mkfifo', [path.join(folder, 'run.json')]);
      await assert.rejects(readRun(folder), /is not a regular file/);
      const { runs } = await listRuns(root);
      assert.deepEqual(runs, []);
    },
  );

  it('say that a write failed and why, and keep what was there', async () => {
    const folder = await create(createFolder().root);
    const gone = path.join(folder, 'jobs/none/result.json');
    await assert.rejects(writeJson(gone, {}), { code: 'gone' });
    assert.ok(existsSync(path.join(folder, 'run.json')));
  });

  it('read as interrupted where the process that ran them is gone', async () => {
    const folder = await create(createFolder().root);
    await writeJson(path.join(folder, 'state.json'), { version: 1, state: 'running', updated: 'x', pid: 1 });
    assert.equal((await readState(folder)).state, 'interrupted');
    const lock = await lockRun(folder);
    assert.equal((await readState(folder)).state, 'running');
    await lock.release();
    assert.equal((await readState(folder)).state, 'interrupted');
  });

  it('are held by one process at a time, and not by one that is gone', async () => {
    const folder = await create(createFolder().root);
    const file = path.join(folder, 'lock');
    const locks = await Promise.allSettled([1, 2, 3, 4].map(() => lockRun(folder)));
    assert.equal(locks.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(await isHeld(folder), true);
    for (const stale of ['', '999999999 1\n', `${process.pid} 1\n`]) {
      writeFileSync(file, stale);
      if (process.platform === 'linux' || !stale.startsWith(String(process.pid))) {
        assert.equal(await isHeld(folder), false, JSON.stringify(stale));
        await (await lockRun(folder)).release();
      }
    }
    assert.equal(existsSync(file), false);
  });

  it('are named, annotated, found, deleted and brought back', async () => {
    const { root } = createFolder();
    const older = await create(root, new Date('2025-01-01T00:00:00Z'));
    const folder = await create(root);
    await renameRun(older, 'first try');
    await noteRun(older, 'too few seeds');
    const found = await findRun([root], 'first try', root);
    assert.deepEqual([found.folder, found.notes], [older, 'too few seeds']);
    assert.equal((await findRun([root], undefined, root)).folder, folder);
    await assert.rejects(findRun([root], 'pilot-t', root), /matches several runs/);
    await renameRun(older, '');
    assert.equal('name' in (await readRun(older)).manifest, false);

    const lock = await lockRun(folder);
    await assert.rejects(deleteRun(folder), { code: 'locked' });
    await lock.release();
    await writeJson(path.join(folder, JOB, 'result.json'), result('single-task-n40-s1'));
    const deleted = await deleteRun(folder);
    assert.equal((await listRuns(root)).runs.length, 1);
    assert.equal(await restoreRun(deleted), folder);
    assert.equal((await readRun(folder)).jobs[0]?.status, 'finished');
    appendFileSync(path.join(folder, JOB, 'metrics.jsonl'), 'x');
  });
});
