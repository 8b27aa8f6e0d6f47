import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countDataset, isDataError } from '../../../src/data';
import { readRecording, readRecordingHeader } from '../../../src/data/audio/recording';
import { useScratch } from './helpers/files';

/** Made by `make.py` there with ffmpeg, which also says what is expected. */
const RECORDINGS = join(__dirname, '../../fixtures/recordings');

interface Expected {
  readonly rate: number;
  readonly frames: number;
  /** Root mean squares of twenty equal parts. */
  readonly loudness: readonly number[];
  /** Every 40th sample from the 4000th on. */
  readonly samples: readonly number[];
}

/** How far lengths may be from those of ffmpeg: it keeps what fills up the last block, and drops Vorbis's first. */
const SLACK: ReadonlyMap<string, number> = new Map([
  ['ima.wav', 300],
  ['ms.wav', 200],
  ['vorbis.ogg', 300],
]);

const LOSSY = /mp3|ogg|opus/;

describe('data: kinds of recordings', () => {
  const scratch = useScratch();
  const expected = new Map(
    Object.entries(
      JSON.parse(readFileSync(join(RECORDINGS, 'expected.json'), 'utf8')) as Record<string, Expected>,
    ),
  );
  const files = readdirSync(RECORDINGS).filter(name => !/\.(?:py|json)$/.test(name));

  for (const name of files)
    it(`are read as ffmpeg reads them: ${name}`, async () => {
      const wanted = expected.get(name);
      assert.ok(wanted);
      const path = join(RECORDINGS, name);
      const header = await readRecordingHeader(path);
      const { sampleRate, samples } = await readRecording(path);
      assert.equal(header.sampleRate, wanted.rate);
      assert.equal(sampleRate, wanted.rate);
      const slack = SLACK.get(name) ?? 0;
      assert.ok(Math.abs(header.frames - wanted.frames) <= slack, `${header.frames}, not ${wanted.frames}`);
      assert.ok(Math.abs(samples.length - header.frames) <= slack, `${samples.length}, not ${header.frames}`);
      const length = wanted.frames / wanted.loudness.length;
      const tolerance = slack > 0 || LOSSY.test(name) ? 0.03 : 0.0002;
      wanted.loudness.slice(0, -1).forEach((loudness, part) => {
        let sum = 0;
        const [from, to] = [Math.round(part * length), Math.round((part + 1) * length)];
        for (let i = from; i < to; i++) sum += (samples[i] ?? NaN) ** 2;
        const found = Math.sqrt(sum / (to - from));
        assert.ok(Math.abs(found - loudness) <= tolerance, `part ${part}: ${found}, not ${loudness}`);
      });
      if (name === 'vorbis.ogg') return;
      wanted.samples.forEach((value, i) => {
        const found = samples[4000 + 40 * i] ?? NaN;
        assert.ok(Math.abs(found - value) <= 0.001, `sample ${i}: ${found}, not ${value}`);
      });
    });

  it('are counted in seconds by their headers', async () => {
    for (const name of files) await scratch.write(`all/${name}`, readFileSync(join(RECORDINGS, name)));
    const { counted, issues } = await countDataset('all', { base: scratch.folder, unit: 'seconds' });
    assert.deepEqual(issues, []);
    assert.ok(Math.abs((counted?.value ?? 0) - files.length) < 0.2, String(counted?.value));
  });

  it('say of each that cannot be read why, and are not counted as nothing', async () => {
    await scratch.write('calls/cut.wav', readFileSync(join(RECORDINGS, 'mulaw.wav')).subarray(0, 3000));
    await scratch.write('calls/other.wav', Buffer.concat([Buffer.from('ID3\u0003'), Buffer.alloc(300)]));
    await scratch.write('calls/short.flac', readFileSync(join(RECORDINGS, 'flac16.flac')).subarray(0, 20));
    await scratch.write('calls/gsm.wav', gsm());
    const { counted, issues } = await countDataset('calls', { base: scratch.folder, unit: 'seconds' });
    assert.equal(counted, undefined);
    assert.equal(issues[0]?.count, 4);
    const reasons = issues[0].where?.join('\n') ?? '';
    for (const reason of [
      /cut\.wav is truncated/,
      /other\.wav is not a WAV/,
      /short\.flac does not/,
      /gsm\.wav has 0-bit/,
    ])
      assert.match(reasons, reason);
  });

  it('of Ogg whose last page states an impossible length are not counted as nothing', async () => {
    for (const name of ['opus.opus', 'vorbis.ogg', 'ogg-flac.oga'])
      for (const [what, position] of [
        ['negative', -5n],
        ['none', 0n],
        ['endless', 2n ** 62n],
        ['long', 10n ** 13n],
      ] as const) {
        const bytes = readFileSync(join(RECORDINGS, name));
        bytes.writeBigInt64LE(position, bytes.lastIndexOf('OggS') + 6);
        const path = await scratch.write(`${what}-${name}`, bytes);
        await assert.rejects(readRecordingHeader(path), /does not say how long/, `${what} ${name}`);
      }
    const bytes = readFileSync(join(RECORDINGS, 'opus.opus'));
    bytes.writeBigInt64LE(10n, bytes.lastIndexOf('OggS') + 6);
    await assert.rejects(readRecordingHeader(await scratch.write('delay.opus', bytes)), /does not say/);
  });

  it('that state more than they hold take no more memory than they hold', async () => {
    const flac = readFileSync(join(RECORDINGS, 'flac16.flac'));
    flac.writeUInt32BE(100_000_000, 22);
    const path = await scratch.write('long.flac', flac);
    const { samples } = await readRecording(path, 10_000);
    assert.equal(samples.length, 16_000);
    flac.writeUInt32BE(0xffff_ffff, 22);
    await assert.rejects(
      readRecording(await scratch.write('longer.flac', flac), 1e9),
      error => isDataError(error) && error.code === 'corrupt',
    );
  });
});

/** A WAV file of an encoding that is not read. */
function gsm(): Buffer {
  const wav = readFileSync(join(RECORDINGS, 'mulaw.wav'));
  wav.writeUInt16LE(49, 20);
  wav.writeUInt16LE(0, 34);
  return wav;
}
