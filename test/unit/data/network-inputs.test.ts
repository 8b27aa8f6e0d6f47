import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDataError } from '../../../src/data';
import { onnxFile, readCheckpointFiles } from '../../../src/data/network-inputs/checkpoint-files';
import { type GraphInput, networkInputOf } from '../../../src/data/network-inputs/network-input-of';
import { createMelSpectrogram, raised, repeated } from '../../../src/data/network-inputs/read-mels';
import { encodeForNetwork } from '../../../src/data/network-inputs/read-pixels';
import { readTokenizer } from '../../../src/data/network-inputs/read-tokens';
import { useScratch } from './helpers/files';

/** Of Pillow 12, on floats: `Image.fromarray(pixels).resize((3, 2), filter)`, between 0 and 255. */
const PILLOW = {
  nearest: [0, 10, 30, 1, 3, 255],
  bilinear: [100.446, 92.917, 84.643, 33.036, 28.125, 112.5],
  bicubic: [103.628, 103.525, 79.139, 30.286, 18.517, 114.945],
  lanczos: [104.551, 115.002, 71.858, 32.43, 10.602, 114.792],
} as const;
const PIXELS = {
  width: 5,
  height: 3,
  channels: 1,
  data: Uint8Array.of(0, 255, 10, 200, 30, 90, 80, 70, 60, 50, 1, 2, 3, 4, 255),
  max: 255,
};
const IMAGE = {
  kind: 'pixels',
  name: 'x',
  layout: 'channels-first',
  channels: 1,
  full: 255,
  mean: [0],
  deviation: [1],
} as const;

/** Of NumPy, of a tone of 1,000 Hz with librosa's default filters: its loudest band in a frame of it. */
const TONE = 104.52;

/** A tokenizer of words and their parts, as BERT's. */
const TOKENIZER = {
  version: '1.0',
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({
    id,
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  })),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, pay: 4, '##ment': 5, late: 6, '.': 7, naive: 8 },
  },
};

describe('what a checkpoint takes', () => {
  const scratch = useScratch();

  it('resizes as Pillow does, by each filter', () => {
    for (const [filter, expected] of Object.entries(PILLOW)) {
      const sides = { height: 2, width: 3 };
      const found = encodeForNetwork(PIXELS, {
        ...IMAGE,
        ...sides,
        resize: sides,
        filter: filter as keyof typeof PILLOW,
      });
      expected.forEach((value, i) => {
        assert.ok(Math.abs(value - (found[i] ?? NaN)) < 2e-3, `${filter}: ${found.join(' ')}`);
      });
    }
  });

  it('cuts out the middle, pads what is too small, and puts channels where they belong', () => {
    const cut = encodeForNetwork(PIXELS, {
      ...IMAGE,
      height: 3,
      width: 3,
      resize: { shortest: 3 },
      filter: 'bilinear',
    });
    assert.deepEqual(Array.from(cut), [255, 10, 200, 80, 70, 60, 2, 3, 4]);
    const padded = encodeForNetwork(PIXELS, {
      ...IMAGE,
      height: 5,
      width: 1,
      resize: { shortest: 3 },
      filter: 'bilinear',
      mean: [10],
      deviation: [2],
    });
    assert.deepEqual(
      Array.from(padded, value => Math.round(1000 * value) / 1000),
      [-5, 0, 30, -3.5, -5],
    );
    const colours = { ...PIXELS, width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const three = {
      ...IMAGE,
      channels: 3,
      height: 2,
      width: 1,
      resize: { height: 2, width: 1 },
      filter: 'bicubic',
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    } as const;
    assert.deepEqual(Array.from(encodeForNetwork(colours, three), Math.round), [1, 4, 2, 5, 3, 6]);
    assert.deepEqual(
      Array.from(encodeForNetwork(colours, { ...three, layout: 'channels-last' }), Math.round),
      [1, 2, 3, 4, 5, 6],
    );
  });

  it('splits texts into tokens, and keeps the special ones of a text that is cut', async () => {
    const path = await scratch.write('tokenizer.json', JSON.stringify(TOKENIZER));
    const whole = await readTokenizer(path, 16);
    assert.deepEqual(whole('Payment late. Naïve?'), [2, 4, 5, 6, 7, 8, 1, 3]);
    assert.deepEqual(whole(''), [2, 3]);
    const short = await readTokenizer(path, 4);
    assert.deepEqual(short('Payment late. Naïve?'), [2, 4, 5, 3]);
    assert.equal(short('pay '.repeat(100_000)).length, 4);
  });

  it('runs no pattern of a stranger', async () => {
    const hostile = {
      ...TOKENIZER,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [{ type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated', invert: false }],
      },
    };
    const path = await scratch.write('hostile.json', JSON.stringify(hostile));
    await assert.rejects(
      readTokenizer(path, 16),
      (error: unknown) => isDataError(error) && /\(a\+\)\+\$/.test(error.message),
    );
    const none = await scratch.write('none.json', '{"model": 3}');
    await assert.rejects(readTokenizer(none, 16), isDataError);
  });

  it('hears a tone in the band of its frequency, in frames of any length', () => {
    const parameters = { sampleRate: 16_000, fft: 400, hop: 160, bands: 40, frames: 10 };
    const tone = Float32Array.from({ length: 2000 }, (_, i) => Math.sin((2 * Math.PI * 1000 * i) / 16_000));
    const mels = createMelSpectrogram(parameters)(tone);
    const middle = mels.subarray(200, 240);
    assert.equal(middle.indexOf(Math.max(...middle)), 13);
    assert.ok(Math.abs((middle[13] ?? 0) - TONE) < 1e-3 * TONE, String(middle[13]));
  });

  it('repeats short recordings and makes quiet ones louder, and only those', () => {
    assert.deepEqual(Array.from(repeated(Float32Array.of(1, 2, 3), 7)), [1, 2, 3, 1, 2, 3, 1]);
    assert.deepEqual(Array.from(repeated(Float32Array.of(1, 2, 3), 2)), [1, 2]);
    assert.deepEqual(Array.from(repeated(new Float32Array(0), 2)), [0, 0]);
    assert.deepEqual(Array.from(raised(Float32Array.of(0.5, -0.5), -20)), [0.5, -0.5]);
    assert.ok(Math.abs((raised(Float32Array.of(0.001, -0.001), -20)[0] ?? 0) - 0.1) < 1e-6);
    assert.deepEqual(Array.from(raised(Float32Array.of(0, 0), -20)), [0, 0]);
  });

  const image: GraphInput = { name: 'pixel_values', shape: [undefined, 3, 224, 224] };
  const texts: GraphInput[] = ['input_ids', 'attention_mask', 'token_type_ids'].map(name => ({
    name,
    shape: [undefined, undefined],
  }));

  /** The files of a checkpoint in a folder of their own. */
  const beside = async (name: string, files: Readonly<Record<string, unknown>>): Promise<string> => {
    const model = await scratch.write(`${name}/model.onnx`, '');
    for (const [file, value] of Object.entries(files))
      await scratch.write(`${name}/${file}`, JSON.stringify(value));
    return model;
  };

  it('is what the files beside it say', async () => {
    const clip = await beside('clip', {
      'preprocessor_config.json': {
        size: { shortest_edge: 256 },
        crop_size: 224,
        resample: 3,
        image_mean: [0.1, 0.2, 0.3],
        image_std: 0.5,
      },
    });
    assert.deepEqual(networkInputOf(clip, [image], await readCheckpointFiles(clip)), {
      kind: 'pixels',
      name: 'pixel_values',
      layout: 'channels-first',
      height: 224,
      width: 224,
      channels: 3,
      resize: { shortest: 256 },
      filter: 'bicubic',
      full: 1,
      mean: [0.1, 0.2, 0.3],
      deviation: [0.5, 0.5, 0.5],
    });
    const timm = await beside('timm', {
      'config.json': {
        pretrained_cfg: {
          input_size: [3, 224, 224],
          crop_pct: 0.875,
          interpolation: 'bicubic',
          mean: [0, 0, 0],
          std: [1, 1, 1],
        },
      },
    });
    const found = networkInputOf(timm, [image], await readCheckpointFiles(timm));
    assert.ok(found.kind === 'pixels' && 'shortest' in found.resize && found.resize.shortest === 256);
    const sentences = await beside('sentences', {
      'tokenizer.json': TOKENIZER,
      'config.json': { max_position_embeddings: 512 },
      'sentence_bert_config.json': { max_seq_length: 256 },
      '1_Pooling/config.json': { pooling_mode_cls_token: true },
      'modules.json': [{ type: 'sentence_transformers.models.Normalize' }],
    });
    const files = await readCheckpointFiles(sentences);
    assert.deepEqual([files.pooling, files.normalize], ['first', true]);
    assert.deepEqual(networkInputOf(sentences, texts, files), {
      kind: 'tokens',
      ids: 'input_ids',
      mask: 'attention_mask',
      types: 'token_type_ids',
      tokenizer: join(scratch.folder, 'sentences/tokenizer.json'),
      length: 256,
    });
  });

  it('is refused in words where they do not say it, or contradict the network', async () => {
    const cases: readonly [
      name: string,
      files: Readonly<Record<string, unknown>>,
      inputs: readonly GraphInput[],
      RegExp,
    ][] = [
      ['a', {}, [image], /needs preprocessor_config\.json in its folder/],
      ['b', {}, texts, /needs tokenizer\.json in its folder/],
      [
        'c',
        { 'preprocessor_config.json': { size: { height: 1e9, width: 2 } } },
        [image],
        /does not say how inputs are prepared/,
      ],
      [
        'd',
        { 'preprocessor_config.json': { size: 384 } },
        [image],
        /takes 224×224, and the files beside it prepare 384×384/,
      ],
      ['e', { 'preprocessor_config.json': {} }, [{ name: 'x', shape: [1, 7, 8, 8] }], /takes 7 channels/],
      [
        'f',
        { 'preprocessor_config.json': {} },
        [{ name: 'x', shape: [1] }],
        /inputs that are not understood: x \[1\]/,
      ],
      [
        'g',
        {
          'preprocessor_config.json': {
            sampling_rate: 16_000,
            feature_size: 80,
            n_fft: 400,
            hop_length: 160,
            log: true,
          },
        },
        [{ name: 'x', shape: [1, 100, 80] }],
        /"?log"?/,
      ],
    ];
    for (const [name, files, inputs, message] of cases) {
      const model = await beside(name, files);
      const read = await readCheckpointFiles(model);
      assert.throws(
        () => networkInputOf(model, inputs, read),
        (error: unknown) => isDataError(error) && message.test(error.message),
        name,
      );
    }
  });

  it('is found in a folder', async () => {
    const folder = join(scratch.folder, 'several');
    await scratch.write('several/a.onnx', '');
    assert.equal(await onnxFile(folder), join(folder, 'a.onnx'));
    await writeFile(join(folder, 'b.onnx'), '');
    await assert.rejects(onnxFile(folder), /several ONNX files \(a\.onnx, b\.onnx\)/);
    await writeFile(join(folder, 'model.onnx'), '');
    assert.equal(await onnxFile(folder), join(folder, 'model.onnx'));
    await scratch.write('empty/readme.txt', '');
    await assert.rejects(onnxFile(join(scratch.folder, 'empty')), /contains no ONNX file/);
  });
});
