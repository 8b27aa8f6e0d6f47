import { Tokenizer } from '@huggingface/tokenizers';
import { errorMessage } from '../../common/errors';
import { isRecord, parseJson } from '../../common/validation';
import { readRegular } from '../../files/regular-file';
import { notTokenizer, tokenizerPattern } from '../../messages/checkpoint-file-messages';
import { dataError } from '../issues';

/** In bytes, of a `tokenizer.json`: those of large multilingual vocabularies take 20 MB. */
const MAX_TOKENIZER = 64_000_000;
/** Characters of a text for each token that is kept: the rest cannot matter, and takes time. */
const CHARACTERS_PER_TOKEN = 20;

/**
 * Patterns of widely used tokenizers (GPT-2, CLIP, Llama 3, Qwen 2, cl100k, XLM-RoBERTa, T5). Another pattern, which the file
 * of a stranger may bring, could take for ever on a text.
 */
const KNOWN_PATTERNS = new Set([
  String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  String.raw`<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`,
  String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`,
  String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  String.raw`\s+`,
  ' {2,}',
]);

/** Turns a text into token ids, special ones included. */
export type Tokenize = (text: string) => readonly number[];

/**
 * Reads a Hugging Face `tokenizer.json` (WordPiece, BPE, Unigram).
 *
 * @param length tokens at most: more are cut from the end of the text, special ones stay
 * @throws DataError where it cannot be read
 */
export async function readTokenizer(path: string, length: number): Promise<Tokenize> {
  const [file, config] = [
    parseJson((await readRegular(path, MAX_TOKENIZER)).toString('utf8')),
    parseJson(await besides(path)),
  ];
  if (!isRecord(file) || !isRecord(file['model'])) throw dataError('corrupt', notTokenizer({ path }), path);
  const unknown = patternsIn([file['normalizer'], file['pre_tokenizer'], file['decoder']]).find(
    pattern => !KNOWN_PATTERNS.has(pattern),
  );
  if (unknown !== undefined)
    throw dataError('unsupported', tokenizerPattern({ path, pattern: unknown }), path);
  try {
    const tokenizer = new Tokenizer(file, isRecord(config) ? config : {});
    return text => encode(tokenizer, text.slice(0, length * CHARACTERS_PER_TOKEN), length);
  } catch (error) {
    throw dataError('corrupt', notTokenizer({ path, reason: errorMessage(error) }), path);
  }
}

/** The text of `tokenizer_config.json`, where there is one. */
async function besides(path: string): Promise<string> {
  const config = path.replace(/tokenizer\.json$/, 'tokenizer_config.json');
  return config === path
    ? ''
    : readRegular(config, MAX_TOKENIZER).then(
        bytes => bytes.toString('utf8'),
        () => '',
      );
}

function encode(tokenizer: Tokenizer, text: string, length: number): readonly number[] {
  const { ids } = tokenizer.encode(text);
  if (ids.length <= length) return ids;
  const { ids: plain } = tokenizer.encode(text, { add_special_tokens: false });
  const specials = ids.length - plain.length;
  const before = Array.from({ length: specials + 1 }, (_, at) => at).find(at =>
    plain.every((id, i) => ids[at + i] === id),
  );
  if (before === undefined) return ids.slice(0, length);
  const kept = Math.max(0, length - specials);
  return [...ids.slice(0, before + kept), ...ids.slice(before + plain.length)];
}

/** Regular expressions anywhere in a part of the file. */
function patternsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Regex' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}
