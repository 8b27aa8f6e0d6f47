import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseValid } from '../unit/cli/schema';
import { onlyRun, PILOT, start } from './cli';
import { annotations, createProject, removeProjects } from './project';

describe('what pilot and runs print', () => {
  afterEach(removeProjects);

  it('is one object of the described shape, whole or ended by a budget', async () => {
    const project = createProject();
    const { stdout, stderr, status } = await start(project, [...PILOT, '--name', 'first', '--json']).ended;
    assert.equal(status, 0, stderr);
    const report = parseValid(stdout, 'pilot') as { complete: boolean; verdict?: { n: number } };
    assert.deepEqual([report.complete, report.verdict?.n], [true, 80]);
    const listed = parseValid((await start(project, ['runs', '.', '--json']).ended).stdout, 'runs');
    assert.deepEqual(
      (listed as { runs: { name: string; state: string }[] }).runs.map(({ name, state }) => [name, state]),
      [['first', 'finished']],
    );

    const hurried = createProject();
    const early = await start(hurried, [...PILOT, '--budget', '1500ms', '--json'], 60).ended;
    assert.equal((parseValid(early.stdout, 'pilot') as { complete: boolean }).complete, false);
    assert.match(early.stderr, /Time budget reached/);
  });

  it('names a program that fails, with its last lines', async () => {
    for (const [code, expected] of [
      [`console.log('loading'); process.exit(3)`, /failed: exited with 3\.\s+loading/],
      [`console.log('done')`, /did not report the metric "accuracy"/],
      [`console.log('{"metric": "accuracy", "value": NaN}')`, /reported NaN for the metric "accuracy"/],
    ] as const) {
      const project = createProject();
      writeFileSync(path.join(project.root, 'program.mjs'), code);
      const { stderr, status } = await start(project, PILOT).ended;
      assert.equal(status, 1, stderr);
      assert.match(stderr, expected);
      assert.ok(onlyRun(project) !== undefined);
    }
  });

  it('names a program that is not there, and runs no shell', async () => {
    const project = createProject();
    writeFileSync(path.join(project.root, 'train.py'), annotations('no-such-program; touch owned'));
    const { stderr, status } = await start(project, PILOT).ended;
    assert.equal(status, 1);
    assert.match(stderr, /"no-such-program; touch owned" failed: cannot start/);
  });
});
