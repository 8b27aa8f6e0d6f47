import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyRun, processesWith, results, start, values } from './cli';
import { annotations, createProject, removeProjects, type Project } from './project';

const PILOT = ['pilot', '.', '--task', 'hard', '--sizes', '40', '--seeds', '1', '--trust'] as const;
const skipped =
  process.platform === 'linux' ? '' : ' (skipped: processes are looked up in /proc, which is on Linux)';

/** Programs of a user's own that do what programs should not. */
describe(`a trial ends with all that its program has started${skipped}`, function () {
  before(function () {
    if (skipped !== '') this.skip();
  });
  afterEach(removeProjects);

  /** A project whose program is this one; `setsid` in it starts a process in a session of its own. */
  const projectWith = (program: string): Project => {
    const project = createProject();
    writeFileSync(
      path.join(project.root, 'program.mjs'),
      `import { spawn } from 'node:child_process';
       const report = () => console.log(JSON.stringify({ metric: 'accuracy', value: 0.5 }));
       const start = (detached, stdio) =>
         spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '${project.marker}'], { detached, stdio });
       ${program}`,
    );
    writeFileSync(path.join(project.root, 'train.py'), annotations(`node program.mjs ${project.marker}`));
    return project;
  };
  const jobsOf = (project: Project): string[] => {
    const jobs = path.join(onlyRun(project)!, 'jobs');
    return readdirSync(jobs).map(job => path.join(jobs, job));
  };

  for (const [what, child] of [
    ['holds its output open in the background', "start(false, 'inherit').unref()"],
    ['runs in a session of its own', "start(true, 'ignore').unref()"],
    ['does both', "start(true, 'inherit').unref()"],
  ] as const)
    it(`where a process of it ${what}`, async () => {
      const project = projectWith(`${child}; report(); process.exit();`);
      const { status, stderr } = await start(project, PILOT).ended;
      assert.equal(status, 0, stderr);
      assert.ok(results(onlyRun(project)!).size >= 6);
      assert.deepEqual(processesWith(project.marker), []);
    });

  it('where it takes longer than it may, and says what the limit is', async () => {
    const project = projectWith("start(true, 'inherit'); setInterval(() => {}, 1000);");
    const { status, stderr } = await start(project, [...PILOT, '--trial-limit', '1s']).ended;
    assert.equal(status, 1);
    assert.match(stderr, /Ended after 1 s, the time limit of a trial\..* --trial-limit/);
    assert.deepEqual(processesWith(project.marker), []);
  });

  it('and keeps the beginning and the end of what it prints, however much that is', async () => {
    const project = projectWith(`
      const text = 'x'.repeat(2 ** 20);
      process.stdout.write('first\\n');
      for (let i = 0; i < 60; i++) if (!process.stdout.write(text)) await new Promise(go => process.stdout.once('drain', go));
      process.stdout.write('\\n');
      for (let i = 0; i < 400_000; i++)
        if (!process.stdout.write('line ' + i + ' of many\\n')) await new Promise(go => process.stdout.once('drain', go));
      process.stdout.write('last\\n');
      process.stderr.write('y'.repeat(2 ** 20));
      process.exitCode = 3;`);
    const { status, stderr } = await start(project, PILOT).ended;
    assert.equal(status, 1);
    assert.ok(stderr.length < 60_000, `${stderr.length} characters in the terminal`);
    const [job = ''] = jobsOf(project);
    const log = readFileSync(path.join(job, 'log.txt'), 'utf8');
    assert.ok(statSync(path.join(job, 'log.txt')).size < 8 * 2 ** 20);
    assert.match(log, /^first\nx+ …\nline 0 of many\n/);
    assert.match(log, /\n… \d+ lines left out …\n/);
    assert.match(log, /line 399999 of many\nlast\n/);
    const failure = readFileSync(path.join(job, 'failure.json'), 'utf8');
    assert.ok(failure.length < 10_000, `${failure.length} characters of failure`);
    assert.match(failure, /exited with 3/);
  });

  it('and reads a report behind more output than fits into a text', async () => {
    const project = projectWith(`
      const text = 'x'.repeat(2 ** 23);
      for (let i = 0; i < 70; i++) if (!process.stdout.write(text)) await new Promise(go => process.stdout.once('drain', go));
      process.stdout.write('\\n');
      report();`);
    const { status, stderr } = await start(project, PILOT).ended;
    assert.equal(status, 0, stderr);
    assert.ok(Object.values(values(onlyRun(project)!)).every(value => value === 0.5));
  });
});
