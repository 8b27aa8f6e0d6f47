import assert from 'node:assert/strict';
import { pilot, removeCases, runCase } from './cases';

/** The figure of an arm at the one size of a pilot, per cent. */
function figureOf(shown: string, arm: string): number {
  return Number(new RegExp(`^${arm} +([\\d.]+)`, 'm').exec(shown)?.[1]);
}

describe('texts as people have them', () => {
  after(removeCases);

  const learns = (name: string, what: string, size = '40'): void => {
    it(`${name}: ${what}`, async () => {
      const { shown } = await runCase(name, pilot('--sizes', size));
      assert.ok(figureOf(shown, 'single-task') > 80, shown);
      assert.ok(figureOf(shown, 'baseline-linear') > 80, shown);
    });
  };

  learns('04-text-column-csv', 'the one column of text is learned from');
  learns('05-text-ignored-silently', 'title and body are');
  learns('06-text-without-spaces', 'so are sentences without spaces', '300');
  learns('35-text-folders', 'and files, by their folders');
  learns('21-columns-dropped-at-chance', 'dates and many cities are inputs', '240');

  it('31-money: prices are predicted', async () => {
    const { shown, status } = await runCase('31-money', pilot());
    assert.equal(status, 0, shown);
    assert.match(shown, /^single-task +[\d,.]+ \[/m);
    assert.doesNotMatch(shown, /contains text/);
  });
});
