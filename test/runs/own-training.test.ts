import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseValid } from '../unit/cli/schema';
import { onlyRun, start, values } from './cli';

const EXAMPLES = path.join(__dirname, '../../examples');
/** Debian's own Python, which its packages are for, before whatever else is called python3. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

const python = PYTHONS.find(each => spawnSync(each, ['--version']).status === 0);
const withTorch = PYTHONS.find(each => spawnSync(each, ['-c', 'import torch']).status === 0);

describe('the examples of own training code', () => {
  it(`are programs that Python can read${python === undefined ? ' (skipped: no Python)' : ''}`, function () {
    if (python === undefined) return this.skip();
    for (const folder of ['own-training-pytorch', 'own-training-keras'])
      for (const name of ['train.py', 'strategy_advisor.py']) {
        const file = path.join(EXAMPLES, folder, name);
        const code = 'import ast, sys; ast.parse(open(sys.argv[1]).read())';
        const read: SpawnSyncReturns<string> = spawnSync(python, ['-c', code, file], { encoding: 'utf8' });
        assert.equal(read.status, 0, read.stderr);
      }
  });

  it('have the same helper', () => {
    const [one, other] = ['own-training-pytorch', 'own-training-keras'].map(folder =>
      readFileSync(path.join(EXAMPLES, folder, 'strategy_advisor.py'), 'utf8'),
    );
    assert.equal(one, other);
  });

  const why = withTorch === undefined ? ' (skipped: no Python with torch)' : '';
  it(`come to a verdict with PyTorch, twice the same${why}`, async function () {
    if (withTorch === undefined) return this.skip();
    this.timeout(240_000);
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'strategy-advisor-torch-')));
    try {
      cpSync(path.join(EXAMPLES, 'own-training-pytorch'), root, { recursive: true });
      const program = path.join(root, 'train.py');
      writeFileSync(program, readFileSync(program, 'utf8').replace('train="python3', `train="${withTorch}`));
      const args = ['pilot', '.', '--task', 'failure', '--sizes', '60', '--trust', '--json', '--seeds'];
      const project = { root, marker: root };
      const first = await start(project, [...args, '2']).ended;
      assert.equal(first.status, 0, first.stderr);
      const { arms } = parseValid(first.stdout, 'pilot') as {
        arms: { id: string; curve: { mean: number }[] }[];
      };
      const mean = (arm: string): number => arms.find(({ id }) => id === arm)?.curve[0]?.mean ?? NaN;
      assert.ok(mean('single-task') > 0.6, 'it learns from 60 examples');
      assert.ok(mean('transfer-full') > mean('single-task'), 'the source helps, as the data was made');
      const figures = values(onlyRun(project) ?? '');
      rmSync(path.join(root, '.strategy-advisor'), { recursive: true });
      const second = await start(project, [...args, '1']).ended;
      assert.equal(second.status, 0, second.stderr);
      const again = values(onlyRun(project) ?? '');
      assert.ok(Object.keys(again).length >= 6);
      for (const [trial, value] of Object.entries(again)) assert.equal(value, figures[trial], trial);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
