import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cli } from '../cli/support';

const ROOT = path.join(__dirname, '../../..');
const GOLDEN = 'advice.txt';

/** Folders below `examples/` that hold an annotated file. */
function exampleFolders(folder = 'examples'): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  const holdsSource = entries.some(entry => entry.isFile() && /\.(?:py|ts|ipynb)$/.test(entry.name));
  const below = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));
  return [
    ...(holdsSource ? [folder] : []),
    ...below.flatMap(entry => exampleFolders(`${folder}/${entry.name}`)),
  ];
}

/** `UPDATE_GOLDEN=1 npm run test:unit` writes what is advised now; read the difference before it is kept. */
describe('the advice on the examples', () => {
  const folders = exampleFolders();

  it('covers all of them', () => {
    assert.equal(folders.length, 13);
  });

  for (const folder of folders)
    it(`is that of ${folder}/${GOLDEN}, and nothing is wrong in it`, async () => {
      const { status, stdout, stderr } = await cli(['advise', '--rules', folder], { cwd: ROOT });
      assert.equal(stderr, '');
      assert.equal(status, 0);
      const golden = path.join(ROOT, folder, GOLDEN);
      if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, stdout);
      assert.ok(existsSync(golden), `${folder}/${GOLDEN} is missing: write it with UPDATE_GOLDEN=1`);
      assert.equal(stdout, readFileSync(golden, 'utf8'));
    });

  it('can be asked for in all of them at once: no name is declared twice', async () => {
    const { status, stderr } = await cli(['advise', '--rules', 'examples'], { cwd: ROOT });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
