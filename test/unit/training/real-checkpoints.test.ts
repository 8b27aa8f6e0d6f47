import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REAL_DATA } from '../../../bench/real/real-data';
import { createMelSpectrogram } from '../../../src/data/network-inputs/read-mels';
import { readTokenizer } from '../../../src/data/network-inputs/read-tokens';
import { type EncoderFeeds, openEncoder } from '../../../src/engine/checkpoints/open-encoder';
import { type NpzArray, bigIntsOf, floatsOf, readNpz } from '../data/helpers/npz';

/** The folder of real checkpoints with outputs of PyTorch: `$REAL_MODELS`, or `models` beside the real data. */
const REAL_MODELS = path.resolve(process.env['REAL_MODELS'] ?? path.join(REAL_DATA, '../models'));
const TOKENS = ['input_ids', 'attention_mask', 'token_type_ids'];

function furthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(found.length, expected.length);
  let most = 0;
  for (let i = 0; i < found.length; i++)
    most = Math.max(most, Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)));
  return most;
}

describe('real checkpoints', function () {
  this.timeout(60_000);
  const array = (arrays: ReadonlyMap<string, NpzArray>, name: string): NpzArray => {
    const found = arrays.get(name);
    assert.ok(found, name);
    return found;
  };
  const folderOf = (name: string): string => path.join(REAL_MODELS, name);
  const cases = [
    { name: 'efficientnet-lite0', inputs: ['pixel_values'], output: 'features', hints: {} },
    { name: 'voice-encoder', inputs: ['mels'], output: 'embedding', hints: {} },
    { name: 'all-minilm-l6-v2', inputs: TOKENS, output: 'embedding', hints: { normalize: true } },
  ];
  const feedsOf = (arrays: ReadonlyMap<string, NpzArray>, names: readonly string[]): EncoderFeeds =>
    new Map(
      names.map(name => {
        const given = array(arrays, name);
        return [
          name,
          { shape: given.shape, data: TOKENS.includes(name) ? bigIntsOf(given) : floatsOf(given) },
        ];
      }),
    );

  for (const { name, inputs, output, hints } of cases) {
    const isThere = existsSync(path.join(folderOf(name), 'reference.npz'));
    const test = isThere ? it : it.skip;
    test(`gives the features of PyTorch: ${name}${isThere ? '' : ` (skipped: not in ${REAL_MODELS})`}`, async () => {
      const arrays = await readNpz(path.join(folderOf(name), 'reference.npz'));
      const encoder = await openEncoder(path.join(folderOf(name), 'model.onnx'), hints);
      const found = await encoder.features(feedsOf(arrays, inputs));
      assert.ok(furthest(found, floatsOf(array(arrays, output))) < 1e-4);
      await encoder.dispose();
      if (name === 'voice-encoder') {
        const { shape } = array(arrays, 'wave');
        const waves = floatsOf(array(arrays, 'wave'));
        const mels = createMelSpectrogram({ sampleRate: 16_000, fft: 400, hop: 160, bands: 40, frames: 160 });
        const length = shape[1] ?? 0;
        assert.ok(
          furthest(mels(waves.subarray(0, length)), floatsOf(array(arrays, 'mels')).subarray(0, 6400)) < 1e-6,
        );
      }
      if (name === 'all-minilm-l6-v2') {
        const tokenize = await readTokenizer(path.join(folderOf(name), 'tokenizer.json'), 128);
        const sentences = JSON.parse(
          readFileSync(path.join(folderOf(name), 'sentences.json'), 'utf8'),
        ) as string[];
        const ids = Array.from(bigIntsOf(array(arrays, 'input_ids')), Number);
        sentences.forEach((text, i) => {
          const tokens = tokenize(text);
          assert.deepEqual(tokens, ids.slice(i * 128, i * 128 + tokens.length), text);
        });
        const int8 = await openEncoder(path.join(folderOf(name), 'model_int8.onnx'), hints);
        const small = await int8.features(feedsOf(arrays, inputs));
        for (let row = 0; row < sentences.length; row++) {
          let cosine = 0;
          for (let i = row * 384; i < (row + 1) * 384; i++) cosine += (small[i] ?? 0) * (found[i] ?? 0);
          assert.ok(cosine > 0.97, `${sentences[row]}: ${cosine}`);
        }
        await int8.dispose();
      }
    });
  }
});
