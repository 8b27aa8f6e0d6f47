import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import {
  PILOT,
  TRIALS,
  isAlive,
  onlyRun,
  processesWith,
  results,
  start,
  until,
  values,
  workersOf,
} from './cli';
import { executorOf, planRun, startFromWindow } from './detached';
import { createProject, removeProjects, type Project } from './project';

const skipped =
  process.platform === 'linux' ? '' : ' (skipped: processes are looked up in /proc, which is on Linux)';

describe(`runs that go on without who started them${skipped}`, function () {
  let expected: Record<string, number> = {};

  before(async function () {
    if (skipped !== '') return this.skip();
    const project = createProject();
    await start(project, PILOT).ended;
    expected = values(onlyRun(project)!);
  });

  afterEach(removeProjects);

  const filesOf = (run: string): string[] => readdirSync(run).sort();
  const list = async (project: Project): Promise<{ state: string }[]> => {
    const { stdout } = await start(project, ['runs', '.', '--json']).ended;
    return (JSON.parse(stdout) as { runs: { state: string }[] }).runs;
  };
  const begin = async (project: Project, milliseconds?: number): Promise<string> => {
    const run = await planRun(project);
    const told = await startFromWindow(project, run, milliseconds);
    assert.deepEqual(told, { kind: 'started', folder: run });
    return run;
  };

  it('finish, are found and followed from a terminal, and leave nothing behind', async () => {
    const project = createProject();
    const run = await begin(project);
    assert.deepEqual(
      (await list(project)).map(({ state }) => state),
      ['running'],
    );
    const { status, stdout, stderr } = await start(project, ['runs', '.', '--follow', path.basename(run)])
      .ended;
    assert.equal(status, 0, stderr);
    assert.match(stderr, new RegExp(`${TRIALS} of ${TRIALS} trials`));
    assert.match(stdout, /hard: /);
    assert.deepEqual(values(run), expected);
    assert.deepEqual(filesOf(run), ['jobs', 'report.json', 'run.json', 'state.json']);
    assert.deepEqual(processesWith(project.marker), []);
    assert.equal(executorOf(run), undefined);
  });

  it('are stopped from a terminal, and resumed there', async () => {
    const project = createProject();
    const run = await begin(project, 50);
    await until(() => results(run).size >= 2);
    const before = results(run);
    const { status, stderr } = await start(project, ['runs', '.', '--stop', path.basename(run)]).ended;
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Stopped .* To resume: strategy-advisor pilot \. --run /m);
    assert.deepEqual(processesWith(project.marker), []);
    assert.deepEqual(filesOf(run), ['jobs', 'report.json', 'run.json', 'state.json']);
    assert.deepEqual(
      (await list(project)).map(({ state }) => state),
      ['stopped'],
    );
    const again = await start(project, ['runs', '.', '--stop', path.basename(run)]).ended;
    assert.match(again.stderr, /is not running/);
    assert.equal(again.status, 1);
    const resumed = await start(project, ['pilot', '.', '--run', path.basename(run), '--trust']).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    for (const [job, written] of before)
      assert.deepEqual(results(run).get(job), written, `${job} was repeated`);
    assert.deepEqual(values(run), expected);
  });

  it('are refused a second time while they go on, and say so', async () => {
    const project = createProject();
    const run = await begin(project, 200);
    const told = await startFromWindow(project, run);
    assert.equal(told.kind, 'failed');
    assert.match(told.message ?? '', /Another process is running/);
    await start(project, ['runs', '.', '--stop', path.basename(run)]).ended;
  });

  it('are ended by force where their process does not answer, with all that they have started', async () => {
    const project = createProject();
    const run = await begin(project, 5000);
    const executor = executorOf(run)!;
    await until(() => processesWith(project.marker).length > 0 && workersOf(executor).length > 0);
    const workers = workersOf(executor);
    for (const pid of [executor, ...workers]) process.kill(pid, 'SIGSTOP');
    const { status, stderr } = await start(project, ['runs', '.', '--stop', path.basename(run)]).ended;
    assert.equal(status, 0, stderr);
    // What is killed is gone a moment later.
    await until(() => ![executor, ...workers].some(isAlive) && processesWith(project.marker).length === 0);
  });

  it('that were killed together with their workers, leave nothing that the next does not end', async () => {
    const project = createProject();
    const run = await begin(project, 60_000);
    const executor = executorOf(run)!;
    await until(() => processesWith(project.marker).length > 0 && workersOf(executor).length > 0);
    const workers = workersOf(executor);
    // Stopped workers do not hear that their run has ended.
    for (const pid of workers) process.kill(pid, 'SIGSTOP');
    process.kill(executor, 'SIGKILL');
    const resumed = await start(project, ['pilot', '.', '--resume', '--task', 'hard', '--trust']).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.ok(!workers.some(isAlive));
    assert.deepEqual(processesWith(project.marker), []);
    assert.deepEqual(values(run), expected);
  });
});
