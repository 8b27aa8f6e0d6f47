import assert from 'node:assert/strict';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../src/cli/command-dispatch';
import { loadProblem } from '../../src/cli/load-problem';
import { messagePrinter } from '../../src/cli/printer';
import { workspaceForRuns } from '../../src/cli/workspace-folders';
import { createRun, listRuns, questionOfRun } from '../../src/experiments';
import { allowFolder, revokeFolder } from '../../src/trust/allowed-folders';
import { searchedFolders, unsafeFolder } from '../../src/trust/safe-folder';
import { plan } from '../unit/experiments/support';
import { createFolder, removeFolders } from './helpers/code-project';

/** A user that is not the one who runs the tests. */
const OTHER = 54_321;
const canGiveAway = process.getuid?.() === 0;
const needsRoot = canGiveAway ? '' : ' (skipped: only root can make a folder of another user)';

const makeRun = (workspace: string): Promise<string> =>
  createRun({ workspace, plan: plan(), now: new Date() });

/** Writes a run by way of a folder that is safe. */
async function foreignRun(workspace: string): Promise<void> {
  const made = createFolder();
  await makeRun(made);
  cpSync(path.join(made, '.strategy-advisor'), path.join(workspace, '.strategy-advisor'), {
    recursive: true,
  });
}

/** Where the runs of a folder are looked for, and what is printed about it. */
function discovered(folder: string): { readonly workspace: string; readonly printed: string } {
  let printed = '';
  const stderr = messagePrinter({ write: text => (printed += text) });
  return { workspace: workspaceForRuns('.', { cwd: folder, stderr }), printed };
}

async function cli(cwd: string, ...args: readonly string[]): Promise<{ status: number; stderr: string }> {
  let stderr = '';
  const status = await runCli(args, {
    stdout: { write: () => undefined },
    stderr: { write: text => (stderr += text) },
    ...{ cwd, env: {} },
  });
  return { status, stderr };
}

const MARGIN = '{ "tieMargin": 0.2 }';
const ANNOTATION = '# @dataset a task=t input=tabular:2 num_examples=50\n# @task t target output=class:2\n';

async function marginOf(root: string, named: string): Promise<number | undefined> {
  const { settingsOf, fileDiagnostics, scan } = await loadProblem([named], { cwd: root });
  const file = path.relative(root, scan.files[0]?.path ?? '');
  for (const { code } of fileDiagnostics) assert.equal(code, 'unsafe-folder');
  return settingsOf(file)?.tieMargin;
}

describe('what lies in a folder above is taken only where it is the user’s own', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  afterEach(removeFolders);

  it('ends at the root of the repository, and at home', () => {
    const root = createFolder({ 'a/b/.git/HEAD': '' });
    const isRoot = (folder: string): boolean => existsSync(path.join(folder, '.git'));
    assert.deepEqual(searchedFolders(path.join(root, 'a/b/c'), isRoot), [
      path.join(root, 'a/b/c'),
      path.join(root, 'a/b'),
    ]);
    const { HOME } = process.env;
    process.env['HOME'] = path.join(root, 'a');
    assert.deepEqual(searchedFolders(path.join(root, 'a/x'), isRoot), [
      path.join(root, 'a/x'),
      path.join(root, 'a'),
    ]);
    process.env['HOME'] = HOME;
  });

  it('finds runs in the repository, and none above it', async () => {
    const root = createFolder({ 'mine/.git/HEAD': '', 'mine/deep/x.py': '' });
    await makeRun(root);
    assert.equal(discovered(path.join(root, 'mine/deep')).workspace, path.join(root, 'mine/deep'));
    await makeRun(path.join(root, 'mine'));
    assert.equal(discovered(path.join(root, 'mine/deep')).workspace, path.join(root, 'mine'));
  });

  const faults: readonly (readonly [what: string, place: string, change: (place: string) => void])[] = [
    [
      'the folder can be written by all',
      '.',
      place => {
        chmodSync(place, 0o777);
      },
    ],
    [
      'the folder can be written by a group',
      '.',
      place => {
        chownGroup(place);
        chmodSync(place, 0o775);
      },
    ],
    [
      '.strategy-advisor can be written by all',
      '.strategy-advisor',
      place => {
        chmodSync(place, 0o777);
      },
    ],
    [
      '.strategy-advisor is like /tmp',
      '.strategy-advisor',
      place => {
        chmodSync(place, 0o1777);
      },
    ],
    [
      'its runs can be written by all',
      '.strategy-advisor/runs',
      place => {
        chmodSync(place, 0o777);
      },
    ],
    [
      'the folder is another user’s',
      '.',
      place => {
        chownSync(place, OTHER, OTHER);
      },
    ],
    [
      '.strategy-advisor is another user’s',
      '.strategy-advisor',
      place => {
        chownSync(place, OTHER, OTHER);
      },
    ],
    [
      'its runs are another user’s',
      '.strategy-advisor/runs',
      place => {
        chownSync(place, OTHER, OTHER);
      },
    ],
  ];
  for (const [what, name, change] of faults) {
    const isOwner = what.includes('another') || what.includes('group');
    it(`adopts no runs where ${what}${isOwner ? needsRoot : ''}`, async function () {
      if (isOwner && !canGiveAway) this.skip();
      const shared = createFolder({ 'mine/train.py': ANNOTATION });
      const mine = path.join(shared, 'mine');
      await foreignRun(shared);
      assert.equal(discovered(mine).workspace, shared);
      change(path.join(shared, name));
      const { workspace, printed } = discovered(mine);
      assert.equal(workspace, mine);
      assert.ok(printed.includes(`strategy-advisor allow ${shared} --shared`), printed);
      // One that is named is not used either, and says how to; advice goes by the rules then.
      const advised = await cli(shared, 'advise', '.');
      assert.equal(advised.status, 0);
      assert.match(advised.stderr, /allow .* --shared/);
      assert.deepEqual((await listRuns(shared)).runs, []);
      await assert.rejects(makeRun(shared), /allow .* --shared/);
      const resumed = await cli(shared, 'pilot', '.', '--resume', '--trust');
      assert.equal(resumed.status, 1);
      assert.match(resumed.stderr, /allow .* --shared/);

      const command = /strategy-advisor (allow \S+ --shared)/.exec(printed)?.[1] ?? '';
      assert.equal((await cli(mine, ...command.split(' '))).status, 0);
      assert.equal(discovered(mine).workspace, shared);
      assert.equal((await listRuns(shared)).runs.length, 1);
      assert.equal((await cli(mine, 'allow', shared, '--revoke')).status, 0);
      assert.equal(discovered(mine).workspace, mine);
    });
  }

  it(`does not follow a link to runs of another user${needsRoot}`, async function () {
    if (!canGiveAway) this.skip();
    const [shared, theirs] = [createFolder(), createFolder()];
    await foreignRun(theirs);
    chownSync(path.join(theirs, '.strategy-advisor'), OTHER, OTHER);
    symlinkSync(path.join(theirs, '.strategy-advisor'), path.join(shared, '.strategy-advisor'));
    await assert.rejects(questionOfRun(path.join(shared, '.strategy-advisor/runs/x')), Error);
    assert.ok(unsafeFolder(shared, ['.strategy-advisor']));
  });

  it('takes one’s own in a folder like /tmp', () => {
    const shared = createFolder({ '.strategy-advisor/runs/x/run.json': '' });
    chmodSync(shared, 0o1777);
    assert.equal(unsafeFolder(shared, ['.strategy-advisor']), undefined);
  });

  it('takes no project file from a folder above what is named that others can write', async () => {
    const shared = createFolder({ 'mine/train.py': ANNOTATION, 'strategy-advisor.config.json': MARGIN });
    assert.equal(await marginOf(shared, 'mine'), 0.2);
    chmodSync(shared, 0o777);
    assert.equal(await marginOf(shared, 'mine'), undefined);
    assert.match((await cli(shared, 'advise', 'mine')).stderr, /allow .* --shared/);
    // Whoever names the folder means it.
    assert.equal(await marginOf(shared, '.'), 0.2);
    await allowFolder('discovery', shared);
    assert.equal(await marginOf(shared, 'mine'), 0.2);
    await revokeFolder('discovery', shared);
  });

  it(`takes no folder for a repository that another user has made one${needsRoot}`, async function () {
    if (!canGiveAway) this.skip();
    const shared = createFolder({ 'mine/a/train.py': ANNOTATION, 'strategy-advisor.config.json': MARGIN });
    mkdirSync(path.join(shared, '.git'));
    const mine = path.join(shared, 'mine');
    assert.equal(await marginOf(mine, 'a'), 0.2);
    for (const name of ['.git', 'strategy-advisor.config.json'])
      chownSync(path.join(shared, name), OTHER, OTHER);
    assert.equal(await marginOf(mine, 'a'), undefined);
  });
});

function chownGroup(place: string): void {
  chownSync(place, process.getuid?.() ?? 0, OTHER);
}
