import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type Embed,
  type InputPreprocessing,
  type NetworkInput,
  type NetworkReader,
  onnxFile,
  createNetworkReader,
  networkInputOf,
  readCheckpointFiles,
} from '../../data';
// Not by the engine's index: planning needs no TensorFlow.js.
import { type EncoderFeeds, type FrozenEncoder, openEncoder } from '../../engine/checkpoints/open-encoder';
import { type FeatureStore, exampleKey, openFeatureStore } from './feature-store';

/** A checkpoint whose encoder stays as it is, and the features that it gives. */
export interface FrozenCheckpoint {
  /** The ONNX file. */
  readonly file: string;
  readonly encoder: FrozenEncoder;
  readonly input: Extract<InputPreprocessing, { kind: 'checkpoint' }>;
  /** The features of an example, from the cache where they are known. */
  readonly embed: Embed;
  /** Keeps what was computed, and frees the network. */
  close(): Promise<void>;
}

/** Raised whenever features of equal inputs would be others. */
const VERSION = 1;
/** Features are kept this often, in milliseconds, so that little is lost when a run is stopped. */
const SAVE_EVERY = 20_000;

/**
 * Opens a checkpoint for its features.
 *
 * @param named an ONNX file, or its folder
 * @param cache where features are kept between trials and runs
 * @throws EngineError, DataError or FileRefused, saying what is wrong with it or with the files beside it
 */
export async function openCheckpoint(named: string, cache: string): Promise<FrozenCheckpoint> {
  const file = await onnxFile(named);
  const files = await readCheckpointFiles(file);
  const encoder = await openEncoder(file, {
    ...(files.pooling && { pooling: files.pooling }),
    normalize: files.normalize,
    classifies: classifies(files.config),
  });
  try {
    const network = networkInputOf(file, encoder.inputs, files);
    const digest = await digestOf(file, network, encoder);
    const store = await openFeatureStore(path.join(cache, `features-${digest}`));
    const read = await createNetworkReader(network);
    const width = store.width ?? (await encoder.features(emptyFeeds(network))).length;
    const { embed, save } = embedder(encoder, read, store);
    return {
      file,
      encoder,
      input: { kind: 'checkpoint', file, digest, width, network },
      embed,
      close: async () => {
        await save();
        await encoder.dispose();
      },
    };
  } catch (error) {
    await encoder.dispose();
    throw error;
  }
}

/** Whether `config.json` says that the model predicts classes. */
function classifies(config: Readonly<Record<string, unknown>> | undefined): boolean {
  const architectures = config?.['architectures'];
  return Array.isArray(architectures) && architectures.some(name => String(name).endsWith('Classification'));
}

async function digestOf(file: string, network: NetworkInput, { cut }: FrozenEncoder): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, network, cut]));
  hash.update(await readFile(file));
  if (network.kind === 'tokens') {
    const { size, mtimeMs } = await stat(network.tokenizer);
    hash.update(`${size} ${mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 32);
}

/** An example of zeros, by which a network tells how many features it gives. */
function emptyFeeds(network: NetworkInput): EncoderFeeds {
  switch (network.kind) {
    case 'pixels': {
      const { name, height, width, channels, layout } = network;
      const shape = layout === 'channels-first' ? [1, channels, height, width] : [1, height, width, channels];
      return new Map([[name, { shape, data: new Float32Array(height * width * channels) }]]);
    }
    case 'mels': {
      const { name, frames, bands } = network;
      // Not zeros: silence has no direction, and networks divide by its length.
      return new Map([
        [name, { shape: [1, frames, bands], data: new Float32Array(frames * bands).fill(1e-3) }],
      ]);
    }
    case 'wave': {
      const samples = network.samples ?? network.sampleRate;
      const data = Float32Array.from({ length: samples }, (_, i) => Math.sin(i / 10));
      return new Map([[network.name, { shape: [1, samples], data }]]);
    }
    case 'tokens': {
      const all = (value: bigint): { shape: number[]; data: BigInt64Array } => ({
        shape: [1, 2],
        data: new BigInt64Array(2).fill(value),
      });
      return new Map([
        [network.ids, all(0n)],
        ...(network.mask === undefined ? [] : [[network.mask, all(1n)] as const]),
        ...(network.types === undefined ? [] : [[network.types, all(0n)] as const]),
      ]);
    }
  }
}

function embedder(
  encoder: FrozenEncoder,
  read: NetworkReader,
  store: FeatureStore,
): { readonly embed: Embed; readonly save: () => Promise<void> } {
  let saved = performance.now();
  const save = async (): Promise<void> => {
    saved = performance.now();
    await store.save();
  };
  return {
    save,
    async embed(source) {
      const key = await exampleKey(source);
      const known = store.get(key);
      if (known) return known;
      const features = await encoder.features(await read(source));
      store.add(key, features);
      if (performance.now() - saved > SAVE_EVERY) await save();
      return features;
    },
  };
}
