import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, utimesSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assertSameData } from '../../../src/experiments/executors/same-data';
import { createRun } from '../../../src/experiments/store/manage-runs';
import { readManifest } from '../../../src/experiments/store/read-run';
import { planPilot } from '../../../src/experiments/plan/plan-run';
import { problemOf } from '../advisor/helpers';

describe('a run that is resumed', () => {
  let workspace: string;
  before(() => {
    workspace = mkdtempSync(path.join(tmpdir(), 'same-data-'));
  });
  after(() => {
    rmSync(workspace, { recursive: true });
  });

  it('is refused where its data is another, be it as long and as old as before', async () => {
    const file = path.join(workspace, 'mine.csv');
    const rows = Array.from({ length: 200 }, (_, i) => `${(i * 37) % 101},${i % 7},${i % 2}`);
    writeFileSync(file, `a,b,y\n${rows.join('\n')}\n`);
    const problem = problemOf(
      '@dataset mine task=t input=tabular:2 num_examples=200 label=t:y path=mine.csv',
      '@task t target output=class:2',
    );
    const plan = await planPilot(problem, 't', {
      cache: path.join(workspace, 'cache'),
      locate: () => ({ kind: 'local', path: file, exists: true }),
      sizes: [50],
      seeds: 1,
    });
    const folder = await createRun({ workspace, plan, now: new Date() });
    const manifest = await readManifest(folder);
    await assertSameData(folder, manifest);

    const before = readFileSync(file, 'utf8');
    const { atime, mtime } = statSync(file);
    writeFileSync(file, before.replace('\n37,1,1\n', '\n37,1,0\n'));
    utimesSync(file, atime, mtime);
    assert.equal(statSync(file).size, before.length);
    await assert.rejects(assertSameData(folder, manifest), {
      code: 'data-changed',
      message: /The data of mine has changed/,
    });

    writeFileSync(file, before);
    await assertSameData(folder, manifest);
  });
});
