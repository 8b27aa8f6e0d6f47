import type { TextTokens } from '../../protocol/preprocessing';

/** Reserved ids: padding after the end, and tokens that are not in the vocabulary. */
export const PADDING = 0;
export const UNKNOWN = 1;

/** Stands between the texts of two columns: no text has such a token, since none has white space. */
export const SEPARATOR = '\n';

/**
 * Scripts that are written without spaces between words, as the inside of a class of characters: Thai and Lao, Myanmar,
 * Khmer, kana and Bopomofo, Han, half-width kana. `predict.py` gets the same ranges.
 */
export const UNSPACED_RANGES: readonly (readonly [number, number])[] = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3005, 0x3007],
  [0x3041, 0x312f],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa9e0, 0xa9ff],
  [0xaa60, 0xaa7f],
  [0xf900, 0xfaff],
  [0xff66, 0xff9f],
  [0x20000, 0x3ffff],
];

const UNSPACED = UNSPACED_RANGES.map(
  ([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`,
).join('');
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
/** A character with its marks, or a run of other letters and digits. */
const PARTS = new RegExp(`[${UNSPACED}]\\p{M}*|[^${UNSPACED}]+`, 'gu');

/** UTF-16 units: what is longer is no word. Unicode's forms take the square of the marks in a row. */
export const LONGEST_WORD = 200;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Splits text into tokens, lower-case.
 *
 * `pairs`: words with their marks, and single punctuation marks, in Unicode's form NFKC; in scripts without spaces
 * between words, each character and each pair of neighbours, which stand for words there (Lucene's CJKAnalyzer takes
 * pairs, too). Without it, as models of earlier releases: runs of letters and digits, all else single.
 */
export function tokenize(text: string, tokens?: TextTokens): string[] {
  if (tokens === undefined) return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const words: string[] = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
  if (!NOT_ASCII.test(text)) return words;
  return words.flatMap(word => {
    if (!NOT_ASCII.test(word)) return [word];
    const normal = word.length > LONGEST_WORD ? word : word.normalize('NFKC');
    return HAS_UNSPACED.test(normal) ? charactersAndPairs(normal) : [normal];
  });
}

function charactersAndPairs(word: string): string[] {
  const found: string[] = [];
  let before: string | undefined;
  for (const part of word.match(PARTS) ?? []) {
    const isCharacter = HAS_UNSPACED.test(part);
    if (isCharacter && before !== undefined) found.push(before + part);
    found.push(part);
    before = isCharacter ? part : undefined;
  }
  return found;
}

/** Whether a token is a character of a script without spaces, or a pair of them. */
export function isUnspaced(token: string): boolean {
  return HAS_UNSPACED.test(token);
}

/** The commonest tokens of `counts`, at most `size`, ties in alphabetical order. Token `i` has the id `i + 2`. */
export function vocabularyOf(counts: ReadonlyMap<string, number>, size: number): string[] {
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, size)
    .map(([word]) => word);
}
