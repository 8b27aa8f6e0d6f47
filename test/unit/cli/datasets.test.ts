import assert from 'node:assert/strict';
import { datasetsCommand } from '../../../src/cli/commands/datasets';
import type { DatasetsOutput } from '../../../src/cli/datasets-output';
import { createFolder, removeFolders, type Folder } from '../workspace/support';
import { parseValid } from './schema';
import { cli, type Ran } from './support';

function outputOf(text: string): DatasetsOutput['datasets'] {
  return (parseValid(text, 'datasets') as DatasetsOutput).datasets;
}

function annotated(...lines: string[]): Folder {
  return createFolder({ 'src/train.py': lines.map(line => `# ${line}\n`).join('') });
}

describe('strategy-advisor datasets', () => {
  afterEach(removeFolders);

  it('lists stated sizes and places', async () => {
    const { root, write } = annotated(
      '@dataset calls task=t num_examples=300 unit=hours path=../data/calls',
      '@dataset road task=t splits=train:80k,test:20k path=${workspaceFolder}/data/road.db#frames',
      '@dataset unknown task=t',
    );
    write({ 'data/calls/a.wav': '', 'data/road.db': '' });
    const json = await cli(['datasets', '.', '--json'], { cwd: root });
    assert.deepEqual([json.status, json.stderr], [0, '']);
    assert.deepEqual(outputOf(json.stdout), [
      {
        name: 'calls',
        file: 'src/train.py',
        line: 1,
        path: 'data/calls',
        stated: { value: 300, unit: 'hours' },
        issues: [],
      },
      {
        name: 'road',
        file: 'src/train.py',
        line: 2,
        path: 'data/road.db#frames',
        stated: { value: 100_000, unit: 'examples' },
        issues: [],
      },
      { name: 'unknown', file: 'src/train.py', line: 3, issues: [] },
    ]);
    const plain = await cli(['datasets', '.'], { cwd: root });
    assert.deepEqual(plain.stdout.split('\n'), [
      'DATASET  STATED         DATA                 WHERE',
      'calls    300 hours      data/calls           src/train.py:1',
      'road     100k examples  data/road.db#frames  src/train.py:2',
      'unknown  not stated     -                    src/train.py:3',
      '',
    ]);
  });

  it('ends with 1 for data that is missing, at the path that names it', async () => {
    const { root } = annotated('@dataset a task=t num_examples=5k \\', '  path=nowhere');
    const { status, stdout, stderr } = await cli(['datasets', 'src/train.py', '--json'], { cwd: root });
    assert.equal(status, 1);
    assert.equal(stderr, 'src/train.py:2:10: error: There is nothing at src/nowhere. (path-missing)\n');
    const [dataset] = outputOf(stdout);
    assert.equal(dataset?.path, 'src/nowhere');
    assert.deepEqual(dataset.issues, [
      { code: 'path-missing', severity: 'error', message: 'There is nothing at src/nowhere.' },
    ]);
    assert.match((await cli(['datasets', '.'], { cwd: root })).stdout, /src\/nowhere \(missing\)/);
  });

  it('lists what is wrong with an annotation under its dataset', async () => {
    const { root } = annotated('@dataset a task=t num_examples=many', '@dataset b task=t');
    const { status, stdout } = await cli(['datasets', '.', '--json'], { cwd: root });
    assert.equal(status, 1);
    assert.deepEqual(
      outputOf(stdout).map(({ name, issues }) => [name, issues.map(({ code }) => code)]),
      [
        ['a', ['bad-number']],
        ['b', []],
      ],
    );
  });

  it('does not look for what lies on another machine', async () => {
    const { root } = annotated('@dataset a task=t path=https://example.org/a.csv num_examples=1');
    const { status, stdout } = await cli(['datasets', '.', '--json'], { cwd: root });
    assert.equal(status, 0);
    assert.deepEqual(
      outputOf(stdout).map(({ path, issues }) => [path, issues.map(({ code }) => code)]),
      [['https://example.org/a.csv', ['path-remote']]],
    );
  });

  it('shows what a counter finds at paths that exist', async () => {
    const { root, write } = annotated(
      '@dataset a task=t num_examples=5k path=a.csv',
      '@dataset b task=t num_examples=5k path=b.csv',
    );
    write({ 'src/a.csv': 'x\n1\n' });
    const asked: string[] = [];
    const command = datasetsCommand({
      count: dataset => {
        asked.push(dataset.name);
        return Promise.resolve({
          counted: { value: 1, unit: 'examples', from: 'rows', splits: { train: 1 } },
          issues: [{ code: 'few-examples', severity: 'warning', message: 'Only one.', where: ['a.csv:2'] }],
        });
      },
    });
    const run = async (switches: string[]): Promise<Ran> => {
      const written = { stdout: '', stderr: '' };
      const status = await command.run(
        { paths: ['src'], switches: new Set(switches), values: new Map() },
        {
          stdout: { write: text => (written.stdout += text) },
          stderr: { write: text => (written.stderr += text) },
          cwd: root,
          env: {},
        },
      );
      return { status, ...written };
    };
    const [a, b] = outputOf((await run(['json'])).stdout);
    assert.deepEqual(asked, ['a']);
    assert.equal(a?.counted?.value, 1);
    assert.deepEqual(
      a.issues.map(({ code }) => code),
      ['few-examples'],
    );
    assert.equal(b?.counted, undefined);
    const { stdout, stderr } = await run([]);
    assert.match(stdout, /^a +5,000 examples +1 example +src\/a\.csv/m);
    assert.match(stderr, /^src\/train\.py:1:\d+: warning: Only one\. \(few-examples\)$/m);
  });
});
