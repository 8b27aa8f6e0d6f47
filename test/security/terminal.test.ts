import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRun } from '../../src/experiments/store/manage-runs';
import { coloursOf, messagePrinter, resultPrinter } from '../../src/cli/printer';
import { cli } from '../unit/cli/support';
import { plan, result, trial } from '../unit/experiments/support';
import { createFolder, removeFolders } from '../unit/workspace/support';

/** Sets the clipboard, colours what follows, moves up and erases, turns the direction, breaks the line. */
const ATTACK = '\u001b]52;c;cm0=\u0007\u001b[31m\u009b2A\u001b[2K\u202e\u200b\r\nforged: ok';

/** What a terminal would obey, or hide, of a text without colours. */
function obeyed(text: string): readonly string[] {
  return text.replaceAll('\n', '').match(/[\p{Cc}\u200b\u202e]/gu) ?? [];
}

const withoutColours = (text: string): string =>
  ['1', '2', '22', '31', '32', '33', '36', '39'].reduce(
    (left, code) => left.replaceAll(`\u001b[${code}m`, ''),
    text,
  );

describe('A terminal obeys nothing that a repository holds', () => {
  afterEach(removeFolders);

  async function hostile(): Promise<string> {
    const name = process.platform === 'win32' ? 'data.jsonl' : 'd\u001b]52;c;cm0=\u0007\u202e.jsonl';
    const { root } = createFolder({
      'train.py': [
        `# @dataset d task=t input=tabular:1 num_examples=9 label=t:"y" path="${name}" x\u001b[31my=1`,
        `# @dataset e task=t input=tabular:1 num_examples=9 path="none\u009b2A\u202e.csv"`,
        '# @task t target output=class:2 \u001b]0;title\u0007=2',
        '',
      ].join('\n'),
      [name]: `${JSON.stringify({ a: 1, y: ATTACK })}\n{"a":2,"y":"b"}\n`,
      'strategy-advisor.config.json': JSON.stringify({ [ATTACK]: 1 }),
    });
    const arm = { id: `=x${ATTACK}`, strategy: 'single-task', from: [] } as const;
    const job = { ...trial(1), arm };
    const folder = await createRun({
      workspace: root,
      plan: { ...plan([job]), task: `t${ATTACK}`, arms: [arm], warnings: [ATTACK] },
      now: new Date(),
      name: `run${ATTACK}`,
    });
    const manifest = path.join(folder, 'run.json');
    writeFileSync(
      manifest,
      JSON.stringify({ ...(JSON.parse(readFileSync(manifest, 'utf8')) as object), notes: ATTACK }),
    );
    writeFileSync(
      path.join(folder, 'jobs', job.id, 'result.json'),
      JSON.stringify({ ...result(job.id), metrics: { [`=m${ATTACK}`]: 0.5 } }),
    );
    return root;
  }

  for (const args of [
    ['advise', '.'],
    ['datasets', '.'],
    ['runs', '.'],
    ['runs', '.', '--show', `run${ATTACK}`],
    ['runs', '.', '--show', `none${ATTACK}`],
    ['report', `none${ATTACK}`],
    [ATTACK],
    ['advise', ATTACK],
    ['advise', '.', `--${ATTACK}`],
    ['pilot', '.', '--task', ATTACK],
    ['runs', '.', '--json'],
    ['advise', '.', '--json'],
    ['datasets', '.', '--json'],
  ])
    it(`in what ${JSON.stringify(args.map(each => each.replace(ATTACK, '…')).join(' '))} prints`, async () => {
      const cwd = await hostile();
      const { stdout, stderr } = await cli(args, { cwd });
      assert.ok(stdout + stderr !== '');
      assert.deepEqual(obeyed(stdout + stderr), []);
      assert.doesNotMatch(stdout + stderr, /^forged/m);
      const coloured = await cli(args, { cwd, env: { FORCE_COLOR: '1' }, columns: 80 });
      assert.deepEqual(obeyed(withoutColours(coloured.stdout + coloured.stderr)), []);
      assert.doesNotMatch(coloured.stdout + coloured.stderr, /^forged/m);
    });

  it('while what it holds stays to be read, and JSON keeps its value', async () => {
    const cwd = await hostile();
    const { stdout } = await cli(['datasets', '.'], { cwd });
    assert.match(stdout, /class \\u001b\]52;c;cm0=\\u0007\\u001b\[31m\\u009b2A/);
    const json = await cli(['runs', '.', '--json'], { cwd });
    const [run] = (JSON.parse(json.stdout) as { runs: { name: string }[] }).runs;
    assert.equal(run?.name, `run${ATTACK}`);
  });

  it('in an export either, nor does a spreadsheet compute any of it', async () => {
    const cwd = await hostile();
    const { status, stderr } = await cli(['runs', '.', '--export', `run${ATTACK}`, '--to', 'out.csv'], {
      cwd,
    });
    assert.equal(status, 0, stderr);
    const text = readFileSync(path.join(cwd, 'out.csv'), 'utf8');
    assert.deepEqual([...new Set(text.match(/,"?'?=[xm]/g))], [',"\'=x', ',"\'=m']);
  });

  it('because the colours are known by a number that nobody else has', () => {
    let written = '';
    const printer = resultPrinter({ write: text => (written += text) });
    const { red, bold } = coloursOf(true);
    printer.line(`${bold(red('mine'))} \u001b[31mtheirs\u001b[31;1;2m`);
    assert.equal(written, '\u001b[1m\u001b[31mmine\u001b[39m\u001b[22m \\u001b[31mtheirs\\u001b[31;1;2m\n');
    written = '';
    printer.lines(['a\nb', 'c']);
    printer.line('a\nb\n');
    assert.equal(written, 'a\\nb\nc\na\n    b\n');
    assert.equal(coloursOf(false).red('x'), 'x');
  });

  it('and a huge argument comes back shortened, with what is wrong and what to do', async () => {
    const huge = 'x'.repeat(1_000_000);
    for (const args of [[huge], ['advise', '.', `--${huge}`], ['pilot', '.', '--workers', huge]]) {
      const { stderr, status } = await cli(args, { cwd: createFolder().root });
      assert.equal(status, 2);
      assert.ok(stderr.length < 10_000, String(stderr.length));
      assert.match(stderr, / … .*(Available|Use a number)/);
    }
    let written = '';
    messagePrinter({ write: text => (written += text) }).line(`${coloursOf(true).red(huge)}\u001b[31m`);
    assert.match(written, /^x+ … x+\\u001b\[31m\n$/);
  });
});
