import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyRun, start, until, workersOf, type Ended } from './cli';
import { createProject, removeProjects, type Project } from './project';

const TRAIN = ['train', '.', '--task', 'hard', '--strategy', 'multitask-fine-tuned'] as const;

/** A project whose target has no program of its own: the built-in networks train it. */
function builtIn(): Project {
  const project = createProject();
  const file = path.join(project.root, 'train.py');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ train="[^"]*"/, ''));
  return project;
}

interface Event {
  readonly t: number;
  readonly progress: number;
}

function jobOf(project: Project): string {
  const run = onlyRun(project) ?? assert.fail('There is no run.');
  const { jobs } = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as { jobs: string[] };
  return path.join(run, 'jobs', jobs.at(-1) ?? '');
}

describe('trainings that are killed', function () {
  before(() => {
    // Workers inherit it: every validation is followed by a checkpoint.
    process.env['STRATEGY_ADVISOR_CHECKPOINT_SECONDS'] = '0';
  });
  after(() => {
    delete process.env['STRATEGY_ADVISOR_CHECKPOINT_SECONDS'];
  });
  afterEach(removeProjects);

  it('go on from their last checkpoint, and come to the same', async () => {
    const result = (job: string): unknown => ({
      ...(JSON.parse(readFileSync(path.join(job, 'result.json'), 'utf8')) as object),
      seconds: 0,
    });
    const whole = builtIn();
    const { status, stderr }: Ended = await start(whole, TRAIN).ended;
    assert.equal(status, 0, stderr);

    const killed = builtIn();
    const { child, ended } = start(killed, TRAIN);
    const index = (): string => path.join(jobOf(killed), 'checkpoint/checkpoint.json');
    const phasesBefore = (): number =>
      (JSON.parse(readFileSync(index(), 'utf8')) as { ended: unknown[] }).ended.length;
    const hasBegun = (): boolean => existsSync(path.join(onlyRun(killed) ?? '', 'run.json'));
    await until(() => hasBegun() && existsSync(index()) && phasesBefore() >= 2);
    const workers = workersOf(child.pid ?? 0);
    child.kill('SIGKILL');
    for (const worker of workers) process.kill(worker, 'SIGKILL');
    await ended;
    const before = phasesBefore();
    const resumed = await start(killed, ['train', '.', '--task', 'hard', '--resume']).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.ok(before >= 2);
    assert.deepEqual(result(jobOf(killed)), result(jobOf(whole)));
    assert.ok(!existsSync(path.dirname(index())), 'the checkpoint of what has finished is kept');

    const lines = readFileSync(path.join(jobOf(killed), 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const events = lines.map(line => JSON.parse(line) as Event);
    for (const what of ['t', 'progress'] as const) {
      const values = events.map(event => event[what]);
      assert.deepEqual(
        values,
        [...values].sort((a, b) => a - b),
        `${what} goes back`,
      );
    }
  });
});
