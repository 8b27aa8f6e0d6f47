const AT = 0x40;
const WORDS = ['dataset', 'task', 'pipeline'].map(word => Buffer.from(word));
const BY_FIRST_BYTE = new Map(WORDS.map(word => [word[0], word] as const));

/**
 * Whether the first `length` bytes hold `@dataset`, `@task` or `@pipeline` as a whole word: the test that
 * spares almost every file its decoding. The buffer must be longer than `length`; the byte behind the
 * content is overwritten, so that the search ends there.
 */
export function holdsDirective(bytes: Buffer, length: number): boolean {
  bytes[length] = AT;
  for (let at = bytes.indexOf(AT); at < length; at = bytes.indexOf(AT, at + 1)) {
    const word = BY_FIRST_BYTE.get(bytes[at + 1]);
    if (word && isWordAt(bytes, at + 1, length, word)) return true;
  }
  return false;
}

function isWordAt(bytes: Buffer, start: number, length: number, word: Buffer): boolean {
  const end = start + word.length;
  if (end > length) return false;
  for (let i = 1; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return end === length || !isWordByte(bytes[end] ?? 0);
}

/** ASCII letters, digits and the underscore, as `\w` has it. */
function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f
  );
}
