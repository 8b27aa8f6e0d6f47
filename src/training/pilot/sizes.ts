/** Sizes of a data-size curve: enough for a power law with an offset (LCDB 1.1, 2024: more parameters need more). */
export const SIZES = 5;
/** From one size to the next at most this factor: a curve of wider steps misses its bend. */
const LARGEST_STEP = 4;
/** Neighbouring sizes closer than this tell the same. */
const SMALLEST_STEP = 1.3;
/** Below this a network learns the draw of the examples rather than the task. */
const SMALLEST = 10;
/** Examples of each class, on average, at the smallest size. */
const PER_CLASS = 2;

/**
 * Geometric steps up to all of the data: `SIZES` of them, or fewer where there is too little room.
 *
 * @param available labelled training examples of the target
 * @param classes how many classes it has, 0 for a number
 */
export function defaultSizes(available: number, classes: number): readonly number[] {
  const floor = Math.max(SMALLEST, PER_CLASS * classes);
  const smallest = Math.min(available, Math.max(floor, Math.ceil(available / LARGEST_STEP ** (SIZES - 1))));
  const room = Math.log(available / smallest);
  const steps = Math.max(0, Math.min(SIZES - 1, Math.floor(room / Math.log(SMALLEST_STEP))));
  if (steps === 0) return [available];
  const sizes = Array.from({ length: steps }, (_, step) =>
    rounded(smallest * Math.exp((room * step) / steps)),
  );
  return [...new Set([...sizes.filter(size => size < available), available])];
}

/** Two digits are enough for a size that was chosen by a factor. */
function rounded(size: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return Math.round(size / unit) * unit;
}
