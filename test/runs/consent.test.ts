import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspectAll } from '../../src/trust/gate';
import { rememberConsent } from '../../src/trust/consents';
import { moduleProject, removeFolders } from '../security/helpers/code-project';
import { onlyRun, results, start, until, PILOT } from './cli';
import { createProject, removeProjects } from './project';

const WORKER = path.join(__dirname, '../../dist/trial-worker.mjs');
const MODULE_PILOT = ['pilot', '.', '--task', 'sum', '--sizes', '40', '--seeds', '1'];

describe('consent holds from the question to the start', () => {
  afterEach(removeProjects);
  afterEach(removeFolders);

  it('lets a module run once it is allowed, until it changes', async () => {
    const root = moduleProject();
    const project = { root, marker: '' };
    assert.equal((await start(project, MODULE_PILOT).ended).status, 2);
    const file = path.join(root, 'step.mjs');
    await rememberConsent(await inspectAll([{ kind: 'module', command: [file], folder: root }]), new Date());
    const { status, stderr } = await start(project, MODULE_PILOT).ended;
    assert.equal(status, 0, stderr);
    assert.ok(existsSync(path.join(root, 'ran')));
    rmSync(path.join(root, 'ran'));
    writeFileSync(path.join(root, 'helper.mjs'), 'export const sum = () => 1;\n');
    assert.equal(
      (await start(project, [...MODULE_PILOT, '--resume']).ended).status,
      0,
      'nothing is left to run',
    );
    assert.equal((await start(project, MODULE_PILOT).ended).status, 2);
    assert.ok(!existsSync(path.join(root, 'ran')));
  });

  it('refuses a program that has changed between two trials, and resumes after another look', async () => {
    const project = createProject();
    const { ended } = start(project, PILOT, 60);
    await until(() => onlyRun(project) !== undefined && results(onlyRun(project) ?? '').size >= 2);
    const program = path.join(project.root, 'program.mjs');
    const text = readFileSync(program, 'utf8');
    writeFileSync(program, `${text}\n// other`);
    const { status, stderr } = await ended;
    assert.equal(status, 1);
    assert.match(stderr, /is not what you allowed/);
    const run = onlyRun(project) ?? '';
    const before = results(run).size;
    assert.ok(before < 24, String(before));
    const resumed = await start(project, ['pilot', '.', '--task', 'hard', '--resume', '--trust']).ended;
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.equal(results(run).size, 24);
  });

  it('is looked at by the worker itself, whoever gives it a job', async () => {
    const root = moduleProject();
    const project = { root, marker: '' };
    await start(project, [...MODULE_PILOT, '--budget', '1ms', '--trust']).ended;
    const run = onlyRun(project) ?? '';
    const job = readdirSync(path.join(run, 'jobs')).find(name => name.startsWith('pipeline-')) ?? '';
    rmSync(path.join(root, 'ran'), { force: true });
    const worker = fork(WORKER, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const report = new Promise(resolve => {
      worker.on('message', (message: unknown) => {
        if ((message as { kind: string }).kind !== 'ready') resolve(message);
      });
    });
    const cache = path.join(root, '.strategy-advisor/cache');
    worker.send({ kind: 'job', run, job, cache, allowed: ['0'.repeat(64)], messages: '{}' });
    assert.equal(((await report) as { code?: string }).code, 'changed');
    worker.kill('SIGKILL');
    assert.ok(!existsSync(path.join(root, 'ran')));
    assert.ok(!existsSync(path.join(run, 'jobs', job, 'result.json')));
  });

  it('is asked for by a run that came with a repository, and by each of its jobs', async () => {
    const project = createProject();
    await start(project, [...PILOT, '--budget', '1ms']).ended;
    const run = onlyRun(project) ?? '';
    const clone = createProject();
    mkdirSync(path.join(clone.root, '.strategy-advisor/runs'), { recursive: true });
    cpSync(run, path.join(clone.root, '.strategy-advisor/runs', path.basename(run)), { recursive: true });
    const there = onlyRun(clone) ?? '';
    for (const args of [
      ['pilot', '.', '--task', 'hard', '--resume'],
      ['trial', path.join(there, 'jobs/single-task-n40-s1')],
      ['trial', path.join(there, 'jobs/single-task-n40-s1'), '--allowed', 'x'],
    ]) {
      const { status, stderr } = await start(clone, args).ended;
      assert.equal(status, 2, stderr);
      assert.match(stderr, /was not started by you on this machine/);
    }
    assert.equal(results(there).size, 0);
    const { status } = await start(clone, ['trial', path.join(there, 'jobs/single-task-n40-s1'), '--trust'])
      .ended;
    assert.equal(status, 0);
  });
});
