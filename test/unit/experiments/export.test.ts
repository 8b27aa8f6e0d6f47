import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { parse } from 'csv-parse/sync';
import { exportRun, runCsv } from '../../../src/experiments/export/export-run';
import { crc32c, eventFile, maskedCrc32c } from '../../../src/experiments/export/tensorboard-events';
import type { RunSnapshot } from '../../../src/protocol/run-files';
import { createFolder, removeFolders } from '../workspace/support';
import { event, plan, result, trial } from './support';

const run: RunSnapshot = {
  manifest: {
    ...plan(),
    version: 1,
    id: 'run, "one"',
    started: '2026-01-02T03:04:05Z',
    jobs: ['single-task-n40-s1'],
  },
  state: { state: 'finished', updated: 'x' },
  jobs: [
    {
      spec: trial(1),
      status: 'finished',
      events: [event(0), event(5, { learningRate: 0.01, validation: { accuracy: 0.25 } })],
      result: result('single-task-n40-s1'),
    },
    { spec: trial(2), status: 'waiting', events: [] },
  ],
};

describe('exports', () => {
  afterEach(removeFolders);

  it('as CSV have a line for each metric of each trial', () => {
    const rows = parse<Record<string, string>>(runCsv(run), { columns: true });
    assert.deepEqual(
      rows.map(({ run: id, seed, status, metric, value }) => [id, seed, status, metric, value]),
      [
        ['run, "one"', '1', 'finished', 'accuracy', '0.5'],
        ['run, "one"', '1', 'finished', 'macro-f1', '0.25'],
        ['run, "one"', '2', 'waiting', 'accuracy', ''],
      ],
    );
  });

  // RFC 3720, appendix B.4, and the check value of CRC-32C over the digits.
  const ramp = Uint8Array.from({ length: 32 }, (_, i) => i);
  for (const [name, bytes, expected] of [
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 to 31', ramp, 0x46dd794e],
    ['31 to 0', ramp.slice().reverse(), 0x113fdb5c],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
  ] as const)
    it(`use CRC-32C: ${name}`, () => {
      assert.equal(crc32c(bytes), expected);
    });

  it('as event files are framed and encoded as TensorBoard reads them', async () => {
    const { root } = createFolder();
    const [file, ...others] = await exportRun(run, 'tensorboard', root);
    assert.deepEqual(others, [], 'a job without a point has no file');
    assert.match(path.relative(root, file ?? ''), /^single-task-n40-s1.events\.out\.tfevents\.\d+\./);
    const [first, ...rest] = records(readFileSync(file ?? '')).map(readEvent);
    assert.equal(first?.version, 'brain.Event:2');
    assert.deepEqual(
      rest.map(({ tag, step, value }) => [tag, step, value]),
      [
        ['train/loss', 0, 1],
        ['train/lr 0.01/loss', 5, Math.fround(1 / 6)],
        ['train/lr 0.01/validation/accuracy', 5, 0.25],
        ['test/accuracy', 5, 0.5],
        ['test/macro-f1', 5, 0.25],
      ],
    );
    assert.equal(rest[1]?.wallTime, Date.parse('2026-01-02T03:04:05Z') / 1000 + 0.5);
  });

  it('begin as every event file of TensorBoard does', () => {
    const begin = Buffer.from(eventFile([], 1).subarray(0, 13)).toString('hex');
    assert.equal(begin, '1800000000000000a37f4b2209');
  });

  it('keep large steps', () => {
    const step = 2 ** 40 + 3;
    const bytes = eventFile([{ tag: 'x', step, wallTime: 1, value: 1 }], 1);
    assert.equal(readEvent(records(bytes)[1]!).step, step);
  });
});

/** The data of TFRecords, their lengths and checksums looked at. */
function records(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    const data = bytes.subarray(at + 12, at + 12 + length);
    assert.equal(view.getUint32(at + 8, true), maskedCrc32c(bytes.subarray(at, at + 8)));
    assert.equal(view.getUint32(at + 12 + length, true), maskedCrc32c(data));
    found.push(data);
    at += length + 16;
  }
  return found;
}

interface ReadEvent {
  wallTime?: number;
  step?: number;
  version?: string;
  tag?: string;
  value?: number;
}

/** Event: 1 wall_time, 2 step, 3 file_version, 5 summary → 1 value → 1 tag, 2 simple_value. */
function readEvent(bytes: Uint8Array): ReadEvent {
  const reader = new BinaryReader(bytes);
  const found: ReadEvent = {};
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) found.wallTime = reader.double();
    else if (field === 2) found.step = Number(reader.int64());
    else if (field === 3) found.version = reader.string();
    else Object.assign(found, readValue(reader.bytes()));
  }
  return found;
}

function readValue(summary: Uint8Array): Pick<ReadEvent, 'tag' | 'value'> {
  const outer = new BinaryReader(summary);
  outer.tag();
  const reader = new BinaryReader(outer.bytes());
  reader.tag();
  const tag = reader.string();
  reader.tag();
  return { tag, value: reader.float() };
}
