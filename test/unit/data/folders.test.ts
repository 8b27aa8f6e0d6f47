import assert from 'node:assert/strict';
import { join } from 'node:path';
import { countDataset, isDataError, openDataset } from '../../../src/data';
import { splitOfFolder } from '../../../src/data/splits';
import { useScratch } from './helpers/files';

/** Counting looks at names only. */
const PICTURE = 'not decoded';
const POINTER =
  'version https://git-lfs.github.com/spec/v1\noid sha256:0123456789abcdef0123456789abcdef\nsize 9999\n';

describe('data: folders as they are published', () => {
  const scratch = useScratch();
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) await scratch.write(name, text);
  };
  const count = (path: string, label?: string): ReturnType<typeof countDataset> =>
    countDataset(path, { base: scratch.folder, ...(label !== undefined && { label }) });
  const codes = ({ issues }: Awaited<ReturnType<typeof countDataset>>): string[] =>
    issues.map(({ code }) => code);

  it('finds labels beside a folder, by ids without endings, and passes an unlabelled test split over', async () => {
    const names = Array.from({ length: 6 }, (_, i) => String(i).padStart(3, '0'));
    await write({
      'leaves/train.csv': `image_id,label\n${names.map((name, i) => `${name},${i % 3}`).join('\n')}\n`,
      'leaves/sample_submission.csv': 'image_id,label\n000,0\n',
      ...Object.fromEntries(names.map(name => [`leaves/train_images/${name}.jpg`, PICTURE])),
      // The same names: the table is called after the other split.
      'leaves/test_images/000.jpg': PICTURE,
      'leaves/test_images/001.jpg': PICTURE,
    });
    const result = await count('leaves', 'label');
    assert.equal(result.counted?.value, 6);
    assert.deepEqual(result.counted.splits, { train: 6 });
    assert.deepEqual(result.counted.labels, { label: 6 });
    assert.deepEqual(result.counted.classes, { 0: 2, 1: 2, 2: 2 });
    assert.deepEqual(codes(result), ['mixed-formats', 'unlabelled-split']);
    assert.equal(result.issues[1]?.count, 2);
  });

  it('keeps a test split that a table labels', async () => {
    await write({
      'both/train.csv': 'image,label\n1.png,a\n',
      'both/test.csv': 'image,label\n2.png,b\n',
      'both/train/1.png': PICTURE,
      'both/test/2.png': PICTURE,
    });
    const result = await count('both', 'label');
    assert.deepEqual(result.counted?.splits, { train: 1, test: 1 });
    assert.deepEqual(result.issues, []);
  });

  it('finds the column of names by what is in it, and says which names several files have', async () => {
    await write({
      'odd/HAM_labels.csv': 'lesion,dx,picture\nx1,mel,one\nx2,nv,two\nx3,nv,twice\n',
      'odd/part1/one.jpg': PICTURE,
      'odd/part2/two.jpg': PICTURE,
      'odd/part1/twice.jpg': PICTURE,
      'odd/part2/twice.jpg': PICTURE,
    });
    const result = await count('odd', 'dx');
    assert.deepEqual(result.counted?.classes, { mel: 1, nv: 1 });
    assert.match(result.issues[0]?.message ?? '', /names that several files have/);
    assert.match(result.issues[0]?.where?.[0] ?? '', /row 3: twice/);
  });

  it('passes over test pictures beside folders of classes, and names of folders that say nothing', async () => {
    await write({
      'cats/train/cat/1.jpg': PICTURE,
      'cats/train/dog/2.jpg': PICTURE,
      'cats/test/3.jpg': PICTURE,
      'plain/labels.csv': 'file,y\n1,a\n2,b\n',
      'plain/images/1.jpg': PICTURE,
      'plain/images/2.jpg': PICTURE,
    });
    const cats = await count('cats');
    assert.deepEqual(cats.counted?.splits, { train: 2 });
    assert.deepEqual(cats.counted.classes, { cat: 1, dog: 1 });
    const plain = await count('plain');
    assert.equal(plain.counted?.value, 2);
    assert.equal(plain.counted.classes, undefined);
    assert.deepEqual((await count('plain', 'y')).counted?.classes, { a: 1, b: 1 });
  });

  it('divides the training rows where the test table has no label', async () => {
    const rows = (from: number, to: number, label: boolean): string =>
      Array.from(
        { length: to - from },
        (_, i) => `${i},${i * 2}${label ? `,${i % 2 ? 'yes' : 'no'}` : ''}`,
      ).join('\n');
    await write({
      'comp/train.csv': `a,b,label\n${rows(0, 40, true)}\n`,
      'comp/test.csv': `a,b\n${rows(0, 20, false)}\n`,
      'comp/sample_submission.csv': 'id,label\n0,no\n1,no\n',
    });
    for (const label of ['label', undefined]) {
      const result = await count('comp', label);
      assert.equal(result.counted?.value, 40);
      assert.deepEqual(codes(result), ['mixed-formats', 'unlabelled-split']);
    }
    const request = { labels: { t: { column: 'label' } } };
    const { examples } = await openDataset(join(scratch.folder, 'comp'), request);
    assert.equal(examples.test, 4);
    // Alone, either of them is what the path says.
    assert.equal((await count('comp/test.csv')).counted?.value, 20);
    assert.equal((await count('comp/sample_submission.csv')).counted?.value, 2);
  });

  it('counts pictures of detection and segmentation, not their annotations', async () => {
    await write({
      'yolo/images/train/1.jpg': PICTURE,
      'yolo/images/val/2.jpg': PICTURE,
      'yolo/labels/train/1.txt': '0 0.5 0.5 0.1 0.1\n',
      'yolo/labels/val/2.txt': '0 0.5 0.5 0.1 0.1\n',
      'seg/train/images/1.png': PICTURE,
      'seg/train/masks/1.png': PICTURE,
    });
    const yolo = await count('yolo');
    assert.deepEqual(yolo.counted?.splits, { train: 1, validation: 1 });
    assert.equal(yolo.counted.classes, undefined);
    assert.deepEqual(
      yolo.issues.map(({ count: files }) => files),
      [2],
    );
    assert.equal((await count('seg')).counted?.value, 1);
  });

  it('says which files are not read', async () => {
    await write({
      'mixed/a/1.jpg': PICTURE,
      'mixed/b/1.heic': PICTURE,
      'mixed/b/2.heic': PICTURE,
      'mixed/b/notes': 'x',
      'mixed/README.md': 'x',
      'mixed/prepare.py': 'x',
    });
    const { issues } = await count('mixed');
    assert.deepEqual(
      issues.map(({ message, count: files }) => [/\.heic|without/.exec(message)?.[0], files]),
      [
        ['.heic', 2],
        ['without', 1],
      ],
    );
  });

  it('passes over what operating systems leave', async () => {
    await write({
      'left/a/1.jpg': PICTURE,
      'left/a/Thumbs.db': 'x',
      'left/a/desktop.ini': 'x',
      'left/a/.DS_Store': 'x',
      'left/a/._1.jpg': 'x',
      'left/__MACOSX/a/._1.jpg': 'x',
    });
    assert.deepEqual(await count('left').then(({ counted, issues }) => [counted?.value, issues]), [1, []]);
  });

  it('recognises pointers of Git LFS and web pages, alone and among data', async () => {
    await write({
      'lfs/d.csv': POINTER,
      'lfs/all/a/1.jpg': POINTER,
      'lfs/some/a/1.jpg': POINTER,
      'lfs/some/a/2.jpg': PICTURE,
      'web/d.csv': '\n<!DOCTYPE html>\n<html lang="en"><head><title>Sign in</title></head>\n',
      'web/one.parquet': '<html><body>404</body></html>',
    });
    for (const path of ['lfs/d.csv', 'lfs/all']) {
      const result = await count(path);
      assert.equal(result.counted, undefined);
      assert.deepEqual(codes(result), ['not-downloaded']);
      assert.match(result.issues[0]?.message ?? '', /git lfs pull/);
    }
    const some = await count('lfs/some');
    assert.equal(some.counted?.value, 1);
    assert.deepEqual(codes(some), ['not-downloaded']);
    for (const path of ['web/d.csv', 'web/one.parquet'])
      assert.match((await count(path)).issues[0]?.message ?? '', /is a web page/);
    await assert.rejects(
      openDataset(join(scratch.folder, 'lfs/d.csv'), { labels: {} }),
      error => isDataError(error) && error.code === 'not-downloaded',
    );
  });

  it('takes a glob that names folders for all that is in them', async () => {
    await write({
      'globs/a/1.jpg': PICTURE,
      'globs/a/deep/2.jpg': PICTURE,
      'globs/b/3.jpg': PICTURE,
      'globs/c/4.jpg': PICTURE,
      'tables/x.csv': 'a,b\n1,2\n',
      'tables/more/y.csv': 'a,b\n1,2\n3,4\n',
    });
    const both = await count('globs/{a,b}');
    assert.equal(both.counted?.value, 3);
    assert.deepEqual(both.counted.classes, { a: 1, b: 1, deep: 1 });
    assert.equal((await count('globs/*')).counted?.value, 4);
    // Files come first.
    assert.equal((await count('tables/*')).counted?.value, 1);
  });

  it('knows the split that a folder is named after', () => {
    const names = [
      'train_images',
      'val2017',
      'test-set',
      'stage1_train',
      'trainImages',
      'wavs.dev',
      'Testing',
    ];
    assert.deepEqual(names.map(splitOfFolder), [
      'train',
      'validation',
      'test',
      'train',
      'train',
      'validation',
      'test',
    ]);
    for (const name of ['bullet_train', 'test_tube', 'images', 'train_test', 'contest', 'eval_dog'])
      assert.equal(splitOfFolder(name), undefined, name);
  });
});
