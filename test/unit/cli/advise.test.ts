import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import type { AdviseOutput } from '../../../src/protocol/advise-schema';
import { asOrdinaryUser, createFolder, removeFolders } from '../workspace/support';
import { parseValid } from './schema';
import { cli, RADIOLOGY } from './support';

const EXAMPLES = path.join(__dirname, '../../../examples');
// eslint-disable-next-line no-control-regex
const COLOR = /\x1b\[/;

function outputOf(text: string): AdviseOutput {
  return parseValid(text, 'advise') as AdviseOutput;
}

describe('strategy-advisor advise', () => {
  afterEach(removeFolders);

  it('prints the advice with its reasons', async () => {
    const { root } = createFolder({ 'train.py': RADIOLOGY });
    const { status, stdout, stderr } = await cli(['advise', '.'], { cwd: root });
    assert.equal(status, 0);
    assert.equal(stderr, '');
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^TARGET +ADVICE +CONFIDENCE +LOCATION$/);
    assert.match(
      lines[1] ?? '',
      /^pneumonia {2}transfer learning from object-recognition {2}high confidence: right in about 9 of 10 such cases +train\.py:3$/,
    );
    assert.ok(lines.some(line => /^ {4}✓ object-recognition has more data than pneumonia/.test(line)));
    assert.ok(lines.some(line => /^ {6}train\.py:2 · .*, \d{4}$/.test(line)));
    assert.ok(lines.includes('  The advice changes at'));
    assert.ok(lines.includes('  Notes'));
  });

  it('counts a well-known checkpoint that is not on disk, and says which names are none', async () => {
    const { root } = createFolder({
      'train.py': RADIOLOGY.replace(
        /# @dataset imagenet .*/,
        '# @task object-recognition checkpoint=resnet50',
      ),
      'own.py': '# @task own checkpoint=models/own.onnx\n# @task slip checkpoint=resnte50\n',
      'there.py': '# @task there checkpoint=encoder.onnx\n',
      'encoder.onnx': 'weights',
    });
    const { stdout, stderr } = await cli(['advise', '.'], { cwd: root });
    assert.match(stdout, /^pneumonia {2}transfer learning from object-recognition/m);
    assert.match(stdout, /✓ object-recognition has more data than pneumonia: 1\.28M examples/);
    assert.deepEqual(stderr.trim().split('\n'), [
      'own.py:1:3: warning: No file or folder models/own.onnx, and no well-known checkpoint has this name, so the advice does not count it. (unknown-checkpoint)',
      'own.py:2:3: warning: No file or folder resnte50, and no well-known checkpoint has this name, so the advice does not count it. Did you mean resnet50? (unknown-checkpoint)',
    ]);
  });

  it('prints JSON of the promised shape for every example', async () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory());
    for (const { name } of folders) {
      const { stdout } = await cli(['advise', name, '--rules', '--json'], { cwd: EXAMPLES });
      assert.ok(outputOf(stdout).advice.length > 0, name);
    }
    const { stdout } = await cli(['advise', 'radiology', '--json'], { cwd: EXAMPLES });
    const [advice] = outputOf(stdout).advice;
    assert.equal(advice?.task, 'pneumonia');
    assert.equal(advice.recommendation, 'transfer');
    assert.deepEqual(advice.from, ['object-recognition']);
    const { results = [] } = outputOf(stdout);
    assert.deepEqual(
      advice.similar,
      results.map(({ id }) => id),
    );
    assert.equal(new Set(advice.similar).size, 3);
    assert.ok(results.every(({ url, citation }) => url.startsWith('https://') && citation !== ''));
    assert.ok(advice.gain && advice.gain.low < advice.gain.high && advice.gain.results >= 8);
    assert.equal(advice.conditions[0]?.evidence[0]?.file, path.join('radiology', 'train.py'));
  });

  it('tells the decisions on a target with a pipeline apart', async () => {
    const { stdout } = await cli(['advise', 'speech-phonemes/3000h'], { cwd: EXAMPLES });
    const rows = stdout.split('\n').filter(line => line.startsWith('meeting-transcript'));
    const targets = rows.map(row => row.split('  ')[0]);
    assert.equal(targets[0], 'meeting-transcript, end-to-end or pipeline');
    assert.equal(new Set(targets).size, targets.length);
  });

  it('makes one problem of several paths, called as seen from the current folder', async () => {
    const { root } = createFolder({
      'a/sets.py': RADIOLOGY.split('\n').slice(0, 2).join('\n'),
      'b/task.ts': '// @task pneumonia target shares_features_with=object-recognition\n',
      'c/x.py': '',
    });
    const { status, stdout } = await cli(['advise', '../a', '../b/task.ts', '--json'], {
      cwd: path.join(root, 'c'),
    });
    const { advice, diagnostics } = outputOf(stdout);
    assert.equal(status, 0);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      advice.map(({ task, recommendation }) => [task, recommendation]),
      [['pneumonia', 'transfer']],
    );
    const files = advice.flatMap(each => each.conditions.flatMap(({ evidence }) => evidence));
    assert.deepEqual(new Set(files.map(({ file }) => file)), new Set(['../a/sets.py', '../b/task.ts']));
  });

  it('ends with 1 for a broken annotation, and says where it is', async () => {
    const { root } = createFolder({ 'train.py': `x = 1\n# @dataset d task=t num_examples=many\n` });
    const plain = await cli(['advise', 'train.py'], { cwd: root });
    assert.equal(plain.status, 1);
    assert.match(plain.stderr, /^train\.py:2:34: error: Invalid number "many".* \(bad-number\)\n$/);
    assert.match(plain.stdout, /^TARGET/);

    const json = await cli(['advise', 'train.py', '--json'], { cwd: root });
    assert.equal(json.status, 1);
    assert.equal(json.stderr, plain.stderr);
    assert.deepEqual(
      outputOf(json.stdout).diagnostics.map(({ line, column, endColumn, code }) => [
        line,
        column,
        endColumn,
        code,
      ]),
      [[2, 34, 38, 'bad-number']],
    );
  });

  it('ends with 0 for warnings, which stay out of the way of JSON', async () => {
    const { root } = createFolder({
      'a.py': '# @task t target shares_features_with=nobody\n# @dataset d task=t\n',
    });
    const plain = await cli(['advise', 'a.py'], { cwd: root });
    assert.equal(plain.status, 0);
    assert.match(plain.stderr, /^a\.py:1:39: warning: /);
    const json = await cli(['advise', 'a.py', '--json'], { cwd: root });
    assert.equal(json.stderr, '');
    assert.equal(outputOf(json.stdout).diagnostics[0]?.severity, 'warning');
  });

  it('ends with 1 where a named path is missing, and reads the others', async () => {
    const { root } = createFolder({ 'train.py': RADIOLOGY });
    const { status, stdout, stderr } = await cli(['advise', 'nowhere', 'train.py', '--json'], { cwd: root });
    assert.equal(status, 1);
    assert.equal(stderr, 'nowhere:1:1: error: No such file or folder. (no-such-path)\n');
    const { advice, diagnostics } = outputOf(stdout);
    assert.equal(advice.length, 1);
    assert.equal(diagnostics[0]?.code, 'no-such-path');
  });

  it('goes on where a file in a folder cannot be read, but not where it was named', async () => {
    const { root, at } = createFolder({ 'train.py': RADIOLOGY, 'secret.py': RADIOLOGY });
    chmodSync(at('secret.py'), 0);
    const run = (name: string): ReturnType<typeof cli> =>
      asOrdinaryUser(() => cli(['advise', name], { cwd: root }));
    const inside = await run('.');
    assert.equal(inside.status, 0);
    assert.match(inside.stderr, /^secret\.py:1:1: warning: .*permission denied.* \(unreadable-file\)\n$/);
    assert.match(inside.stdout, /^pneumonia/m);
    assert.equal((await run('secret.py')).status, 1);
  });

  it('gives programs the odds that the words round', async () => {
    const { root } = createFolder({ 'train.py': RADIOLOGY });
    const { stdout } = await cli(['advise', '.', '--json'], { cwd: root });
    const { version, advice } = outputOf(stdout);
    assert.equal(version, 2);
    const [{ outlook, confidence } = {}] = advice;
    assert.ok(outlook);
    assert.ok(Math.abs(outlook.wins + outlook.ties + outlook.loses - 1) < 0.002);
    assert.ok([outlook.wins, outlook.ties, outlook.loses].includes(outlook.probability));
    assert.equal(
      confidence,
      outlook.probability >= 0.8 ? 'high' : outlook.probability >= 0.6 ? 'medium' : 'low',
    );
  });

  it('says what to write where there is nothing', async () => {
    const { root } = createFolder({ 'a.py': 'x = 1\n' });
    const plain = await cli(['advise', '.'], { cwd: root });
    assert.deepEqual([plain.status, plain.stdout], [0, '']);
    assert.match(plain.stderr, /^No annotations found \(source files read: 1\)\..*\n {2}# @dataset /);
    const json = await cli(['advise', '.', '--json'], { cwd: root });
    assert.deepEqual(outputOf(json.stdout), { version: 2, advice: [], results: [], diagnostics: [] });
  });

  it('says what to write in a form that can be read', async () => {
    const { root } = createFolder();
    const { stderr } = await cli(['advise', '.'], { cwd: root });
    createFolder();
    const { at, write } = createFolder();
    write({ 'a.py': stderr.split('\n')[1]?.trim() ?? '' });
    assert.equal((await cli(['advise', at('a.py')])).status, 0);
    assert.match((await cli(['advise', at('a.py')])).stdout, /pneumonia/);
  });

  it('fits the terminal it prints to, wide characters included', async () => {
    const { root } = createFolder({
      '데이터/학습.py': RADIOLOGY.replaceAll(
        'object-recognition',
        'recognition-of-everyday-objects-in-photographs',
      ),
    });
    for (const columns of [60, 80, 120]) {
      const { stdout } = await cli(['advise', '.'], { cwd: root, columns });
      const widest = Math.max(...stdout.split('\n').map(line => stringWidth(line)));
      assert.ok(widest <= columns, `${widest} cells in ${columns} columns`);
    }
  });

  it('colours a terminal, and nothing else, unless NO_COLOR or FORCE_COLOR say otherwise', async () => {
    const { root } = createFolder({ 'train.py': RADIOLOGY });
    const colored = async (columns?: number, env: Record<string, string> = {}): Promise<boolean> => {
      const terminal = columns === undefined ? {} : { columns };
      return COLOR.test((await cli(['advise', '.'], { cwd: root, env, ...terminal })).stdout);
    };
    assert.equal(await colored(100), true);
    assert.equal(await colored(), false);
    assert.equal(await colored(100, { NO_COLOR: '1' }), false);
    assert.equal(await colored(100, { TERM: 'dumb' }), false);
    assert.equal(await colored(undefined, { FORCE_COLOR: '1' }), true);
    assert.equal(await colored(undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  });
});
