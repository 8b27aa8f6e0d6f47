/** Numbers of examples, row by row; `NaN` where one is missing. */
export interface NumberTable {
  readonly count: number;
  /** How many numbers an example has. */
  readonly width: number;
  /** Of 32 bits each, so that a threshold between two of them is one that every runtime agrees on. */
  readonly values: Float32Array;
}

/** Bins of a feature at most; a missing value has one of its own besides, so that all fit a byte. */
export const MOST_BINS = 255;

/** A table whose numbers are replaced by the bins that they fall into. */
export interface BinnedTable {
  readonly count: number;
  /** Of all examples the bins of the first feature, then those of the second. */
  readonly codes: Uint8Array;
  /** Of each feature the largest values of all bins but the last: bin `b` holds what is at most `uppers[b]`. */
  readonly uppers: readonly Float32Array[];
  /** Which features are missing somewhere: their last bin, after those of values, is for that. */
  readonly isMissing: readonly boolean[];
  /** Where the bins of each feature begin among all, and at last how many there are. */
  readonly offsets: Int32Array;
}

/** Divides the values of each feature into bins: one for each value where there are few, else as even as they go. */
export function binTable({ count, width, values }: NumberTable, most = MOST_BINS): BinnedTable {
  const codes = new Uint8Array(count * width);
  const uppers: Float32Array[] = [];
  const isMissing: boolean[] = [];
  const offsets = new Int32Array(width + 1);
  for (let feature = 0; feature < width; feature++) {
    const own = new Float32Array(count);
    let present = 0;
    for (let row = 0; row < count; row++) {
      const value = values[row * width + feature] ?? NaN;
      if (!Number.isNaN(value)) own[present++] = value;
    }
    const bounds = boundsOf(own.subarray(0, present).sort(), most);
    uppers.push(bounds);
    isMissing.push(present < count);
    for (let row = 0; row < count; row++)
      codes[feature * count + row] = binOf(values[row * width + feature] ?? NaN, bounds);
    offsets[feature + 1] = (offsets[feature] ?? 0) + bounds.length + (present < count ? 2 : 1);
  }
  return { count, codes, uppers, isMissing, offsets };
}

/** The bin of a value: the first whose largest value is not below it. */
function binOf(value: number, uppers: Float32Array): number {
  if (Number.isNaN(value)) return uppers.length + 1;
  let [from, to] = [0, uppers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value <= (uppers[middle] ?? Infinity)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The largest values of all bins but the last: halfway to the next value, where 32 bits have a number there. */
function boundsOf(sorted: Float32Array, most: number): Float32Array {
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (distinct.length > 0 && distinct.at(-1) === value)
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const bounds: number[] = [];
  let [left, bins, held] = [sorted.length, most, 0];
  for (let i = 0; i + 1 < distinct.length; i++) {
    held += counts[i] ?? 0;
    // What is left is divided anew after each bin, as a common value may have filled one far beyond its share.
    if (distinct.length > most && held < left / bins) continue;
    if (bins === 1) break;
    left -= held;
    bins--;
    held = 0;
    bounds.push(between(distinct[i] ?? 0, distinct[i + 1] ?? 0));
  }
  return Float32Array.from(bounds);
}

/** A number of 32 bits that is at least `low` and below `high`. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}
