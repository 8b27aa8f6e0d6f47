import assert from 'node:assert/strict';
import { countedIn, pilot, removeCases, runCase } from './cases';

describe('folders as they are published', () => {
  after(removeCases);

  it('16-half-of-a-folder-silently-dropped: TIFF images count', async () => {
    const [own] = await countedIn('16-half-of-a-folder-silently-dropped');
    assert.equal(own?.counted?.value, 20);
    assert.deepEqual(own.issues, []);
  });

  it('17-labels-beside-folder: labels of a table beside the pictures', async () => {
    const [leaves] = await countedIn('17-labels-beside-folder');
    assert.equal(leaves?.counted?.value, 30);
    assert.deepEqual(leaves.counted.splits, { train: 30 });
  });

  it('18-test-without-labels: a test split out of the labelled rows', async () => {
    const [, own] = await countedIn('18-test-without-labels');
    assert.equal(own?.counted?.value, 200);
    assert.deepEqual(
      own.issues.filter(({ severity }) => severity === 'error'),
      [],
    );
    const { status, shown } = await runCase('18-test-without-labels', pilot());
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /0 to test on/);
  });

  it('19-lfs-pointers: pointers are not data', async () => {
    for (const { counted, issues } of await countedIn('19-lfs-pointers')) {
      assert.equal(counted, undefined);
      assert.match(issues.map(({ message }) => message).join('\n'), /run "git lfs pull"/);
    }
  });

  it('24-croissant-split-names: names of splits are no examples', async () => {
    const { shown } = await runCase('24-croissant-split-names', ['datasets', 'train.py']);
    assert.doesNotMatch(shown, /3 examples|stale-size/);
  });

  it('29-recordings-without-reason: each recording that is not read has its reason', async () => {
    const [calls] = await countedIn('29-recordings-without-reason');
    assert.equal(calls?.counted?.value, 2);
    const places = calls.issues.flatMap(({ where = [] }) => where).join('\n');
    assert.match(places, /cut\.wav is truncated/);
    assert.match(places, /other\.wav is not a WAV, FLAC, Ogg or MP3 recording/);
  });

  it('33-configurations-counted-twice: the default configuration is counted once', async () => {
    const { shown } = await runCase('33-configurations-counted-twice', ['datasets', 'train.py']);
    assert.match(shown, /counted twice/);
    assert.doesNotMatch(shown, /90 examples|stale-size|configuration easy/);
  });

  it('26-notebooks-on-paper: chunks of Quarto and R Markdown are read', async () => {
    const { shown } = await runCase('26-notebooks-on-paper', ['advise', 'page.qmd', 'page.Rmd']);
    assert.match(shown, /demand/);
    assert.match(shown, /height/);
  });

  it('28-pictures-that-do-not-open: CMYK images train', async () => {
    const { status, shown } = await runCase('28-pictures-that-do-not-open', pilot());
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /cannot be read|0 labelled examples/);
  });
});
