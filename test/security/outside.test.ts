import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { agentToolsFor } from '../../src/cli/agent-tools';
import { shellWord } from '../../src/common/shell-word';
import { countDataset } from '../../src/data';
import { reachOf } from '../../src/data/paths/readable-folders';
import { countIfChanged } from '../../src/extension/features/counting/count-if-changed';
import { readableFilesOf } from '../../src/extension/project/readable-folders';
import { fileUri } from '../../src/data/paths/node-file-system';
import type { DatasetsOutput } from '../../src/protocol/datasets-output';
import { allowFolder, allowedFolders, revokeFolder } from '../../src/trust/allowed-folders';
import { walk } from '../../src/workspace/folder-walk';
import { cli } from '../unit/cli/support';

/** Class names that must not come out, of a table that lies beside the workspace. */
const SECRET = /payroll-secret/;

/** Every kind of way out of a workspace; links where the system lets an ordinary user make them. */
function escapesOf(workspace: string, outside: string): Readonly<Record<string, string>> {
  const file = path.join(outside, 'private.csv');
  const link = (name: string, target: string): string => {
    symlinkSync(target, path.join(workspace, name));
    return name;
  };
  mkdirSync(path.join(workspace, 'data'));
  symlinkSync(file, path.join(workspace, 'data', 'linked.csv'));
  symlinkSync(outside, path.join(workspace, 'folder'));
  return {
    'steps back': path.relative(workspace, file),
    'steps back from a folder': `data/../${path.relative(workspace, file)}`,
    'an absolute path': file,
    'a file: URI': pathToFileURL(file).href,
    'a home folder': `~/${path.relative(homedir(), file)}`,
    'a workspace folder': `\${workspaceFolder}/${path.relative(workspace, file)}`,
    'a glob outside': `${outside}/*.csv`,
    'a list': `inside.csv,${file}`,
    'a linked file': link('private-link.csv', file),
    'a relative link': link('relative-link.csv', path.relative(workspace, file)),
    'a linked folder': 'folder/private.csv',
    'a link that goes back from a linked folder': link(
      'back.csv',
      `folder/../${path.basename(outside)}/private.csv`,
    ),
    'a link to a link': link('chain.csv', 'private-link.csv'),
    'a folder of links': 'data',
    'a glob over links': 'data/*.csv',
    'a table in a file': `${file}#rows`,
  };
}

describe('paths outside the workspace are read only after the user allowed the folder', function () {
  if (process.platform === 'win32') return; // Links need a privilege there; the rules are the same code.
  let top: string;
  let workspace: string;
  let outside: string;
  let escapes: Readonly<Record<string, string>>;

  beforeEach(() => {
    top = realpathSync(mkdtempSync(path.join(tmpdir(), 'outside-')));
    [workspace, outside] = [path.join(top, 'repo'), path.join(top, 'private')];
    mkdirSync(workspace);
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'private.csv'), 'x,label\n1,payroll-secret\n2,other\n');
    writeFileSync(
      path.join(outside, 'README.md'),
      '---\ndataset_info:\n  splits:\n  - num_examples: 77\n---\n',
    );
    writeFileSync(path.join(workspace, 'inside.csv'), 'x,label\n1,a\n2,b\n3,a\n');
    escapes = escapesOf(workspace, outside);
    annotate(Object.values(escapes));
  });

  afterEach(async () => {
    for (const folder of allowedFolders('outside')) await revokeFolder('outside', folder);
    rmSync(top, { recursive: true, force: true });
  });

  function annotate(paths: readonly string[]): void {
    const lines = paths.map(
      (each, i) => `# @dataset d${i} task=t${i} label=label num_examples=5 path="${each}"`,
    );
    writeFileSync(path.join(workspace, 'train.py'), `${lines.join('\n')}\n`);
  }

  async function datasets(args: readonly string[] = []): Promise<DatasetsOutput['datasets']> {
    const { stdout } = await cli(['datasets', '.', '--json', ...args], { cwd: workspace });
    return (JSON.parse(stdout) as DatasetsOutput).datasets;
  }

  it('in the terminal, whatever the path looks like', async () => {
    const found = await datasets();
    const names = Object.keys(escapes);
    assert.equal(found.length, names.length);
    for (const [i, { counted, documented, issues }] of found.entries()) {
      const codes = issues.map(({ code }) => code);
      assert.ok(codes.includes('outside-root'), `${names[i]}: ${codes.join(', ')}`);
      assert.equal(counted, undefined, names[i]);
      assert.equal(documented ?? undefined, undefined, names[i]);
    }
    assert.doesNotMatch(JSON.stringify(found), SECRET);
  });

  it('and nobody learns whether something is there', async () => {
    annotate([path.join(outside, 'private.csv'), path.join(outside, 'nothing.csv')]);
    const [there, missing] = await datasets();
    const text = (of: typeof there): string =>
      JSON.stringify(of?.issues).replaceAll(/private\.csv|nothing\.csv/g, '');
    assert.equal(text(there), text(missing));
    const files = readableFilesOf(path.join(workspace, 'train.py'), [workspace]);
    assert.equal(await files.stat(fileUri(path.join(outside, 'private.csv'))), undefined);
    assert.ok(await files.stat(fileUri(path.join(workspace, 'inside.csv'))));
  });

  it('for agents, whom nothing is allowed implicitly', async () => {
    const tool = agentToolsFor(workspace).find(({ name }) => name === 'count_dataset');
    const ask = async (): Promise<string> =>
      JSON.stringify(await tool?.call({}, new AbortController().signal));
    assert.doesNotMatch(await ask(), SECRET);
    await allowFolder('outside', outside);
    assert.match(await ask(), SECRET);
  });

  it('in the editor, where data is counted in the background', async () => {
    for (const [name, written] of Object.entries(escapes)) {
      const counting = {
        ...{ written, unit: 'examples' as const, labels: { t: 'label' } },
        ...{ file: path.join(workspace, 'train.py'), workspaceFolders: [workspace] },
      };
      const counted = await countIfChanged(counting, undefined, new AbortController().signal);
      assert.ok(counted !== 'unchanged');
      assert.equal(counted.result.counted, undefined, name);
      assert.ok(
        counted.result.issues.some(({ code }) => code === 'outside-root'),
        name,
      );
    }
  });

  it('in a pilot, which names what to allow', async () => {
    annotate([escapes['an absolute path'] ?? '']);
    const task = '# @task t0 target output=class:2 num_params=10k\n';
    writeFileSync(path.join(workspace, 'task.py'), task);
    const ran = await cli(['pilot', '.'], { cwd: workspace });
    assert.equal(ran.status, 1);
    assert.match(ran.stderr, /outside the workspace and is not read\..* --allow-outside \S+private/);
  });

  it('with --allow-outside, which is remembered, listed and revoked', async () => {
    const [first] = await datasets(['--allow-outside', outside]);
    assert.equal(first?.counted?.value, 2);
    for (const [i, each] of (await datasets()).entries())
      assert.ok((each.counted?.value ?? 0) >= 2, Object.keys(escapes)[i]);
    const listed = await cli(['allow', '--json'], { cwd: top });
    assert.deepEqual((JSON.parse(listed.stdout) as { data: string[] }).data, [outside]);
    assert.equal((await cli(['allow', 'private', '--revoke'], { cwd: top })).status, 0);
    assert.equal((await datasets())[0]?.counted, undefined);
    assert.equal((await cli(['allow', 'private', '--revoke'], { cwd: top })).status, 1);
  });

  it('by its own name and by the link that was allowed, as long as that leads there', async () => {
    const link = path.join(top, 'mounted');
    symlinkSync(outside, link);
    annotate([path.join(link, 'private.csv'), path.join(outside, 'private.csv')]);
    const counts = async (): Promise<readonly (number | undefined)[]> =>
      (await datasets()).map(({ counted }) => counted?.value);
    await allowFolder('outside', outside);
    // Where a link outside leads is not looked at.
    assert.deepEqual(await counts(), [undefined, 2]);
    await allowFolder('outside', link);
    assert.deepEqual(await counts(), [2, 2]);
    await revokeFolder('outside', outside);
    assert.deepEqual(await counts(), [undefined, undefined]);
    await allowFolder('outside', link);
    assert.deepEqual(await counts(), [2, 2]);

    const other = path.join(top, 'other');
    mkdirSync(other);
    writeFileSync(path.join(other, 'private.csv'), 'x,label\n1,payroll-secret\n');
    rmSync(link);
    symlinkSync(other, link);
    assert.deepEqual(await counts(), [undefined, 2]);
    // Nor does a link in place of what was allowed give more.
    rmSync(outside, { recursive: true });
    symlinkSync(other, outside);
    assert.deepEqual(await counts(), [undefined, undefined]);
  });

  it('of a repository whose root is above the folder that is worked on, all is inside', async () => {
    mkdirSync(path.join(top, '.git'));
    assert.equal((await datasets())[0]?.counted?.value, 2);
  });

  it('and a current folder that holds all sorts of things makes nothing of it inside', async () => {
    const home = process.env['HOME'];
    try {
      process.env['HOME'] = top;
      const ran = await cli(['datasets', 'repo', '--json'], { cwd: top });
      assert.doesNotMatch(ran.stdout, SECRET);
    } finally {
      process.env['HOME'] = home;
    }
  });

  it('in none of which what the kernel shows as files counts as data', async () => {
    annotate(['/proc/self/environ', '/dev/zero', '/sys']);
    const found = await datasets(['--allow-outside', '/']);
    assert.deepEqual(
      found.map(({ issues }) => issues.map(({ code }) => code)),
      [['outside-root'], ['outside-root'], ['outside-root']],
    );
    for (const folder of ['/proc', '/sys/kernel', '/dev'])
      assert.deepEqual(
        [...walk(folder, () => 'source')].map(step => step?.kind),
        ['unreadable'],
      );
    assert.deepEqual(
      (await countDataset('/proc/self/environ')).issues.map(({ code }) => code),
      ['unsupported'],
    );
  });

  it('links that lead round in circles end', async () => {
    symlinkSync('b', path.join(workspace, 'a'));
    symlinkSync('a', path.join(workspace, 'b'));
    assert.equal((await reachOf(path.join(workspace, 'a/x.csv'), [workspace])).kind, 'loop');
  });

  it('links within the workspace lead where they lead', async () => {
    mkdirSync(path.join(workspace, 'store'));
    writeFileSync(path.join(workspace, 'store', 'rows.csv'), 'x\n1\n');
    symlinkSync(path.join(workspace, 'store'), path.join(workspace, 'absolute'));
    symlinkSync('absolute/../store/rows.csv', path.join(workspace, 'rows.csv'));
    // The workspace itself may be reached by a link.
    symlinkSync(workspace, path.join(top, 'alias'));
    for (const root of [workspace, path.join(top, 'alias')])
      assert.deepEqual(await reachOf(path.join(root, 'rows.csv'), [root]), {
        kind: 'inside',
        real: path.join(workspace, 'store', 'rows.csv'),
      });
  });
});

describe('a command that a message shows runs nothing of what a repository has written', () => {
  it('quotes what a shell would read', () => {
    assert.equal(shellWord('/data/imagenet-1k'), '/data/imagenet-1k');
    assert.equal(shellWord('/data/$(touch x)'), "'/data/$(touch x)'");
    assert.equal(shellWord("/data/it's"), String.raw`'/data/it'\''s'`);
    assert.equal(shellWord(String.raw`C:\my data`), String.raw`"C:\my data"`);
    assert.equal(shellWord(String.raw`C:\$(calc)`), String.raw`"C:\?(calc)"`);
    assert.equal(shellWord('--trust'), "'--trust'");
  });
});
