import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { sarifLog } from '../../../src/cli/check-formats/sarif';
import { githubAnnotations } from '../../../src/cli/check-formats/github-annotations';
import { junitReport } from '../../../src/cli/check-formats/junit';
import type { DiagnosticOutput } from '../../../src/protocol/advise-schema';
import type { CheckOutput } from '../../../src/protocol/check-output';
import { type Folder, createFolder, removeFolders } from '../workspace/support';
import { parseValid } from './schema';
import { cli } from './support';

const GIT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

function git(root: string, ...args: string[]): string {
  const as = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...as, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...GIT },
  });
}

function committed(files: Readonly<Record<string, string>>): Folder {
  const folder = createFolder(files);
  git(folder.root, 'init', '--quiet');
  git(folder.root, 'add', '--all');
  git(folder.root, 'commit', '--quiet', '--message=before');
  return folder;
}

const faults = (own: string): string =>
  [
    `# @dataset own task=fault input=image:64x64x3 num_examples=${own}`,
    '# @dataset parts task=part input=image:64x64x3 num_examples=200k',
    '# @task fault target shares_features_with=part',
    '',
  ].join('\n');

describe('strategy-advisor check', () => {
  afterEach(removeFolders);

  it('finds nothing in a project that is in order', async () => {
    const { root } = createFolder({
      'train.py': '# @dataset d task=t label=y path=d.csv num_examples=2\n',
      'd.csv': 'x,y\n1,a\n2,b\n',
    });
    const { status, stdout } = await cli(['check', '.'], { cwd: root });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^Checked 1 datasets and 1 tasks in 1 files: 0 errors, 0 warnings\.$/m);
  });

  it('fails for a stale size, and with --errors-only for errors alone', async () => {
    const { root } = createFolder({
      'train.py': '# @dataset d task=t label=y path=d.csv num_examples=9\n',
      'd.csv': 'x,y\n1,a\n2,b\n',
    });
    const strict = await cli(['check', '.'], { cwd: root });
    assert.equal(strict.status, 1);
    assert.match(
      strict.stdout,
      /^train\.py:1:53: warning: num_examples is 9, but the data has 2 .*\(stale-size\)$/m,
    );
    assert.equal((await cli(['check', '.', '--errors-only'], { cwd: root })).status, 0);
  });

  it('says which advice a change turned, and by what', async () => {
    const { root, write } = committed({
      'sub/train.py': faults('400'),
      'other.py': '# @dataset z task=y num_examples=3\n',
    });
    write({ 'sub/train.py': faults('2M') });
    const { status, stdout } = await cli(['check', '.', '--base', 'HEAD', '--format', 'json'], { cwd: root });
    assert.equal(status, 1);
    const { base, changes, diagnostics } = parseValid(stdout, 'check') as CheckOutput;
    assert.equal(base?.commit, git(root, 'rev-parse', 'HEAD').trim());
    assert.deepEqual(changes, [
      { task: 'fault', decision: 'learning', before: 'transfer', after: 'single-task' },
    ]);
    const [found, ...others] = diagnostics;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [found?.file, found?.line, found?.code],
      [path.join('sub', 'train.py'), 3, 'advice-changed'],
    );
    assert.match(found?.message ?? '', /Changed: own from 400 examples to 2M examples\.$/);
  });

  it('compares what is named only, by the names of the current folder', async () => {
    const { root, write } = committed({ 'sub/train.py': faults('400') });
    write({ 'sub/train.py': faults('2M'), 'sub/new.py': '' });
    const within = await cli(['check', 'train.py', '--base', 'main'], { cwd: path.join(root, 'sub') });
    assert.match(
      within.stdout,
      /^train\.py:3:3: warning: The advice for fault has changed since main: it was transfer/m,
    );
    const beside = await cli(['check', 'new.py', '--base', 'main'], { cwd: path.join(root, 'sub') });
    assert.doesNotMatch(beside.stdout, /has changed/);
  });

  it('starts nothing that a repository configures, and says no word of a target that is new', async () => {
    const { root, write } = committed({ 'a.py': '# @dataset d task=t num_examples=5\n' });
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand'])
      git(root, 'config', key, `touch ${path.join(root, 'ran')}`);
    write({ 'b.py': faults('400') });
    const { status, stdout } = await cli(['check', '.', '--base', 'HEAD'], { cwd: root });
    assert.equal(status, 0, stdout);
    assert.throws(() => execFileSync('test', ['-e', path.join(root, 'ran')]));
  });

  it('names a commit that is not there, options in its place, and folders without a repository', async () => {
    const { root } = committed({ 'a.py': faults('400') });
    for (const revision of ['gone', '--help', '-']) {
      const { status, stderr } = await cli(['check', '.', `--base=${revision}`], { cwd: root });
      assert.equal(status, 2);
      assert.match(stderr, new RegExp(`This repository has no commit ${revision}\\..*fetch-depth: 0`));
    }
    const alone = createFolder({ 'a.py': faults('400') });
    const { status, stderr } = await cli(['check', '.', '--base', 'HEAD'], { cwd: alone.root });
    assert.equal(status, 2);
    assert.match(stderr, /\. is not in a Git repository/);
  });
});

describe('the formats of check', () => {
  const hostile: DiagnosticOutput = {
    file: 'a b/<é>%,:.py',
    ...{ line: 3, column: 5, endColumn: 9, severity: 'error', code: 'no-such-data' },
    message: 'No "data" at <x>&y%\r\n::error::forged\u0007\ud800',
  };
  const information: DiagnosticOutput = { ...hostile, severity: 'information', code: 'rows' };

  it('are one workflow command for each finding, whatever its text', () => {
    const [first, second, ...others] = githubAnnotations([hostile, information]);
    assert.deepEqual(others, []);
    assert.equal(
      first,
      '::error file=a b/<é>%25%2C%3A.py,line=3,col=5,endColumn=9,title=strategy-advisor (no-such-data)::' +
        'No "data" at <x>&y%25%0D%0A::error::forged\u0007\ud800',
    );
    assert.match(second ?? '', /^::notice /);
  });

  it('are well-formed XML, with a test for a file without findings', () => {
    const lines = junitReport(['fine.py'], [hostile, information]);
    assert.equal(lines[1], '<testsuites name="strategy-advisor" tests="2" failures="1" errors="0">');
    const text = lines.join('\n');
    assert.match(text, /<testcase classname="fine\.py" name="annotations"\/>/);
    assert.match(
      text,
      /message="No &quot;data&quot; at &lt;x&gt;&amp;y%\ufffd&#10;::error::forged\ufffd\ufffd"/,
    );
    assert.doesNotMatch(text, /rows/);
  });

  it('are a SARIF log with a rule for each code and references for paths', () => {
    const log = sarifLog([hostile, information], '1.2.3') as {
      runs: [{ results: unknown[]; tool: unknown }];
    };
    const [run] = log.runs;
    assert.deepEqual(run.tool, {
      driver: {
        name: 'strategy-advisor',
        version: '1.2.3',
        rules: [{ id: 'no-such-data' }, { id: 'rows' }],
      },
    });
    assert.deepEqual(run.results[0], {
      ruleId: 'no-such-data',
      ruleIndex: 0,
      level: 'error',
      message: { text: hostile.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%3C%C3%A9%3E%25%2C%3A.py' },
            region: { startLine: 3, startColumn: 5, endColumn: 9 },
          },
        },
      ],
    });
  });
});
