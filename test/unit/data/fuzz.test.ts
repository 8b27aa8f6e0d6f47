import assert from 'node:assert/strict';
import { join } from 'node:path';
import { countDataset } from '../../../src/data';
import { useScratch } from './helpers/files';
import { seedFiles, tryMutation } from './helpers/readers';

/** Cases that once hung, ended the process or failed without a message. */
const FOUND: readonly (readonly [string, number])[] = [
  ['a.arrow', 3038],
  ['a.arrow', 11722],
  ['a.wav', 3393],
  ['a.wav', 30281],
];

/** A few cases of each format; `npm run fuzz:data` runs as many as are asked for. */
const CASES = 6;

describe('data: damaged files', () => {
  const scratch = useScratch();

  it('are refused with a message by every reader, and whole ones are read', async function () {
    this.timeout(60_000);
    const seeds = await seedFiles(join(scratch.folder, 'seeds'));
    for (const [name, seed] of Object.entries(seeds)) {
      if (/^[ab]\./.test(name)) {
        const { counted, issues } = await countDataset(await scratch.write(`whole/${name}`, seed));
        assert.ok(counted !== undefined && counted.value > 0, `${name}: ${JSON.stringify(issues)}`);
      }
      for (let number = 0; number < CASES; number++) await tryMutation(scratch.folder, name, seed, number);
    }
  });
  for (const [name, number] of FOUND)
    it(`are refused: ${name}, case ${number}`, async () => {
      const seed = (await seedFiles(join(scratch.folder, 'seeds')))[name];
      assert.ok(seed);
      await tryMutation(scratch.folder, name, seed, number);
    });
});
