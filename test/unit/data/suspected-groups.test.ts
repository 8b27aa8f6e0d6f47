import assert from 'node:assert/strict';
import { checkDataset, listExamples, type DataIssue } from '../../../src/data';
import { stemOf } from '../../../src/data/formats/file-stems';
import { normal, sfc32 } from '../../../src/common/random';
import { useScratch } from './helpers/files';
import { wav } from './helpers/wav';

const suspected = (issues: readonly DataIssue[]): DataIssue | undefined =>
  issues.find(({ code }) => code === 'suspected-groups');

describe('data: suspected groups', () => {
  const scratch = useScratch();

  it('are files whose names differ by a number alone', () => {
    for (const [name, stem] of [
      ['walk-03_frame_0012.png', 'walk-03'],
      ['0_jackson_12.wav', '0_jackson'],
      ['IMG_2041.JPG', 'IMG_2041'],
      ['slide7_patch(3).tif', 'slide7'],
      ['scan.nii.gz', 'scan'],
      ['0001.png', '0001'],
      ['bus.jpg', 'bus'],
    ] as const)
      assert.equal(stemOf(name), stem);
  });

  /** Recordings of hums: those of one stem have one course. */
  async function recordings(folder: string, isAlike: boolean): Promise<string> {
    const random = sfc32(3);
    for (let i = 0; i < 24; i++) {
      const course = Array.from({ length: 8 }, random);
      for (let take = 0; take < 4; take++) {
        const own = isAlike ? course : Array.from({ length: 8 }, random);
        const samples = Array.from(
          { length: 1600 },
          (_, t) => (own[Math.floor(t / 200)] ?? 0) * Math.sin(t / 3),
        );
        await scratch.write(
          `${folder}/${i % 2 === 0 ? 'up' : 'down'}/r${String.fromCharCode(97 + i)}_${take}.wav`,
          wav(samples.map(sample => Math.round(20_000 * sample))),
        );
      }
    }
    return `${scratch.folder}/${folder}`;
  }

  const request = { labels: { t: { column: 'class' } } };

  it('are proposed where files of one stem are alike and in two splits', async () => {
    const path = await recordings('alike', true);
    const found = suspected(await checkDataset(path, request));
    assert.match(found?.message ?? '', /^\d+ % of the test examples .* share their stem .*group=stem/);
    assert.equal(suspected(await checkDataset(path, { ...request, independent: true })), undefined);
    assert.equal(suspected(await checkDataset(path, { ...request, group: 'stem' })), undefined);
    const { train, test } = await listExamples(path, { ...request, group: 'stem' }, 0);
    const stems = (of: typeof test): Set<string> =>
      new Set(of.map(({ file }) => stemOf(file.split('/').at(-1) ?? '')));
    assert.ok([...stems(test)].every(stem => !stems(train).has(stem)));
  });

  it('are not proposed where such files are no more alike than others', async () => {
    assert.equal(suspected(await checkDataset(await recordings('unlike', false), request)), undefined);
  });

  const table = (person: (i: number) => string, sigma: number): string => {
    const random = sfc32(5);
    const levels = new Map<string, number>();
    const lines = Array.from({ length: 400 }, (_, i) => {
      const name = person(i);
      const level = levels.get(name) ?? 2 * normal(random);
      levels.set(name, level);
      return [
        name,
        (sigma * level + normal(random)).toFixed(4),
        normal(random).toFixed(4),
        i % 3 === 0 ? 'a' : 'b',
      ];
    });
    return ['patient_id,blood,noise,y', ...lines.map(line => line.join(','))].join('\n');
  };
  const rows = { labels: { t: { column: 'y' } } };

  it('are columns that say whom rows are about, where such rows are alike', async () => {
    const path = await scratch.write(
      'patients.csv',
      table(i => `p${i % 50}`, 1),
    );
    const found = suspected(await checkDataset(path, rows));
    assert.match(found?.message ?? '', /share their patient_id .*intraclass correlation of blood: 0\.[678]/);
    assert.deepEqual(found?.where, ['patient_id']);
  });

  it('are not columns of rows that are alike by luck, names of one row each, or few categories', async () => {
    for (const [name, person, sigma] of [
      ['luck.csv', (i: number) => `p${i % 50}`, 0],
      ['once.csv', (i: number) => `p${i}`, 1],
      ['few.csv', (i: number) => `p${i % 3}`, 1],
    ] as const)
      assert.equal(
        suspected(await checkDataset(await scratch.write(name, table(person, sigma)), rows)),
        undefined,
        name,
      );
  });
});
