import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isRecord, parseJson } from '../../common/validation';
import { readRegular } from '../../files/regular-file';
import { noCheckpointInFolder, severalCheckpointsInFolder } from '../../messages/checkpoint-file-messages';
import { dataError } from '../issues';

/** In bytes, of a JSON file beside a checkpoint other than its tokenizer. */
const MAX_CONFIG = 4_000_000;
/** Entries of a folder that are looked at. */
const MOST_ENTRIES = 10_000;

/**
 * The ONNX file that a path names: itself, or the one of a folder.
 *
 * @throws DataError where a folder has none, or several of which none is `model.onnx`
 */
export async function onnxFile(named: string): Promise<string> {
  const isFolder = await stat(named).then(
    found => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return named;
  for (const folder of [named, path.join(named, 'onnx')]) {
    const names = (await readdir(folder).catch(() => [])).slice(0, MOST_ENTRIES);
    const models = names.filter(name => name.toLowerCase().endsWith('.onnx')).sort();
    const [only] = models;
    if (models.includes('model.onnx')) return path.join(folder, 'model.onnx');
    if (only !== undefined && models.length === 1) return path.join(folder, only);
    if (models.length > 1)
      throw dataError('unsupported', severalCheckpointsInFolder({ folder, files: models }), folder);
  }
  throw dataError('empty', noCheckpointInFolder(named), named);
}

/** What stands beside a checkpoint, as far as it is there. */
export interface CheckpointFiles {
  /** The parts of `preprocessor_config.json`, or of timm's `config.json`. */
  readonly preprocessor: Readonly<Record<string, unknown>> | undefined;
  readonly config: Readonly<Record<string, unknown>> | undefined;
  /** The path of `tokenizer.json`. */
  readonly tokenizer: string | undefined;
  /** Tokens at most, by the strictest of the files. */
  readonly length: number | undefined;
  /** How a sentence's vector is made of its tokens' (Sentence Transformers). */
  readonly pooling: 'mean' | 'first' | undefined;
  readonly normalize: boolean;
}

/**
 * Reads the files that Hugging Face lays beside a checkpoint, in its folder or, where that is called `onnx`, the one above.
 *
 * @throws FileRefused for one that is no regular file, or too large
 */
export async function readCheckpointFiles(model: string): Promise<CheckpointFiles> {
  const own = path.dirname(model);
  const folders = path.basename(own) === 'onnx' ? [own, path.dirname(own)] : [own];
  const read = async (name: string): Promise<unknown> => {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (await isThere(file)) return parseJson((await readRegular(file, MAX_CONFIG)).toString('utf8'));
    }
    return undefined;
  };
  const record = async (name: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const value = await read(name);
    return isRecord(value) ? value : undefined;
  };
  const tokenizers = folders.map(folder => path.join(folder, 'tokenizer.json'));
  const tokenizer = (await Promise.all(tokenizers.map(isThere))).indexOf(true);
  const config = await record('config.json');
  const modules = await read('modules.json');
  const lengths = [
    (await record('sentence_bert_config.json'))?.['max_seq_length'],
    (await record('tokenizer_config.json'))?.['model_max_length'],
    config?.['max_position_embeddings'],
  ].filter((length): length is number => typeof length === 'number' && length >= 1 && length < 1e6);
  const pooling = await record('1_Pooling/config.json');
  return {
    preprocessor: (await record('preprocessor_config.json')) ?? timmConfig(config),
    config,
    tokenizer: tokenizers[tokenizer],
    length: lengths.length > 0 ? Math.min(...lengths) : undefined,
    pooling: poolingOf(pooling),
    normalize:
      Array.isArray(modules) &&
      modules.some(
        each => isRecord(each) && typeof each['type'] === 'string' && each['type'].endsWith('.Normalize'),
      ),
  };
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function poolingOf(config: Readonly<Record<string, unknown>> | undefined): CheckpointFiles['pooling'] {
  if (config?.['pooling_mode_cls_token'] === true) return 'first';
  return config?.['pooling_mode_mean_tokens'] === true ? 'mean' : undefined;
}

/** timm says in `pretrained_cfg` what others say in `preprocessor_config.json`. */
function timmConfig(
  config: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const given = config?.['pretrained_cfg'];
  if (!isRecord(given) || !Array.isArray(given['input_size'])) return undefined;
  const [, height, width] = given['input_size'] as readonly unknown[];
  const crop = typeof given['crop_pct'] === 'number' ? given['crop_pct'] : 1;
  const filters = new Map([
    ['nearest', 0],
    ['bilinear', 2],
    ['bicubic', 3],
    ['lanczos', 1],
  ]);
  return {
    size: { shortest_edge: Math.floor(Number(height) / crop) },
    crop_size: { height, width },
    resample: filters.get(String(given['interpolation'])) ?? 2,
    image_mean: given['mean'],
    image_std: given['std'],
  };
}
