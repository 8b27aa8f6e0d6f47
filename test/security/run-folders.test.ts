import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorMessage } from '../../src/common/errors';
import { openCached } from '../../src/data/dataset/dataset-cache';
import { performJob } from '../../src/experiments/executors/local/perform-job';
import { exportRun } from '../../src/experiments/export/export-run';
import { writeJson } from '../../src/experiments/store/atomic-files';
import { createRun, findRun, listRuns } from '../../src/experiments/store/manage-runs';
import { assertReportWhole, readManifest, readRun } from '../../src/experiments/store/read-run';
import { watchRun } from '../../src/experiments/store/watch-run';
import { cli } from '../unit/cli/support';
import { event, plan, result } from '../unit/experiments/support';
import { createFolder, removeFolders } from '../unit/workspace/support';

const ID = 'single-task-n40-s1';
const JOB = `jobs/${ID}`;
const NOW = new Date('2026-01-02T03:04:05Z');

interface Place {
  readonly workspace: string;
  readonly run: string;
  /** A file of the user's outside of the workspace. */
  readonly diary: string;
}

async function place(): Promise<Place> {
  const { root } = createFolder();
  const workspace = path.join(root, 'repo');
  mkdirSync(workspace);
  const diary = path.join(root, 'diary.txt');
  writeFileSync(diary, 'dear diary\n');
  return { workspace, run: await createRun({ workspace, plan: plan(), now: NOW }), diary };
}

/** Runs the job of a run, as a worker does. */
function perform(run: string, workspace: string): ReturnType<typeof performJob> {
  return performJob(
    {
      run,
      job: ID,
      cache: path.join(workspace, '.strategy-advisor', 'cache'),
      onEvent: () => undefined,
      signal: new AbortController().signal,
    },
    (_, context) => {
      context.onEvent(event(1));
      return Promise.resolve(result(ID));
    },
  );
}

const links = process.platform === 'win32' ? describe.skip : describe;

links('links in a run folder are not followed (skipped on Windows, where they need a privilege)', () => {
  afterEach(removeFolders);

  it('neither by what is appended or written', async () => {
    const { workspace, run, diary } = await place();
    symlinkSync(diary, path.join(run, JOB, 'metrics.jsonl'));
    // A checkpoint that says that there are points already keeps the file of metrics.
    mkdirSync(path.join(run, JOB, 'checkpoint'));
    await writeJson(path.join(run, JOB, 'checkpoint/checkpoint.json'), {
      ...{ version: 1, events: 1, seconds: 0, ended: [] },
    });
    for (const name of ['result.json', 'failure.json', 'log.txt'])
      symlinkSync(diary, path.join(run, JOB, name));
    assert.deepEqual(await perform(run, workspace), { kind: 'finished' });
    assert.equal(readFileSync(diary, 'utf8'), 'dear diary\n');
    assert.ok(lstatSync(path.join(run, JOB, 'result.json')).isFile());
    assert.ok(lstatSync(path.join(run, JOB, 'metrics.jsonl')).isFile());
  });

  it('nor by what is read, which says so', async () => {
    const { workspace, run } = await place();
    const elsewhere = path.join(workspace, '..', 'run.json');
    renameSync(path.join(run, 'run.json'), elsewhere);
    symlinkSync(elsewhere, path.join(run, 'run.json'));
    await assert.rejects(readManifest(run), /run\.json is a symbolic link/);
    const { broken } = await listRuns(workspace);
    assert.match(broken[0]?.message ?? '', /symbolic link/);
    await assert.rejects(findRun([workspace], path.basename(run), workspace), /symbolic link/);
  });

  it('nor of points of training by who follows a run', async () => {
    const { run, diary } = await place();
    writeFileSync(diary, `${JSON.stringify(event(7))}\n`);
    symlinkSync(diary, path.join(run, JOB, 'metrics.jsonl'));
    const controller = new AbortController();
    await watchRun(
      run,
      delta => {
        assert.deepEqual(
          delta.jobs.flatMap(({ events }) => events),
          [],
        );
        controller.abort();
      },
      controller.signal,
    );
    assert.deepEqual(
      (await readRun(run)).jobs.flatMap(({ events }) => events),
      [],
    );
  });

  it('nor of folders, .strategy-advisor itself among them', async () => {
    for (const folder of ['.strategy-advisor', '.strategy-advisor/runs', 'RUN', `RUN/jobs`, `RUN/${JOB}`]) {
      const { workspace, run } = await place();
      const moved = path.join(workspace, '..', 'moved');
      const asked = path.join(
        workspace,
        folder.replace('RUN', `.strategy-advisor/runs/${path.basename(run)}`),
      );
      renameSync(asked, moved);
      symlinkSync(moved, asked);
      // A folder counts as looked at for a moment.
      await wait(60);
      const before = readdirSync(moved, { recursive: true }).length;
      await assert.rejects(perform(run, workspace), /is a symbolic link/, folder);
      const { runs, broken } = await listRuns(workspace);
      if (!folder.includes('jobs')) assert.deepEqual([runs.length, broken.length], [0, 1], folder);
      if (folder.startsWith('.'))
        await assert.rejects(createRun({ workspace, plan: plan(), now: NOW }), /symbolic link/);
      assert.equal(readdirSync(moved, { recursive: true }).length, before, folder);
    }
  });

  it('nor in the cache', async () => {
    const { workspace, diary } = await place();
    const cache = path.join(workspace, '.strategy-advisor/cache/0123');
    mkdirSync(cache, { recursive: true });
    symlinkSync(diary, path.join(cache, 'dataset.json'));
    assert.equal(await openCached(cache), undefined);
    assert.ok(existsSync(diary));
  });
});

describe('a name in a run folder leads nowhere else', () => {
  afterEach(removeFolders);

  async function changed(file: string, change: object): Promise<void> {
    await writeJson(file, { ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...change });
  }

  it('of a run: it is that of its folder', async () => {
    const { workspace, run } = await place();
    for (const id of ['../../../../escaped', '/tmp/escaped', 'another', '..', 'a/b', 'a\\b', '']) {
      await changed(path.join(run, 'run.json'), { id });
      await assert.rejects(readManifest(run), /is damaged|says that it is/, id);
    }
    assert.equal((await listRuns(workspace)).broken.length, 1);
  });

  it('of a job: an export stays in the folder that was asked for', async () => {
    const { workspace, run } = await place();
    writeFileSync(path.join(run, JOB, 'metrics.jsonl'), `${JSON.stringify(event(1))}\n`);
    const to = path.join(workspace, 'exported');
    for (const id of ['../../../escaped', 'single-task-n40-s2']) {
      await changed(path.join(run, JOB, 'job.json'), { id });
      assert.deepEqual(await exportRun(await readRun(run), 'tensorboard', to), []);
    }
    await changed(path.join(run, 'run.json'), { jobs: ['../../../escaped'] });
    await assert.rejects(readRun(run), /jobs\[0\]/);
  });
});

describe('files of a run that lie are refused by name', () => {
  afterEach(removeFolders);

  it('where they hold a figure that no number of ours can be', async () => {
    const { run } = await place();
    for (const [name, text] of [
      ['run.json', '{"version":1,"id":1e400}'],
      ['report.json', '{"version":1,"mean":-1e400}'],
    ] as const) {
      const file = path.join(run, name);
      const before = existsSync(file) ? readFileSync(file) : undefined;
      writeFileSync(file, text);
      await assert.rejects(name === 'run.json' ? readManifest(run) : assertReportWhole(run), /is damaged/);
      if (before) writeFileSync(file, before);
    }
  });

  it('where they are larger than any of ours', async () => {
    const { run } = await place();
    for (const [name, bytes] of [
      ['run.json', 17e6],
      ['state.json', 2e6],
      ['report.json', 65e6],
      [`${JOB}/job.json`, 17e6],
      [`${JOB}/result.json`, 257e6],
      [`${JOB}/metrics.jsonl`, 257e6],
    ] as const) {
      const file = path.join(run, name);
      const before = existsSync(file) ? readFileSync(file) : undefined;
      writeFileSync(file, '');
      truncateSync(file, bytes);
      const used = process.memoryUsage().rss;
      const problem = await readRun(run).then(
        () => undefined,
        (error: unknown) => errorMessage(error),
      );
      assert.ok(process.memoryUsage().rss - used < 100e6, name);
      if (name === 'run.json') assert.match(problem ?? '', /run\.json/);
      if (before) writeFileSync(file, before);
      else truncateSync(file, 0);
    }
  });

  it('where a folder stands in their place', async () => {
    const { workspace, run } = await place();
    renameSync(path.join(run, 'run.json'), path.join(run, 'other'));
    mkdirSync(path.join(run, 'run.json'));
    await assert.rejects(readManifest(run), /run\.json is a folder/);
    const runs = path.join(workspace, '.strategy-advisor/runs');
    renameSync(runs, `${runs}-old`);
    writeFileSync(runs, '');
    assert.match((await listRuns(workspace)).broken[0]?.message ?? '', /runs is not a folder/);
  });

  it('and not taken for missing: a report that is damaged or of a later release', async () => {
    const { workspace, run } = await place();
    for (const [text, said] of [
      ['{"version": 2}', /newer version/],
      ['{', /report\.json is damaged/],
    ] as const) {
      writeFileSync(path.join(run, 'report.json'), text);
      const ran = await cli(['report', path.basename(run)], { cwd: workspace });
      assert.equal(ran.status, 1);
      assert.match(ran.stderr, said);
    }
    writeFileSync(path.join(run, 'run.json'), '{');
    for (const command of [
      ['report', path.basename(run)],
      ['pilot', '.', '--run', path.basename(run)],
    ])
      assert.match((await cli(command, { cwd: workspace })).stderr, /run\.json is damaged/);
  });

  it('nor is a result of a later release replaced, and a damaged one only with a word about it', async () => {
    const { workspace, run } = await place();
    const file = path.join(run, JOB, 'result.json');
    writeFileSync(file, '{"version": 2, "value": 1}');
    await assert.rejects(perform(run, workspace), /newer version/);
    assert.equal(readFileSync(file, 'utf8'), '{"version": 2, "value": 1}');
    writeFileSync(file, '{"version": 1');
    assert.deepEqual(await perform(run, workspace), { kind: 'finished' });
    const [job] = (await readRun(run)).jobs;
    assert.match(job?.result?.warnings.join() ?? '', /run again.*result\.json is damaged/);
  });
});
