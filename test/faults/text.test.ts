import assert from 'node:assert/strict';
import path from 'node:path';
import { copyCase, ended, pilot, removeCases, run, runCase } from './cases';

/** The figure of an arm at the one size of a pilot, per cent. */
function figureOf(shown: string, arm: string): number {
  return Number(new RegExp(`^${arm} +([\\d.]+)`, 'm').exec(shown)?.[1]);
}

describe('texts as people have them', () => {
  after(removeCases);

  const learns = (name: string, what: string, size = '40'): void => {
    it(`${name}: ${what}`, async () => {
      const { shown } = await runCase(name, pilot('--sizes', size, '--budget', '45s'));
      assert.ok(figureOf(shown, 'single-task') > 80, shown);
      assert.ok(figureOf(shown, 'baseline-linear') > 80, shown);
    });
  };

  learns('04-text-column-csv', 'the one column of text is learned from');
  learns('05-text-ignored-silently', 'title and body are');
  learns('06-text-without-spaces', 'so are sentences without spaces', '300');
  learns('35-text-folders', 'and files, by their folders');
  learns('21-columns-dropped-at-chance', 'dates and many cities are inputs', '240');

  it('30-csv-of-image-paths: the images that a table names are trained on', async () => {
    const { shown, status } = await runCase('30-csv-of-image-paths', pilot('--budget', '8s'));
    assert.equal(status, 0, shown);
    assert.match(shown, /^single-task/m);
    assert.doesNotMatch(shown, /None of the columns/);
  });

  it('20-predict-reads-otherwise: predict.py reads the inputs that training read', async () => {
    const folder = copyCase('20-predict-reads-otherwise');
    const { status, shown } = await run(folder, ['train', '.', '--task', 'mine']);
    assert.equal(status, 0, shown);
    const model = /saved to (\S+)/.exec(shown)?.[1] ?? '';
    const program = [
      'import sys',
      `sys.path.insert(0, ${JSON.stringify(path.join(folder, model))})`,
      'import predict',
      'for row in predict.examples("d.csv"): print(*predict.encode(predict.PIPELINE["input"], row))',
    ].join('\n');
    const { stdout, stderr } = await ended(process.env['PYTHON'] ?? 'python3', ['-c', program], folder);
    const rows = stdout.trim().split('\n');
    assert.equal(rows.length, 200, stderr);
    const columns = rows.map(row => row.split(' ').map(Number));
    for (const place of [0, 1]) {
      const values = columns.map(row => row[place] ?? NaN);
      const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
      assert.ok(Math.abs(mean) < 0.2, `standardised: ${mean}`);
      assert.ok(new Set(values).size > 100, 'inputs, and not one value for what is missing');
    }
  });

  it('31-money: prices are predicted', async () => {
    const { shown, status } = await runCase('31-money', pilot());
    assert.equal(status, 0, shown);
    assert.match(shown, /^single-task +[\d,.]+ \[/m);
    assert.doesNotMatch(shown, /contains text/);
  });
});
