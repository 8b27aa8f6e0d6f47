import type { ByteSource } from '../bytes/source';
import { CHUNK, type Scanner } from './scanner';

/** Two places in the scanner's input, so that one is filled while the other is counted. */
const PLACES = [0, 2 * CHUNK] as const;

/**
 * Counts a whole source; a last line without its newline counts as one with it.
 *
 * @returns the byte offset of the last quote that opened, and of the end
 */
export async function countSource(
  source: ByteSource,
  scanner: Scanner,
  newline: number,
): Promise<{ opened: number; length: number }> {
  let [place, other]: readonly [number, number] = PLACES;
  let filled = await source.read(scanner.input.subarray(place, place + CHUNK));
  let opened = 0;
  let length = 0;
  let last = newline;
  while (filled > 0) {
    const ended = filled < CHUNK;
    const next = ended ? Promise.resolve(0) : source.read(scanner.input.subarray(other, other + CHUNK));
    // Counted while the next piece is read; a failed read is met at the `await`.
    scanner.count(place, place + filled);
    if (scanner.lastOpened() >= 0) opened = length + scanner.lastOpened() - place;
    last = scanner.input[place + filled - 1] ?? newline;
    length += filled;
    filled = await next;
    [place, other] = [other, place];
  }
  if (last !== newline) {
    scanner.input[place] = newline;
    scanner.count(place, place + 1);
  }
  return { opened, length };
}
