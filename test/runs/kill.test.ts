import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../src/common/random';
import {
  isAlive,
  onlyRun,
  PILOT,
  processesWith,
  results,
  start,
  TRIALS,
  until,
  values,
  workersOf,
} from './cli';
import { executorOf, planRun, startFromWindow } from './detached';
import { createProject, removeProjects, type Project } from './project';

/** Rounds of killing at a random moment; `npm run kill:runs -- N` asks for more. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 2);
/** The moments of those rounds; a run that failed says which to give, so that they can be tried again. */
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
/** What most of the trials of a run take together. */
const LATEST_MS = 3000;

const skipped =
  process.platform === 'linux' ? '' : ' (skipped: processes are looked up in /proc, which is on Linux)';

describe(`runs that are killed${skipped}`, function () {
  let expected: Record<string, number> = {};

  before(async function () {
    if (skipped !== '') return this.skip();
    const project = createProject();
    const { status, stderr } = await start(project, [...PILOT, '--workers', '1']).ended;
    assert.equal(status, 0, stderr);
    expected = values(runOf(project));
    assert.equal(Object.keys(expected).length, TRIALS);
    assert.ok(new Set(Object.values(expected)).size > 3, 'trials differ');
  });

  afterEach(removeProjects);

  it('give the same numbers whatever the number of workers', async () => {
    const project = createProject();
    await start(project, [...PILOT, '--workers', '4']).ended;
    assert.deepEqual(values(runOf(project)), expected);
  });

  it('go on where the command line was killed, and leave no process behind', async () => {
    const project = createProject();
    const { child, ended } = start(project, PILOT, 40);
    await until(() => onlyRun(project) !== undefined && results(runOf(project)).size >= 3);
    const workers = workersOf(child.pid!);
    assert.ok(workers.length > 0);
    child.kill('SIGKILL');
    await ended;
    await until(() => !workers.some(isAlive) && processesWith(project.marker).length === 0);
    await resumes(project, expected);
  });

  it('start a worker anew that was killed, its job with it', async () => {
    const project = createProject();
    const { child, ended } = start(project, PILOT, 40);
    await until(() => processesWith(project.marker).length > 0);
    const [victim] = workersOf(child.pid!);
    process.kill(victim!, 'SIGKILL');
    const { status, stderr } = await ended;
    assert.equal(status, 0, stderr);
    assert.deepEqual(values(runOf(project)), expected);
    assert.deepEqual(processesWith(project.marker), []);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`end in order on ${signal}, say how to go on, and do`, async () => {
      const project = createProject();
      const { child, ended } = start(project, PILOT, 5000);
      await until(() => processesWith(project.marker).length > 0);
      const workers = workersOf(child.pid!);
      child.kill(signal);
      const asked = performance.now();
      const { stderr } = await ended;
      const seconds = (performance.now() - asked) / 1000;
      assert.ok(seconds < 5, `the trials would have gone on for 20 s; it took ${seconds} s`);
      assert.match(stderr, /pilot \. --run .* --trust/);
      assert.deepEqual(processesWith(project.marker), []);
      assert.ok(workers.length > 0 && !workers.some(isAlive), 'workers are gone');
      await resumes(project, expected);
    });

  for (let round = 0; round < ROUNDS; round++)
    it(`survive a kill at a random moment, ${round + 1} of ${ROUNDS} (KILL_SEED=${SEED})`, async () => {
      const project = createProject();
      const { child, ended } = start(project, PILOT);
      const random = seededRandom(SEED, round);
      // Every other round may come before there is a run, the rest only after its manifest is written.
      if (round % 2 === 1) await until(() => hasManifest(project));
      await wait(random() * LATEST_MS);
      child.kill('SIGKILL');
      await ended;
      await until(() => processesWith(project.marker).length === 0);
      if (hasManifest(project)) await resumes(project, expected);
      else await startsAnew(project, expected);
    });

  for (let round = 0; round < ROUNDS; round++)
    it(`survive it without a window too, ${round + 1} of ${ROUNDS} (KILL_SEED=${SEED})`, async () => {
      const project = createProject();
      const run = await planRun(project);
      await startFromWindow(project, run);
      await wait(seededRandom(SEED, ROUNDS + round)() * LATEST_MS);
      const executor = executorOf(run);
      if (executor !== undefined) process.kill(executor, 'SIGKILL');
      await until(() => processesWith(project.marker).length === 0);
      await resumes(project, expected);
    });

  it('do not run a program on being resumed that nobody consented to', async () => {
    const project = createProject();
    await start(project, [...PILOT, '--budget', '1s']).ended;
    const before = results(runOf(project));
    const { status, stderr } = await start(
      project,
      RESUME.filter(each => each !== '--trust'),
    ).ended;
    assert.equal(status, 2);
    assert.match(stderr, /node program\.mjs.*--trust/);
    assert.deepEqual(results(runOf(project)), before);
  });

  it('refuse a second process, and let it in when the first is gone', async () => {
    const project = createProject();
    const first = start(project, PILOT, 100);
    await until(() => processesWith(project.marker).length > 0);
    const second = await start(project, RESUME).ended;
    assert.equal(second.status, 1);
    assert.match(second.stderr, /Another process is running/);
    first.child.kill('SIGKILL');
    await first.ended;
    await until(() => processesWith(project.marker).length === 0);
    await resumes(project, expected);
  });

  it('end with a clear message where their folder is removed', async () => {
    const project = createProject();
    const { ended } = start(project, PILOT, 60);
    await until(() => onlyRun(project) !== undefined && results(runOf(project)).size >= 2);
    removeWhileWritten(runOf(project));
    const { status, stderr } = await ended;
    assert.equal(status, 1, stderr);
    assert.match(stderr, /deleted or renamed/);
    assert.deepEqual(processesWith(project.marker), []);
  });
});

const RESUME = ['pilot', '.', '--task', 'hard', '--resume', '--trust'] as const;

/** Removes a folder that workers write into: what comes while it is removed is removed too. */
function removeWhileWritten(folder: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      // Its own retries try only to remove the folder again, not what is in it by then.
      if (attempt === 20 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

function runOf(project: Project): string {
  const run = onlyRun(project);
  assert.ok(run !== undefined);
  return run;
}

/** Before its manifest is written, a folder is no run yet, and nothing is lost with it. */
function hasManifest(project: Project): boolean {
  const run = onlyRun(project);
  return run !== undefined && existsSync(path.join(run, 'run.json'));
}

/** What was killed before there was a run stands in no one's way: it is not listed, and the command begins anew. */
async function startsAnew(project: Project, expected: Record<string, number>): Promise<void> {
  const listed = async (): Promise<unknown> => {
    const { stdout } = await start(project, ['runs', '.', '--json']).ended;
    return (JSON.parse(stdout) as { runs: unknown[] }).runs.length;
  };
  assert.equal(await listed(), 0);
  const { status, stderr } = await start(project, PILOT).ended;
  assert.equal(status, 0, stderr);
  assert.equal(await listed(), 1);
  const home = path.join(project.root, '.strategy-advisor/runs');
  const runs = readdirSync(home).filter(name => existsSync(path.join(home, name, 'run.json')));
  assert.deepEqual(
    runs.map(name => values(path.join(home, name))),
    [expected],
  );
}

/** Goes on with a run: what had finished is not touched, and the numbers are those of a run left alone. */
async function resumes(project: Project, expected: Record<string, number>): Promise<void> {
  const before = results(runOf(project));
  const { status, stderr } = await start(project, RESUME).ended;
  assert.equal(status, 0, stderr);
  const after = results(runOf(project));
  for (const [job, written] of before) assert.deepEqual(after.get(job), written, `${job} was repeated`);
  assert.deepEqual(values(runOf(project)), expected);
  assert.deepEqual(processesWith(project.marker), []);
}
