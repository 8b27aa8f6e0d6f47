import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseValid } from '../unit/cli/schema';
import { onlyRun, start } from './cli';
import { createProject, removeProjects, type Project } from './project';

/** At nearly all of its data: what is measured at less leaves the advice to the rules. */
const PILOT = ['pilot', '.', '--task', 'hard', '--sizes', '240', '--seeds', '2', '--trust'] as const;

interface Advice {
  readonly task: string;
  readonly basis: string;
  readonly measured?: { readonly stale: boolean };
}

async function adviceOn(project: Project, ...options: string[]): Promise<Advice | undefined> {
  const { stdout, stderr, status } = await start(project, ['advise', '.', '--json', ...options]).ended;
  assert.equal(status, 0, stderr);
  return (parseValid(stdout, 'advise') as { advice: Advice[] }).advice.find(({ task }) => task === 'hard');
}

describe('advice after a pilot', () => {
  afterEach(removeProjects);

  it('rests on what was measured, and says so when that is stale', async () => {
    const project = createProject();
    assert.equal((await adviceOn(project))?.basis, 'rules');
    const { status, stderr } = await start(project, PILOT).ended;
    assert.equal(status, 0, stderr);
    const fresh = await adviceOn(project);
    assert.deepEqual([fresh?.basis, fresh?.measured?.stale], ['measured', false]);
    assert.equal((await adviceOn(project, '--rules'))?.basis, 'rules');
    appendFileSync(path.join(project.root, 'small.csv'), '0.1,0.2,0.3,0\n');
    assert.equal((await adviceOn(project))?.measured?.stale, true);
    rmSync(onlyRun(project) ?? '', { recursive: true });
    assert.equal((await adviceOn(project))?.basis, 'rules');
  });
});
