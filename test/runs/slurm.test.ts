import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseValid } from '../unit/cli/schema';
import { onlyRun, PILOT, results, start } from './cli';
import { createProject, removeProjects } from './project';
import { clusterMissing, startCluster, until, type Cluster } from './slurm-cluster';

const ON_SLURM = ['--executor', 'slurm', '--slurm-options', '--time=5 --mem=0'];
/** Half of what others run: each trial is a job that starts a Node of its own. */
const SHORT = ['pilot', '.', '--task', 'hard', '--sizes', '40', '--seeds', '2', '--trust'] as const;
const TRIALS = 12;
const RESUME = ['pilot', '.', '--task', 'hard', '--resume', '--trust'] as const;

/** The figures of all trials, by trial. */
function figures(run: string | undefined): Record<string, number> {
  return Object.fromEntries([...results(run ?? '')].map(([job, { value }]) => [job, value]));
}

/** Removes a folder as far as it can; jobs that write to it may be faster for a moment. */
function isRemoved(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

const missing = clusterMissing();

describe(`runs on Slurm${missing === undefined ? '' : ` (skipped: ${missing})`}`, function () {
  this.timeout(240_000);
  let cluster: Cluster;

  before(async function () {
    if (missing !== undefined) return this.skip();
    cluster = await startCluster();
    Object.assign(process.env, { SLURM_CONF: cluster.env['SLURM_CONF'] });
  });
  after(async () => {
    delete process.env['SLURM_CONF'];
    await (cluster as Cluster | undefined)?.end();
  });
  afterEach(removeProjects);

  const queue = (): string[] =>
    cluster.call('squeue', '-h', '-r', '-o', '%F_%K %t').split('\n').filter(Boolean);

  it('give the same numbers as on this machine, and leave nothing in the queue', async () => {
    const [here, there] = [createProject(), createProject()];
    const local = await start(here, SHORT).ended;
    const { status, stderr, stdout } = await start(there, [...SHORT, ...ON_SLURM]).ended;
    assert.equal(local.status, 0, local.stderr);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /in the queue/);
    assert.equal(results(onlyRun(there) ?? '').size, TRIALS);
    assert.deepEqual(figures(onlyRun(there)), figures(onlyRun(here)));
    assert.equal(stdout.replaceAll(/\d{8}-\S+/g, ''), local.stdout.replaceAll(/\d{8}-\S+/g, ''));
    assert.deepEqual(queue(), []);
  });

  const kill = (task: string): boolean => {
    try {
      cluster.call('scancel', '--signal=KILL', task);
      return true;
    } catch {
      return false;
    }
  };

  it('wait while a node is drained, repeat a trial that is killed, and go on', async () => {
    const project = createProject();
    const started = start(project, [...SHORT, ...ON_SLURM], 300);
    await until(() => results(onlyRun(project) ?? '').size >= 2);
    // One that has just ended cannot be killed any more: the next one is.
    await until(() => queue().some(line => line.endsWith(' R') && kill(line.split(' ')[0] ?? '')));
    cluster.call('scontrol', 'update', `NodeName=${hostname()}`, 'State=DRAIN', 'Reason=test');
    await until(() => queue().every(line => line.endsWith(' PD')));
    const state = path.join(onlyRun(project) ?? '', 'state.json');
    await until(() => /"running": 0/.test(readFileSync(state, 'utf8')));
    const before = results(onlyRun(project) ?? '').size;
    assert.ok(before < TRIALS);
    cluster.call('scontrol', 'update', `NodeName=${hostname()}`, 'State=RESUME');
    const { status, stderr } = await started.ended;
    assert.equal(status, 0, stderr);
    assert.equal(results(onlyRun(project) ?? '').size, TRIALS);
    assert.deepEqual(queue(), []);
  });

  it('end on Ctrl-C with an empty queue, and repeat nothing that had finished', async () => {
    const project = createProject();
    const { child, ended } = start(project, [...SHORT, ...ON_SLURM], 300);
    await until(() => results(onlyRun(project) ?? '').size >= 3);
    child.kill('SIGINT');
    const { stderr } = await ended;
    assert.match(stderr, /To resume: strategy-advisor pilot .* --executor slurm/);
    assert.deepEqual(queue(), []);
    const kept = results(onlyRun(project) ?? '');
    const resumed = await start(project, [...RESUME, ...ON_SLURM]).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    const all = results(onlyRun(project) ?? '');
    assert.equal(all.size, TRIALS);
    for (const [job, written] of kept) assert.deepEqual(all.get(job), written, job);
  });

  it('are taken out of the queue where what submitted them was killed, once they are resumed', async () => {
    const project = createProject();
    const { child, ended } = start(project, [...SHORT, ...ON_SLURM], 300);
    await until(() => results(onlyRun(project) ?? '').size >= 1);
    child.kill('SIGKILL');
    await ended;
    assert.ok(queue().length > 0);
    const resumed = await start(project, [...RESUME, ...ON_SLURM]).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.equal(results(onlyRun(project) ?? '').size, TRIALS);
    assert.deepEqual(queue(), []);
  });

  it('end, and leave the queue, where their folder is removed, which is not made again', async () => {
    const project = createProject();
    const { ended } = start(project, [...SHORT, ...ON_SLURM], 300);
    await until(() => results(onlyRun(project) ?? '').size >= 2);
    const run = onlyRun(project) ?? '';
    await until(() => isRemoved(run));
    const { status, stderr } = await ended;
    assert.equal(status, 1, stderr);
    assert.match(stderr, /deleted or renamed/);
    assert.deepEqual(queue(), []);
  });

  it('show what is in the queue, and pass on no option that would replace what they run', async () => {
    const project = createProject();
    const odd = ['--executor', 'slurm', '--slurm-options', '--array=0-1 --wrap=true'];
    const refused = await start(project, [...PILOT, ...odd]).ended;
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /--array.*not supported|not supported/);
    assert.deepEqual(queue(), []);
    const { child, ended } = start(
      project,
      [...PILOT, '--executor', 'slurm', '--slurm-options', '-t 5'],
      1000,
    );
    await until(() => onlyRun(project) !== undefined && queue().some(line => line.endsWith(' R')));
    await wait(2500);
    const { stdout } = await start(project, ['runs', '.', '--json']).ended;
    const { runs } = parseValid(stdout, 'runs') as {
      runs: { queue?: { pending: number; running: number } }[];
    };
    assert.ok((runs[0]?.queue?.running ?? 0) > 0 && (runs[0]?.queue?.pending ?? 0) > 10, stdout);
    const shown = await start(project, ['runs', '.', '--show', path.basename(onlyRun(project) ?? '')]).ended;
    assert.match(shown.stdout, /running · \d+ running, \d+ waiting in the queue/);
    child.kill('SIGINT');
    await ended;
    assert.deepEqual(queue(), []);
  });
});

describe('one trial by its folder', () => {
  afterEach(removeProjects);

  it('runs once, is left alone then, and refuses what is no trial', async () => {
    const project = createProject();
    await start(project, [...PILOT, '--budget', '1ms']).ended;
    const run = onlyRun(project) ?? '';
    const job = path.join(run, 'jobs/single-task-n40-s1');
    rmSync(path.join(job, 'result.json'), { force: true });
    assert.equal((await start(project, ['trial', job]).ended).status, 2);
    const twice = [
      start(project, ['trial', job, '--trust'], 200),
      start(project, ['trial', job, '--trust'], 200),
    ];
    const ends = await Promise.all(twice.map(({ ended }) => ended));
    assert.deepEqual(
      ends.map(({ status }) => status).sort(),
      [0, 75],
      ends.map(({ stderr }) => stderr).join(),
    );
    const written = results(run).get('single-task-n40-s1');
    assert.ok(written);
    assert.equal((await start(project, ['trial', job, '--trust']).ended).status, 0);
    assert.deepEqual(results(run).get('single-task-n40-s1'), written);
    const wrong = await start(project, ['trial', run, '--trust']).ended;
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /not a job folder of a run|does not contain a run/);
  });

  it('is to be tried again where what it starts from has no result yet', async () => {
    const project = createProject();
    await start(project, [...PILOT, '--budget', '1ms']).ended;
    const job = path.join(onlyRun(project) ?? '', 'jobs/single-task-n40-s1');
    const file = path.join(job, 'job.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as { needs: string[] };
    writeFileSync(file, JSON.stringify({ ...spec, needs: ['pretrain-s1'] }));
    const { status, stderr } = await start(project, ['trial', job, '--trust']).ended;
    assert.equal(status, 75);
    assert.match(stderr, /depends on pretrain-s1, which has not finished/);
    assert.ok(!existsSync(path.join(job, 'failure.json')));
  });
});
