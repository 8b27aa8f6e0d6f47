/** A 32-bit hash of a text (MurmurHash3, x86, over its UTF-16 units). Which split an example is in depends on it. */
export function hash32(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return avalanche(h ^ text.length);
}

/** A number from 0 up to 1 that depends on the text and the seed alone. */
export function hashUnit(text: string, seed: number): number {
  return hash32(text, seed) / 2 ** 32;
}

/** A number from 0 up to 1 that depends on two whole numbers and the seed alone (MurmurHash3 of their words). */
export function hashPair(a: number, b: number, seed: number): number {
  const h = mix(mix(mix(seed | 0, a | 0), b | 0), Math.floor(b / 2 ** 32));
  return avalanche(h) / 2 ** 32;
}

function mix(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let next = h ^ Math.imul(k, 0x1b873593);
  next = (next << 13) | (next >>> 19);
  return (Math.imul(next, 5) + 0xe6546b64) | 0;
}

/** The last step of MurmurHash3: each bit of the result depends on all bits of `h`. */
export function avalanche(h: number): number {
  let last = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  last = Math.imul(last ^ (last >>> 13), 0xc2b2ae35);
  return (last ^ (last >>> 16)) >>> 0;
}
