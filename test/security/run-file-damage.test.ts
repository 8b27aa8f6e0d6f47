import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { isUserError } from '../../src/common/errors';
import { parseJson } from '../../src/common/validation';
import { runCsv } from '../../src/experiments/export/export-run';
import { reportOf } from '../../src/experiments/report/build-report';
import { verdictText } from '../../src/experiments/report/run-summary-text';
import { writeJson } from '../../src/experiments/store/atomic-files';
import { createRun, listRuns } from '../../src/experiments/store/manage-runs';
import { readRun } from '../../src/experiments/store/read-run';
import { reportPage } from '../../src/ui/report/report-page';
import { event, plan, result, trial } from '../unit/experiments/support';
import { createFolder, removeFolders } from '../unit/workspace/support';

const SEEDS = [1, 2];
const NOW = new Date('2026-01-02T03:04:05Z');
const jobFile = (name: string): string => `jobs/single-task-n40-s1/${name}`;
const FILES = [
  ...['run.json', 'state.json', 'report.json'],
  ...['job.json', 'result.json', 'failure.json', 'metrics.jsonl'].map(jobFile),
];

/** A run with all the files there can be. */
async function wholeRun(): Promise<{ readonly workspace: string; readonly run: string }> {
  const { root: workspace } = createFolder();
  const run = await createRun({ workspace, plan: plan(SEEDS.map(trial)), now: NOW });
  for (const seed of SEEDS) {
    const folder = path.join(run, `jobs/single-task-n40-s${seed}`);
    await writeJson(path.join(folder, 'result.json'), result(`single-task-n40-s${seed}`, 0.6));
    writeFileSync(path.join(folder, 'metrics.jsonl'), `${JSON.stringify(event(1))}\n`);
  }
  await writeJson(path.join(run, jobFile('failure.json')), {
    ...{ version: 1, id: 'single-task-n40-s1', code: 'died', message: 'It died.' },
  });
  const report = reportOf(await readRun(run));
  assert.ok(report);
  await writeJson(path.join(run, 'report.json'), report);
  return { workspace, run };
}

const PAGE = { language: 'en', assets: { style: '', script: '' } };
const TURNING = 'a\u202eb';

const HOSTILE: readonly unknown[] = [
  ...[
    null,
    true,
    -1,
    1e308,
    0.5,
    '',
    '../../../etc/passwd',
    '__proto__',
    'constructor',
    '\u202e\u001b]52;c;x\u0007',
  ],
  ...[
    [],
    {},
    [[[[]]]],
    { __proto__: 1 },
    Array.from({ length: 300 }, (_, i) => i),
    'x'.repeat(70_000),
    2 ** 53,
  ],
];

interface Damage {
  readonly file: string;
  /** Where in the file, as a share of it. */
  readonly at: number;
  readonly how: 'cut' | 'flip' | 'replace' | 'remove' | 'double';
  readonly by: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  file: fc.constantFrom(...FILES),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('cut', 'flip', 'replace', 'remove', 'double'),
  by: fc.nat(255),
});

/** Every place of a value in a JSON document: what holds it, and under which key. */
function placesOf(value: unknown): { readonly holder: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap(key => [{ holder, key }, ...placesOf(holder[key])]);
}

function damaged(text: string, { at, how, by }: Damage): string | Buffer {
  const bytes = Buffer.from(text);
  const index = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
  if (how === 'cut') return bytes.subarray(0, index);
  if (how === 'flip') {
    bytes[index] = (bytes[index] ?? 0) ^ (by || 1);
    return bytes;
  }
  const value = parseJson(text);
  const places = placesOf(value);
  const place = places[Math.min(places.length - 1, Math.floor(at * places.length))];
  if (!place) return `${text}${text}`;
  const { holder, key } = place;
  if (how === 'remove') Reflect.deleteProperty(holder, key);
  else if (how === 'double') holder[key] = [holder[key], holder[key]];
  else holder[key] = HOSTILE[by % HOSTILE.length];
  return JSON.stringify(value);
}

describe('a run folder with a file that was changed by others', () => {
  after(removeFolders);

  it('is read as far as it can be, or refused by name, and shown without what it would do', async function () {
    this.timeout(60_000);
    const { workspace, run } = await wholeRun();
    const original = new Map(FILES.map(file => [file, readFileSync(path.join(run, file), 'utf8')]));
    const seen = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async change => {
        const file = path.join(run, change.file);
        const text = original.get(change.file) ?? '';
        writeFileSync(file, damaged(text, change));
        try {
          const { runs, broken } = await listRuns(workspace);
          assert.equal(runs.length + broken.length, 1);
          for (const { message } of broken) assert.ok(message.length > 10 && message.length < 2000, message);
          const snapshot = await readRun(run);
          for (const report of [snapshot.report, reportOf(snapshot)]) {
            if (!report) continue;
            reportPage(report, PAGE);
            verdictText(report);
          }
          runCsv(snapshot);
          seen.read++;
        } catch (error) {
          assert.ok(isUserError(error, 'run'), error instanceof Error ? error.stack : String(error));
          assert.match(error.message, /\.json|run/);
          seen.refused++;
        } finally {
          writeFileSync(file, text);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(seen.read > 50 && seen.refused > 20, JSON.stringify(seen));
  });

  it('turns no writing round in a page, whichever of its texts would', async () => {
    const { run } = await wholeRun();
    const file = path.join(run, 'report.json');
    const text = readFileSync(file, 'utf8');
    const count = placesOf(parseJson(text)).length;
    let shown = 0;
    for (let i = 0; i < count; i++) {
      const value = parseJson(text);
      const { holder, key } = placesOf(value)[i] as ReturnType<typeof placesOf>[number];
      if (typeof holder[key] !== 'string') continue;
      holder[key] = TURNING;
      await writeJson(file, value);
      const { report } = await readRun(run);
      const page = report ? reportPage(report, { ...PAGE, name: TURNING }) : '';
      assert.ok(!page.includes('\u202e'), key);
      shown += Number(page.includes('\\u202e'));
    }
    assert.ok(shown > 3, `${shown} of ${count}`);
  });

  it('has no figure that its metric cannot have', async () => {
    const { run } = await wholeRun();
    const file = path.join(run, jobFile('result.json'));
    for (const change of [{ value: 3, metrics: { accuracy: 3 } }, { value: 0.9 }]) {
      await writeJson(file, { ...result('single-task-n40-s1', 0.6), ...change });
      const [job] = (await readRun(run)).jobs;
      assert.equal(job?.result, undefined, JSON.stringify(change));
    }
  });
});
