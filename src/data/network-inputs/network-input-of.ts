import * as v from 'valibot';
import { type Infer, check } from '../../common/validation';
import { shapeProblemText } from '../../messages/validation-text';
import {
  badBeside,
  checkpointInputDiffers,
  missingBeside,
  unknownNetworkInput,
} from '../../messages/checkpoint-file-messages';
import type { NetworkInput } from '../../protocol/preprocessing';
import { dataError, type DataError } from '../issues';
import type { CheckpointFiles } from './checkpoint-files';

/** An input of a network: its name, and the lengths of its axes where they are known before it runs. */
export interface GraphInput {
  readonly name: string;
  readonly shape: readonly (number | undefined)[] | undefined;
}

/** Sides and lengths that networks have: a file can state any. */
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const sides = v.object({ height: side, width: side });
const perChannel = v.pipe(
  v.union([v.number(), v.pipe(v.array(v.number()), v.minLength(1), v.maxLength(3))]),
  v.transform(value => (typeof value === 'number' ? [value] : value)),
);

const imageConfig = v.object({
  do_resize: v.optional(v.boolean(), true),
  size: v.optional(v.union([sides, v.object({ shortest_edge: side }), side])),
  do_center_crop: v.optional(v.boolean()),
  crop_size: v.optional(v.union([sides, side])),
  crop_pct: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)))),
  /** Pillow's numbers. */
  resample: v.optional(v.picklist([0, 1, 2, 3]), 2),
  do_rescale: v.optional(v.boolean(), true),
  rescale_factor: v.optional(v.number(), 1 / 255),
  do_normalize: v.optional(v.boolean(), true),
  image_mean: v.optional(perChannel),
  image_std: v.optional(perChannel),
});

const FILTERS = ['nearest', 'lanczos', 'bilinear', 'bicubic'] as const;

const audioConfig = v.object({
  feature_extractor_type: v.optional(v.string()),
  sampling_rate: v.pipe(v.number(), v.minValue(100), v.maxValue(1e6)),
});

const melConfig = v.object({
  n_fft: side,
  hop_length: side,
  feature_size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)),
  nb_max_frames: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  window: v.optional(v.picklist(['hann'])),
  center: v.optional(v.literal(true)),
  pad_mode: v.optional(v.literal('constant')),
  power: v.optional(v.literal(2)),
  mel_scale: v.optional(v.literal('slaney')),
  norm: v.optional(v.literal('slaney')),
  log: v.literal(false),
  volume_dbfs: v.optional(v.pipe(v.number(), v.maxValue(0))),
});

/** Longer texts are cut here where the files do not say where. */
const DEFAULT_LENGTH = 512;
const MOST_TOKENS = 8192;

/**
 * What a network takes, by its own inputs and the files beside it.
 *
 * @throws DataError where a file is missing, does not say it, or contradicts the network
 */
export function networkInputOf(
  checkpoint: string,
  inputs: readonly GraphInput[],
  files: CheckpointFiles,
): NetworkInput {
  const ids = inputs.find(({ name }) => /(^|_)ids?$/.test(name) && !/type|position/.test(name));
  if (ids) return tokensOf(checkpoint, inputs, ids, files);
  const [only] = inputs;
  if (!only || inputs.length > 1) throw unknown(checkpoint, inputs);
  const axes = only.shape?.length;
  if (axes === 4) return pixelsOf(checkpoint, only, files);
  if (axes === 2 || axes === 3) return soundOf(checkpoint, only, files);
  throw unknown(checkpoint, inputs);
}

function unknown(checkpoint: string, inputs: readonly GraphInput[]): DataError {
  const found = inputs.map(
    ({ name, shape }) => `${name} [${shape?.map(axis => axis ?? '?').join(', ') ?? '?'}]`,
  );
  return dataError('unsupported', unknownNetworkInput({ checkpoint, inputs: found.join(', ') }), checkpoint);
}

function tokensOf(
  checkpoint: string,
  inputs: readonly GraphInput[],
  { name, shape }: GraphInput,
  { tokenizer, length = DEFAULT_LENGTH }: CheckpointFiles,
): NetworkInput {
  if (tokenizer === undefined) throw missing(checkpoint, 'tokenizer.json');
  const mask = inputs.find(input => input.name.endsWith('mask'))?.name;
  const types = inputs.find(input => /type/.test(input.name))?.name;
  if (inputs.some(input => ![name, mask, types].includes(input.name))) throw unknown(checkpoint, inputs);
  return {
    kind: 'tokens',
    ids: name,
    ...(mask === undefined ? {} : { mask }),
    ...(types === undefined ? {} : { types }),
    tokenizer,
    length: Math.min(shape?.[1] ?? MOST_TOKENS, length, MOST_TOKENS),
  };
}

function missing(checkpoint: string, file: string): DataError {
  return dataError('unsupported', missingBeside({ checkpoint, file }), checkpoint);
}

function read<S extends v.GenericSchema>(
  schema: S,
  checkpoint: string,
  { preprocessor }: CheckpointFiles,
): Infer<S> {
  if (!preprocessor) throw missing(checkpoint, 'preprocessor_config.json');
  const found = check(schema, preprocessor);
  if (found.ok) return found.value;
  throw dataError(
    'unsupported',
    badBeside({ file: `preprocessor_config.json of ${checkpoint}`, reason: shapeProblemText(found.problem) }),
    checkpoint,
  );
}

function pixelsOf(
  checkpoint: string,
  { name, shape = [] }: GraphInput,
  files: CheckpointFiles,
): NetworkInput {
  const config = read(imageConfig, checkpoint, files);
  const isLast = isChannels(shape[3]) && !isChannels(shape[1]);
  const [channels = 3, height, width] = isLast
    ? [shape[3], shape[1], shape[2]]
    : [shape[1], shape[2], shape[3]];
  if (!isChannels(channels))
    throw dataError(
      'unsupported',
      checkpointInputDiffers({ checkpoint, expected: `${channels} channels`, found: '1 or 3' }),
      checkpoint,
    );
  const { size, crop_size: crop, crop_pct: share } = config;
  const asSides = (value: typeof crop): v.InferOutput<typeof sides> | undefined =>
    typeof value === 'number' ? { height: value, width: value } : value;
  const whole = typeof size === 'object' && 'height' in size ? size : undefined;
  const shortest =
    typeof size === 'number' ? size : size && 'shortest_edge' in size ? size.shortest_edge : undefined;
  const cropped = config.do_center_crop === false ? undefined : asSides(crop);
  const square = shortest === undefined ? undefined : { height: shortest, width: shortest };
  const result = cropped ?? whole ?? square ?? { height: height ?? 224, width: width ?? 224 };
  if ((height ?? result.height) !== result.height || (width ?? result.width) !== result.width)
    throw dataError(
      'unsupported',
      checkpointInputDiffers({
        checkpoint,
        expected: `${height ?? '?'}×${width ?? '?'}`,
        found: `${result.height}×${result.width}`,
      }),
      checkpoint,
    );
  const perEach = (values: readonly number[] | undefined, otherwise: number): number[] =>
    Array.from(
      { length: channels },
      (_, i) => (config.do_normalize ? (values?.[i] ?? values?.[0]) : undefined) ?? otherwise,
    );
  return {
    kind: 'pixels',
    name,
    layout: isLast ? 'channels-last' : 'channels-first',
    ...result,
    channels,
    resize:
      whole ??
      (shortest === undefined ? result : { shortest: Math.floor(shortest / (cropped ? 1 : (share ?? 1))) }),
    filter: FILTERS[config.resample],
    full: config.do_rescale ? 255 * config.rescale_factor : 255,
    mean: perEach(config.image_mean, 0),
    deviation: perEach(config.image_std, 1),
  };
}

function isChannels(axis: number | undefined): axis is 1 | 3 {
  return axis === 1 || axis === 3;
}

function soundOf(checkpoint: string, { name, shape = [] }: GraphInput, files: CheckpointFiles): NetworkInput {
  const { sampling_rate: sampleRate } = read(audioConfig, checkpoint, files);
  if (shape.length === 2)
    return {
      kind: 'wave',
      name,
      sampleRate,
      ...(shape[1] === undefined ? {} : { samples: shape[1] }),
      standardize: files.preprocessor?.['do_normalize'] === true,
    };
  const config = read(melConfig, checkpoint, files);
  const [, frames = config.nb_max_frames, bands = config.feature_size] = shape;
  if (frames === undefined || bands !== config.feature_size || frames !== (config.nb_max_frames ?? frames))
    throw dataError(
      'unsupported',
      checkpointInputDiffers({
        checkpoint,
        expected: `${frames ?? '?'}×${bands}`,
        found: `${config.nb_max_frames ?? '?'}×${config.feature_size}`,
      }),
      checkpoint,
    );
  return {
    kind: 'mels',
    name,
    sampleRate,
    fft: config.n_fft,
    hop: config.hop_length,
    bands,
    frames,
    ...(config.volume_dbfs === undefined ? {} : { volume: config.volume_dbfs }),
  };
}
