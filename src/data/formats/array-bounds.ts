import { arrayTruncated, emptyArrayExamples } from '../../messages/array-messages';
import { byteLocation } from '../../messages/data-access-messages';
import { dataError } from '../issues';

/** An array as its header states it: its first axis is the examples. */
export interface StatedArray {
  readonly shape: readonly number[];
  /** Bytes of an element. */
  readonly itemSize: number;
  readonly dataOffset: number;
}

/** Deflate's ceiling: what a byte can unpack to. */
const DEFLATE_RATIO = 1032;

/** The most that so many compressed bytes can unpack to, in bytes. */
export function mostUnpacked(bytes: number): number {
  return DEFLATE_RATIO * bytes;
}

/**
 * Checks what an array states against the bytes that it has.
 *
 * @throws DataError `truncated` where they cannot hold it; `corrupt` where its examples would take no bytes at all, so
 * that any number of them fits
 */
export function checkArray({ shape, itemSize, dataOffset }: StatedArray, size: number, where: string): void {
  const [rows = 0, ...cell] = shape;
  const rowBytes = cell.reduce((product, axis) => product * axis, itemSize);
  if (rows > 0 && rowBytes === 0) throw dataError('corrupt', emptyArrayExamples(where), where);
  const wanted = rows === 0 ? dataOffset : dataOffset + rows * rowBytes;
  // Also where a number of hundreds of digits has become infinite.
  if (!(wanted <= size)) {
    throw dataError(
      'truncated',
      arrayTruncated({ file: where, size, declared: wanted }),
      byteLocation({ file: where, byte: size }),
    );
  }
}
