import assert from 'node:assert/strict';
import { countAndCheck } from '../../../src/data';
import { useScratch } from './helpers/files';

describe('data: counting with checks', () => {
  const scratch = useScratch();
  const table = (count: number): string =>
    `size,code,y\n${Array.from({ length: count }, (_, i) => `${(i * 37) % 101},${i % 2},${i % 2 ? 'yes' : 'no'}`).join('\n')}\n`;
  const request = { labels: { t: { column: 'y' } } };

  it('counts, and adds what would waste a run', async () => {
    const path = await scratch.write('leak.csv', table(200));
    const { counted, issues } = await countAndCheck(path, {}, request);
    assert.equal(counted?.value, 200);
    assert.deepEqual(
      issues.map(({ code, where }) => [code, where]),
      [['leaking-column', ['code']]],
    );
  });

  it('says nothing between splits that nobody has made, nor of rare classes in a sample', async () => {
    const path = await scratch.write('small.csv', `a,y\n${'1,yes\n2,no\n'.repeat(8)}3,rare\n`);
    assert.deepEqual((await countAndCheck(path, {}, request)).issues, []);
  });

  it('finds the same examples in the splits of the data', async () => {
    await scratch.write(
      'split/train.csv',
      `a,b,y\n${Array.from({ length: 120 }, (_, i) => `${i},${i * i},${i % 3}`).join('\n')}\n`,
    );
    await scratch.write('split/test.csv', 'a,b,y\n1,1,1\n2,4,2\n500,1,1\n');
    const { issues } = await countAndCheck(`${scratch.folder}/split`, {}, request);
    assert.equal(issues.find(({ code }) => code === 'split-overlap')?.count, 2);
  });

  it('leaves to counting what cannot be read', async () => {
    const path = await scratch.write('none.csv', table(30));
    const { issues } = await countAndCheck(path, {}, { labels: { t: { column: 'missing' } } });
    assert.deepEqual(issues, []);
  });
});
