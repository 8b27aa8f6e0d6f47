import { fileProblem } from '../../messages/data-access-messages';
import {
  brightnessDrift,
  brightnessDriftLocation,
  nearDuplicatePair,
  nearDuplicates,
  unreadableImages,
  unreadableRecordings,
} from '../../messages/data-check-messages';
import { readRecordingHeader } from '../audio/recording';
import { decodeImage } from '../images/decode-image';
import { resize, toChannels } from '../images/resize-image';
import { isDataError, placeOf } from '../issues';
import type { SplitName } from '../splits';
import type { Check, NameOf } from './check';
import { driftBeyondChance } from './distribution-drift';

const SIDE = 16;
/** Mean difference of brightness (0 to 1) under which two images of 16 × 16 are the same picture. */
const MAX_DIFFERENCE = 0.02;
/** Images with less contrast than this (standard deviation of brightness) look alike in any case. */
const MIN_CONTRAST = 0.04;
const MAX_SHIFT = 0.1;

interface Thumbnail {
  readonly split: SplitName;
  readonly name: string;
  readonly values: Float32Array;
}

/** Finds images that cannot be read, near duplicates in two splits, and drift of the brightness. */
export function imageCheck(path: string, nameOf: NameOf): Check {
  const buckets = new Map<string, Thumbnail[]>();
  const pairs: string[] = [];
  const unreadable: string[] = [];
  const brightness: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  return {
    async observe(reference) {
      const { block, row, split } = reference;
      const values = new Float32Array(SIDE * SIDE);
      try {
        await decodeImage(block.text(row, 0) ?? '', pixels => {
          resize(toChannels(pixels, 1), SIDE, SIDE, values);
        });
      } catch (error) {
        if (!isDataError(error)) throw error;
        unreadable.push(fileProblem({ file: placeOf(error), reason: error.message }));
        return;
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      brightness[split].push(mean);
      if (
        Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) < MIN_CONTRAST
      )
        return;
      const thumbnail: Thumbnail = { split, name: nameOf(reference), values };
      const keys = differenceHashes(values);
      const twin = findNearDuplicate(thumbnail, keys, buckets);
      if (twin) pairs.push(nearDuplicatePair(twin, { name: thumbnail.name, split }));
      for (const key of keys) {
        const bucket = buckets.get(key);
        if (bucket) bucket.push(thumbnail);
        else buckets.set(key, [thumbnail]);
      }
    },
    finish(issues) {
      const broken = unreadableImages(path);
      for (const where of unreadable) issues.add('error', 'unreadable-file', broken, where);
      const near = nearDuplicates(path);
      for (const where of pairs) issues.add('warning', 'near-duplicates', near, where);
      const shift = driftBeyondChance(brightness.train, brightness.test);
      if (shift > MAX_SHIFT) {
        const message = brightnessDrift(path);
        issues.add('warning', 'split-shift', message, brightnessDriftLocation(shift));
      }
    },
  };
}

/**
 * Four keys from 64 comparisons of neighbours on an 8 × 8 grid (a difference hash): images that differ in at most
 * three comparisons share at least one key.
 */
function differenceHashes(values: Float32Array): string[] {
  const keys = ['0', '1', '2', '3'];
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      const brighter = cellOf(values, x, y) > cellOf(values, (x + 1) % 8, y);
      const band = y >> 1;
      keys[band] = `${keys[band] ?? ''}${brighter ? 1 : 0}`;
    }
  }
  return keys;
}

function cellOf(values: Float32Array, x: number, y: number): number {
  const at = 2 * y * SIDE + 2 * x;
  return (values[at] ?? 0) + (values[at + 1] ?? 0) + (values[at + SIDE] ?? 0) + (values[at + SIDE + 1] ?? 0);
}

/** Images of one key that are compared at most: a key that very many images share does not discriminate. */
const MAX_COMPARED = 200;

function findNearDuplicate(
  thumbnail: Thumbnail,
  keys: readonly string[],
  buckets: ReadonlyMap<string, readonly Thumbnail[]>,
): Thumbnail | undefined {
  for (const key of keys) {
    for (const other of (buckets.get(key) ?? []).slice(-MAX_COMPARED)) {
      if (other.split === thumbnail.split) continue;
      let difference = 0;
      for (let i = 0; i < thumbnail.values.length; i++)
        difference += Math.abs((thumbnail.values[i] ?? 0) - (other.values[i] ?? 0));
      if (difference / thumbnail.values.length < MAX_DIFFERENCE) return other;
    }
  }
  return undefined;
}

/** Finds recordings that cannot be read. */
export function recordingCheck(path: string): Check {
  const unreadable: string[] = [];
  return {
    async observe({ block, row }) {
      try {
        await readRecordingHeader(block.text(row, 0) ?? '');
      } catch (error) {
        if (!isDataError(error)) throw error;
        unreadable.push(fileProblem({ file: placeOf(error), reason: error.message }));
      }
    },
    finish(issues) {
      const message = unreadableRecordings(path);
      for (const where of unreadable) issues.add('error', 'unreadable-file', message, where);
    },
  };
}
