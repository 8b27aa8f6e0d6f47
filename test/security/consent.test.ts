import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runCli } from '../../src/cli/command-dispatch';
import {
  allowNewRun,
  createRun,
  executeRun,
  planPilot,
  questionOfRun,
  readManifest,
  reportOf,
} from '../../src/experiments';
import { codeOfTask } from '../../src/experiments/consent/named-code';
import { findDataPaths, pathLookup } from '../../src/experiments/plan/dataset-spec';
import { resolveDataPath } from '../../src/data/paths/node-file-system';
import { loadProblem } from '../../src/cli/load-problem';
import { inspectCode } from '../../src/trust/code-to-run';
import {
  allowedBy,
  assertAllowed,
  type ConsentQuestion,
  inspectAll,
  obtainConsent,
  openPart,
  questionLines,
} from '../../src/trust/gate';
import { changeUserState } from '../../src/trust/user-state';
import { createFolder, moduleProject, programProject, put, removeFolders } from './helpers/code-project';

interface Ran {
  readonly status: number;
  readonly stderr: string;
  readonly questions: number;
}

/** Runs the command line in this process; `answer` sits at its terminal where it is given. */
async function cli(cwd: string, args: readonly string[], answer?: string): Promise<Ran> {
  let stderr = '';
  let questions = 0;
  const status = await runCli(args, {
    stdout: { write: () => undefined },
    stderr: { write: text => (stderr += text) },
    cwd,
    env: {},
    ...(answer === undefined ? {} : { ask: () => (questions++, Promise.resolve(answer)) }),
  });
  return { status, stderr, questions };
}

const noWarning = (message: string): void => {
  throw new Error(message);
};

async function forgetAll(): Promise<void> {
  await changeUserState(({ runKey: _, ...state }) => ({ ...state, code: [] }));
}

const isPosix = process.platform !== 'win32';

afterEach(async () => {
  removeFolders();
  await forgetAll();
});

describe('code of a repository runs only after consent', () => {
  it('shows a module of a pipeline and runs it neither unasked nor after a no', async () => {
    for (const answer of [undefined, '', 'n', 'no']) {
      const root = moduleProject();
      for (const command of ['pilot', 'train']) {
        const { status, stderr } = await cli(root, [command, '.', '--task', 'sum'], answer);
        assert.equal(status, 2, stderr);
        assert.match(stderr, /step\.mjs/);
        assert.match(stderr, /helper\.mjs [\da-f]{12}/);
        assert.match(stderr, /--trust/);
      }
      assert.ok(!existsSync(path.join(root, 'ran')));
      assert.ok(!existsSync(path.join(root, '.strategy-advisor/runs')));
    }
  });

  it('does not touch an interpreter or package of the repository before that', async function () {
    if (!isPosix) this.skip();
    for (const command of ['.venv/bin/python train.py', './run', 'node_modules/.bin/tool', 'tool']) {
      const script = '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n';
      const files = { '.venv/bin/python': script, run: script, 'node_modules/.bin/tool': script };
      const root = programProject(command, files);
      const { PATH } = process.env;
      process.env['PATH'] = `${path.join(root, 'node_modules/.bin')}${path.delimiter}${PATH ?? ''}`;
      try {
        const { status, stderr } = await cli(root, ['pilot', '.', '--task', 'label']);
        assert.equal(status, 2);
        assert.match(stderr, /comes from the repository/, command);
      } finally {
        process.env['PATH'] = PATH;
      }
      for (const folder of ['.', '.venv/bin', 'node_modules/.bin'])
        assert.ok(!existsSync(path.join(root, folder, 'ran')), command);
    }
  });

  it('asks for what a resumed run, or one of its jobs, would run', async () => {
    const root = moduleProject();
    const run = await plannedRun(root, 'sum');
    const job = pipelineJob(run);
    for (const args of [
      ['pilot', '.', '--task', 'sum', '--resume'],
      ['pilot', '.', '--run', path.basename(run)],
      ['trial', job],
    ]) {
      const { status, stderr } = await cli(root, args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, /step\.mjs/);
    }
    assert.ok(!existsSync(path.join(root, 'ran')));
  });

  it('shows names as text: none can hide a part of the question or forge a line', async () => {
    const folder = createFolder();
    const code = await inspectAll([
      { kind: 'program', command: ['x\u001b[2K\nProgram: python', '\u202egnp.exe', '; rm -rf'], folder },
    ]);
    const lines = questionLines({ task: 'a\nb', code });

    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(lines.join('')), JSON.stringify(lines));
    assert.equal(lines.filter(line => line.startsWith('Program: ')).length, 1);
    assert.match(lines[1] ?? '', /"; rm -rf"/);
  });

  it('says which installed packages of the repository are not compared, and does not ask for them', async () => {
    const folder = createFolder();
    mkdirSync(path.join(folder, '.git'));
    mkdirSync(path.join(folder, 'src'));
    const reference = {
      kind: 'program',
      command: ['node', 'run.mjs'],
      folder: path.join(folder, 'src'),
    } as const;
    const ask = async (): Promise<readonly string[]> =>
      questionLines({ task: 't', code: await inspectAll([reference]) });
    assert.ok(!(await ask()).some(line => line.includes('installed packages')));
    mkdirSync(path.join(folder, 'node_modules/tool'), { recursive: true });
    mkdirSync(path.join(folder, 'src/.venv'));
    const [before] = await inspectAll([reference]);
    assert.ok(
      (await ask()).some(line => /not .* installed packages \(src\/\.venv, node_modules\)/i.test(line)),
    );
    writeFileSync(path.join(folder, 'node_modules/tool/index.js'), 'changed');
    const [after] = await inspectAll([reference]);
    assert.equal(after?.hash, before?.hash);
  });
});

/** The folder of the job that runs the module. */
function pipelineJob(run: string): string {
  const jobs = readdirSync(path.join(run, 'jobs'));
  return path.join(run, 'jobs', jobs.find(job => job.startsWith('pipeline-')) ?? '');
}

async function plannedRun(root: string, task: string): Promise<string> {
  const { problem } = await loadProblem(['.'], { cwd: root });
  const places = await findDataPaths(problem, ({ path: written, reference }) =>
    written === undefined
      ? Promise.resolve(undefined)
      : resolveDataPath(written, path.resolve(root, reference.file), [root]),
  );
  const locate = pathLookup(places);
  const named = path.join(root, 'step.mjs');
  assert.deepEqual(
    codeOfTask(problem, task, { locate }).map(({ command }) => command),
    [[named]],
  );
  const plan = await planPilot(problem, task, {
    locate,
    cache: path.join(root, '.strategy-advisor/cache'),
    sizes: [40],
    seeds: 1,
  });
  return createRun({ workspace: root, plan, now: new Date() });
}

/** What a question would still ask after a yes, and a change. */
async function asksAfter(folder: string, command: readonly string[], change: () => void): Promise<boolean> {
  const reference = { kind: 'program', command, folder } as const;
  const question = async (): Promise<ConsentQuestion> => ({ task: 't', code: await inspectAll([reference]) });
  const allowed = await obtainConsent(await question(), () => Promise.resolve(true), noWarning);
  assert.equal(openPart(await question()), undefined, 'remembered');
  await assertAllowed([reference], allowed ?? []);
  change();
  const asks = openPart(await question()) !== undefined;
  // The process that runs it sees the same as the question.
  await assert[asks ? 'rejects' : 'doesNotReject'](assertAllowed([reference], allowed ?? []), /changed/);
  return asks;
}

describe('consent is for a folder, a command and the content of the files that it names', () => {
  const changed: readonly (readonly [command: string, file: string])[] = [
    ['python train.py', 'train.py'],
    ['python3 -u -W ignore data.csv', 'data.csv'],
    ['python -X dev train.py --config conf/a.yaml', 'conf/a.yaml'],
    ['python train.py --model=base.pt', 'base.pt'],
    ['python -m pkg.train', 'pkg/train.py'],
    ['python -m pkg', 'pkg/__main__.py'],
    ['python3 -um pkg.train', 'pkg/train.py'],
    ['python train.py', 'pkg/late.py'],
    ['python train.py', 'helper.abi3.so'],
    ['node train.mjs', 'lib/native.node'],
    ["python3 -c 'import late'", 'late.py'],
    ['bash -c "npm run train"', 'package.json'],
    ['make -C sub', 'sub/Makefile'],
    ['./run.sh', 'interpreter'],
    ['python3 -Bm pkg', 'pkg/__main__.py'],
    ['python3 -uWignore data.csv', 'data.csv'],
    ['python src', 'src/__main__.py'],
    ['python train.py', 'helper.py'],
    ['node train.mjs', 'lib/step.mjs'],
    ['bash notes.txt', 'notes.txt'],
    ['bash -c "cd x && python data.csv"', 'data.csv'],
    ['env A=1 python train.py', 'train.py'],
    ['uv run train.py', 'pyproject.toml'],
    ['npm run train', 'package.json'],
    ['make train', 'Makefile'],
    ['./run.sh', 'run.sh'],
    ['.venv/bin/python train.py', '.venv/bin/python'],
    ['tool @args.txt', 'args.txt'],
  ];
  for (const [command, file] of changed)
    it(`asks again for \`${command}\` once ${file} is another`, async () => {
      const folder = createFolder({
        'train.py': 'import helper\nfrom pkg import train\n',
        'helper.py': '',
        'train.mjs': "export * from\n  './lib/step.mjs';\n",
        'lib/step.mjs': '',
      });
      if (!existsSync(path.join(folder, file))) put(path.join(folder, file), '#!/bin/sh\n');
      const words = splitForTest(command);
      assert.ok(
        await asksAfter(folder, words, () => {
          put(path.join(folder, file), '#!/bin/sh\n# other\n');
        }),
      );
    });

  it('asks again once a file that was not there has come to lie where the command looks first', async () => {
    const folder = createFolder({ 'train.py': 'import json\n' });
    assert.ok(
      await asksAfter(folder, ['python', 'train.py'], () => {
        put(path.join(folder, 'json.py'), 'evil()\n');
      }),
    );
  });

  it('does not ask again for data, logs, or what Python compiles', async () => {
    const folder = createFolder({ 'train.py': '', 'rows.csv': '' });
    const compiled = path.join(folder, '__pycache__/train.cpython-311.pyc');
    mkdirSync(path.dirname(compiled));
    const command = ['python', 'train.py', '--data', 'rows.csv', '--log', 'out.log'];
    const change = (): void => {
      for (const name of ['rows.csv', 'out.log']) put(path.join(folder, name), 'new');
      writeFileSync(compiled, Buffer.from('a70d0d0a00000000', 'hex'));
    };
    assert.ok(!(await asksAfter(folder, command, change)));
  });

  it('asks again for bytecode that Python runs in place of an unchanged source', async () => {
    const folder = createFolder({ 'train.py': '', '__pycache__/README': '' });
    const compiled = path.join(folder, '__pycache__/train.cpython-311.pyc');
    const change = (): void => {
      writeFileSync(compiled, Buffer.from('a70d0d0a01000000', 'hex'));
    };
    assert.ok(await asksAfter(folder, ['python', 'train.py'], change));
  });

  it('asks again in another folder, and for another command', async () => {
    const [one, other] = [createFolder({ 'train.py': '' }), createFolder({ 'train.py': '' })];
    assert.ok(!(await asksAfter(one, ['python', 'train.py'], () => undefined)));
    for (const reference of [
      { folder: other, command: ['python', 'train.py'] },
      { folder: one, command: ['python', 'train.py', '--fast'] },
      { folder: one, command: ['python train.py'] },
    ])
      assert.ok(openPart({ task: 't', code: [await inspectCode({ kind: 'program', ...reference })] }));
  });

  it('is not held up by pipes and devices that the command names', async function () {
    if (!isPosix) this.skip();
    const folder = createFolder();
    symlinkSync('/dev/zero', path.join(folder, 'zero.py'));
    const { files } = await inspectCode({
      kind: 'program',
      command: ['python', 'zero.py', '/dev/stdin'],
      folder,
    });
    assert.deepEqual(files, []);
  });

  it('covers code beside a checkpoint that a program gets', async () => {
    const folder = createFolder({ 'model.json': '{}' });
    const reference = { kind: 'checkpoint', command: [path.join(folder, 'model.json')], folder } as const;
    assert.deepEqual(await inspectAll([reference]), [], 'without code there is nothing to ask');
    put(path.join(folder, 'modeling.py'), '');
    const [before] = await inspectAll([reference]);
    put(path.join(folder, 'modeling.py'), 'evil()');
    const [after] = await inspectAll([reference]);
    assert.ok(before && after && before.hash !== after.hash);
  });
});

function splitForTest(command: string): string[] {
  return (command.match(/"[^"]*"|\S+/g) ?? []).map(word => word.replaceAll('"', ''));
}

describe('only runs of one’s own go on unasked', () => {
  /** Whether going on with the run in a folder asks for the run itself. */
  const isForeign = async (folder: string): Promise<boolean> =>
    (await questionOfRun(folder)).run !== undefined;

  it('knows its own, and no copy of it', async () => {
    const root = moduleProject();
    const run = await plannedRun(root, 'sum');
    assert.ok(!(await isForeign(run)));
    const clone = path.join(createFolder(), '.strategy-advisor/runs', path.basename(run));
    cpSync(run, clone, { recursive: true });
    assert.ok(await isForeign(clone));
  });

  it('shows what data outside the workspace one that is not known would read', async () => {
    const run = await plannedRun(moduleProject(), 'sum');
    assert.equal((await questionOfRun(run)).reads, undefined);
    const outside = createFolder({ 'private.csv': 'a,b\n1,2\n' });
    const spec = path.join(pipelineJob(run), 'job.json');
    const text = readFileSync(spec, 'utf8');
    writeFileSync(spec, text.replace(/"path": "[^"]*pairs\.csv"/, `"path": "${outside}/private.csv"`));
    const question = await questionOfRun(run);

    assert.deepEqual(question.reads, [`${outside}/private.csv`]);
    assert.ok(questionLines(question).some(line => line.includes(`${outside}/private.csv`)));
  });

  it('does not know one whose jobs have changed, whose key is another’s, or that 0.1 has written', async () => {
    const run = await plannedRun(moduleProject(), 'sum');
    const spec = path.join(pipelineJob(run), 'job.json');
    const text = readFileSync(spec, 'utf8');
    writeFileSync(spec, text.replace('"seed": 1', '"seed": 2'));
    assert.ok(await isForeign(run));
    writeFileSync(spec, text);
    assert.ok(!(await isForeign(run)));
    const manifest = path.join(run, 'run.json');
    const { signature: _, ...old } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    writeFileSync(manifest, JSON.stringify(old));
    assert.ok(await isForeign(run));
    await forgetAll();
    const other = await plannedRun(moduleProject(), 'sum');
    await forgetAll();
    assert.ok(await isForeign(other));
  });

  it('keeps its name and notes out of that', async () => {
    const root = moduleProject();
    const run = await plannedRun(root, 'sum');
    const { status } = await cli(root, ['runs', '.', '--rename', path.basename(run), '--to', 'first']);
    assert.equal(status, 0);
    assert.equal((await readManifest(run)).name, 'first');
    assert.ok(!(await isForeign(run)));
  });

  it('refuses others, whoever starts them, before a worker is started', async () => {
    const run = await plannedRun(moduleProject(), 'sum');
    const own = await allowNewRun(run);
    const options = { script: '/does/not/exist', report: reportOf };
    // Its code has not been allowed.
    await assert.rejects(executeRun(run, { ...options, allowed: own }), /is not what you allowed/);
    await forgetAll();
    const { code } = await questionOfRun(run);
    await assert.rejects(
      executeRun(run, { ...options, allowed: allowedBy({ task: 'sum', code }) }),
      /not started by you/,
    );
    assert.ok(!existsSync(path.join(run, 'lock')));
  });

  it('asks on the terminal for a run that came with a repository, and remembers a yes', async () => {
    const root = moduleProject();
    const run = await plannedRun(root, 'sum');
    await forgetAll();
    const args = ['trial', path.join(run, 'jobs/single-task-n40-s1')];
    const refused = await cli(root, args, 'n');
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /was not started by you on this machine/);
    assert.equal(refused.questions, 1);
    // What it comes to needs the built worker; that it is not asked again is enough here.
    const question = await questionOfRun(run, { job: 'single-task-n40-s1' });
    await obtainConsent(question, () => Promise.resolve(true), noWarning);
    assert.equal(openPart(await questionOfRun(run, { job: 'single-task-n40-s1' })), undefined);
    writeFileSync(path.join(pipelineJob(run), 'job.json'), '{}');
    assert.ok(openPart(await questionOfRun(run, { job: 'single-task-n40-s1' })));
  });
});
