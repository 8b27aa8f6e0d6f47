import assert from 'node:assert/strict';
import type { Command } from '../../../src/cli/command-line';
import { datasetsCommand } from '../../../src/cli/commands/datasets-command';
import { setLanguage } from '../../../src/cli/display-language';
import type { DatasetsOutput } from '../../../src/protocol/datasets-output';
import { type Folder, createFolder, removeFolders } from '../workspace/support';
import { parseValid } from './schema';
import { type Ran, cli } from './support';
import { messagePrinter, resultPrinter } from '../../../src/cli/printer';

function outputOf(text: string): DatasetsOutput['datasets'] {
  return (parseValid(text, 'datasets') as DatasetsOutput).datasets;
}

async function run(command: Command, cwd: string, switches: string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const status = await command.run(
    { paths: ['.'], switches: new Set(switches), values: new Map() },
    {
      stdout: resultPrinter({ write: text => (written.stdout += text) }),
      stderr: messagePrinter({ write: text => (written.stderr += text) }),
      cwd,
      env: {},
    },
  );
  return { status, ...written };
}

function annotated(...lines: string[]): Folder {
  return createFolder({ 'src/train.py': lines.map(line => `# ${line}\n`).join('') });
}

describe('strategy-advisor datasets', () => {
  afterEach(() => {
    removeFolders();
    setLanguage('en');
  });

  it('lists stated sizes and places', async () => {
    const { root, write } = annotated(
      '@dataset calls task=t num_examples=300 unit=hours path=../data/calls',
      '@dataset road task=t splits=train:80k,test:20k path=${workspaceFolder}/data/road.db#frames',
      '@dataset unknown task=t',
    );
    write({ 'data/calls/a.wav': '', 'data/road.db': '' });
    const { stdout } = await run(datasetsCommand(), root, ['json']);
    assert.deepEqual(outputOf(stdout), [
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
        stated: { value: 100_000, unit: 'examples', splits: { train: 80_000, test: 20_000 } },
        issues: [],
      },
      { name: 'unknown', file: 'src/train.py', line: 3, issues: [] },
    ]);
    const plain = await run(datasetsCommand(), root, []);
    assert.deepEqual(plain.stdout.split('\n'), [
      'DATASET  STATED         DATA                 LOCATION',
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
    assert.equal(stderr, 'src/train.py:2:10: error: src/nowhere does not exist. (path-missing)\n');
    const [dataset] = outputOf(stdout);
    assert.equal(dataset?.path, 'src/nowhere');
    assert.deepEqual(dataset.issues, [
      { code: 'path-missing', severity: 'error', message: 'src/nowhere does not exist.' },
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
    const [a, b] = outputOf((await run(command, root, ['json'])).stdout);
    assert.deepEqual(asked, ['a']);
    assert.equal(a?.counted?.value, 1);
    assert.deepEqual(
      a.issues.map(({ code }) => code),
      ['few-examples', 'stale-size'],
    );
    assert.equal(b?.counted, undefined);
    const { stdout, stderr } = await run(command, root, []);
    assert.match(stdout, /^a +5,000 examples +1 example +rows +src\/a\.csv/m);
    assert.match(stderr, /^src\/train\.py:1:\d+: warning: Only one: a\.csv:2 \(few-examples\)$/m);
  });

  it('counts what is there: in all, by split, by label and by class, each with where it is from', async () => {
    const { root, write } = annotated(
      '@dataset a task=t,u num_examples=4 splits=train:3,val:1 labels_present=t:50%,u:100% label=t:y,u:z path=../data',
    );
    write({
      'data/train.csv': 'x,y,z\n1,,p\n2,yes,q\n3,no,q\n',
      'data/val.csv': 'x,y,z\n4,,p\n',
      'data/README.md': '---\ndataset_info:\n  splits:\n  - name: train\n    num_examples: 30\n---\n',
    });
    const { status, stdout, stderr } = await cli(['datasets', '.', '--json'], { cwd: root });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const [a] = outputOf(stdout);
    assert.deepEqual(a?.counted, {
      value: 4,
      unit: 'examples',
      from: 'table rows',
      splits: { train: 3, validation: 1 },
      labels: { t: 2, u: 4 },
      classes: { 't:no': 1, 't:yes': 1, 'u:p': 2, 'u:q': 2 },
    });
    assert.deepEqual(a.documented, [
      { value: 30, unit: 'examples', from: 'data/README.md', splits: { train: 30 } },
    ]);
    const plain = await cli(['datasets', '.'], { cwd: root });
    assert.deepEqual(
      plain.stdout.split('\n').map(line => line.trim().replace(/ {2,}/g, ' | ')),
      [
        'DATASET | STATED | COUNTED | ORIGIN | DATA | LOCATION',
        'a | 4 examples | 4 examples | table rows | data | src/train.py:1',
        '· train | 3 examples | 3 examples',
        '· val | 1 example | 1 example',
        '· label t | 50% | 2 examples, 2 unlabelled',
        '· label u | 100% | 4 examples, 0 unlabelled',
        '· class t:no | - | 1 example',
        '· class t:yes | - | 1 example',
        '· class u:p | - | 2 examples',
        '· class u:q | - | 2 examples',
        '30 examples | data/README.md',
        '',
      ],
    );
  });

  it('warns of a stale size at its number, and ends with 1 for data that cannot be read', async () => {
    const { root, write } = annotated(
      '@dataset a task=t num_examples=5k path=../a.csv',
      '@dataset b task=t num_examples=5k path=../b.csv',
    );
    write({ 'a.csv': 'x\n1\n2\n' });
    const stale = await cli(['datasets', '.'], { cwd: root });
    assert.match(
      stale.stderr,
      /^src\/train\.py:1:34: warning: num_examples is 5,000, but the data has 2 \(table rows\)\. \(stale-size\)$/m,
    );
    write({ 'b.csv': '\0\0\0' });
    const broken = await cli(['datasets', '.'], { cwd: root });
    assert.equal(broken.status, 1);
    assert.match(broken.stderr, /^src\/train\.py:2:42: error: b\.csv contains binary data, expected text/m);
  });

  it('says so in Korean', async () => {
    const { root, write } = annotated('@dataset a task=t num_examples=5k path=../b.csv');
    write({ 'b.csv': '\0\0\0' });
    const { stderr } = await cli(['datasets', '.', '--lang', 'ko'], { cwd: root });
    assert.match(stderr, /b\.csv에 텍스트가 아니라 바이너리 데이터가 들어 있습니다/);
  });
});
