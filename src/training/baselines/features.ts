import { type InputPreprocessing, PADDING } from '../../data';
import { type Examples, widthOf } from '../datasets/examples';

/** Numbers of examples, of which most are 0: those of example `i` are at `starts[i]` up to `starts[i + 1]`. */
export interface SparseRows {
  readonly count: number;
  /** How many features there are. */
  readonly width: number;
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly values: Float64Array;
}

/** Turns examples into features that were chosen on the training examples. */
export type Featurizer = (examples: Examples) => SparseRows;

/**
 * What a linear model sees: the columns of a table as they are; words and pairs of words by TF-IDF; pixels at a low
 * resolution; of sound, each band's mean and deviation over time.
 *
 * @param outputs of the model, which limit how many terms it can have
 */
export function fitFeatures(input: InputPreprocessing, train: Examples, outputs: number): Featurizer {
  switch (input.kind) {
    case 'text':
      return fitTerms(train, outputs);
    case 'image':
      return dense(row => pooled(row, input.height, input.width, input.channels));
    case 'audio':
      return dense(row => overTime(row, input.parameters.bands));
    case 'columns':
    case 'vector':
      return dense(row => row);
  }
}

function dense(of: (row: ArrayLike<number>) => ArrayLike<number>): Featurizer {
  return examples => {
    const size = widthOf(examples.shape);
    const rows = Array.from({ length: examples.count }, (_, i) =>
      of(examples.inputs.subarray(i * size, (i + 1) * size)),
    );
    const width = rows[0]?.length ?? 0;
    const values = new Float64Array(examples.count * width);
    rows.forEach((row, i) => {
      values.set(row, i * width);
    });
    return {
      count: examples.count,
      width,
      starts: Int32Array.from({ length: examples.count + 1 }, (_, i) => i * width),
      features: Int32Array.from(values, (_, i) => i % width),
      values,
    };
  };
}

/** Pixels to a side of what an image is averaged down to. */
const SIDE = 12;

function pooled(row: ArrayLike<number>, height: number, width: number, channels: number): Float64Array {
  const [high, wide] = [Math.min(SIDE, height), Math.min(SIDE, width)];
  const sums = new Float64Array(high * wide * channels);
  const counts = new Float64Array(sums.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const at = (Math.floor((y * high) / height) * wide + Math.floor((x * wide) / width)) * channels + c;
        sums[at] = (sums[at] ?? 0) + (row[(y * width + x) * channels + c] ?? 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
  return sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 0));
}

function overTime(row: ArrayLike<number>, bands: number): Float64Array {
  const frames = row.length / bands;
  const found = new Float64Array(2 * bands);
  for (let band = 0; band < bands; band++) {
    let [sum, squares] = [0, 0];
    for (let frame = 0; frame < frames; frame++) {
      const value = row[frame * bands + band] ?? 0;
      sum += value;
      squares += value * value;
    }
    const mean = sum / frames;
    found[band] = mean;
    found[bands + band] = Math.sqrt(Math.max(0, squares / frames - mean * mean));
  }
  return found;
}

/** Larger than any id of a word, so that a pair of words has a number of its own. */
const PAIR = 2 ** 21;

/** How often each word and each pair of neighbours is in a text. */
function termsOf(ids: ArrayLike<number>): Map<number, number> {
  const terms = new Map<number, number>();
  const add = (term: number): void => void terms.set(term, (terms.get(term) ?? 0) + 1);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? PADDING;
    if (id === PADDING) break;
    add(id);
    if (i > 0) add((ids[i - 1] ?? 0) * PAIR + id + PAIR * PAIR);
  }
  return terms;
}

/** Weights that a model of texts may have: of more, the rarest terms are left out. */
const MOST_WEIGHTS = 400_000;

/** TF-IDF with smoothed idf, each text of length 1 (as scikit-learn's `TfidfVectorizer` does). */
function fitTerms(train: Examples, outputs: number): Featurizer {
  const size = widthOf(train.shape);
  const textOf = ({ inputs }: Examples, i: number): ArrayLike<number> =>
    inputs.subarray(i * size, (i + 1) * size);
  const documents = new Map<number, number>();
  for (let i = 0; i < train.count; i++)
    for (const term of termsOf(textOf(train, i)).keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  const most = Math.max(1000, Math.floor(MOST_WEIGHTS / outputs));
  const kept = [...documents].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const places = new Map(kept.map(([term], place) => [term, place]));
  const idf = Float64Array.from(kept, ([, count]) => Math.log((1 + train.count) / (1 + count)) + 1);
  return examples => {
    const starts = new Int32Array(examples.count + 1);
    const features: number[] = [];
    const values: number[] = [];
    for (let i = 0; i < examples.count; i++) {
      const first = values.length;
      for (const [term, times] of termsOf(textOf(examples, i))) {
        const place = places.get(term);
        if (place === undefined) continue;
        features.push(place);
        values.push(times * (idf[place] ?? 0));
      }
      const length = Math.sqrt(values.slice(first).reduce((sum, value) => sum + value * value, 0)) || 1;
      for (let j = first; j < values.length; j++) values[j] = (values[j] ?? 0) / length;
      starts[i + 1] = values.length;
    }
    return {
      count: examples.count,
      width: places.size,
      starts,
      features: Int32Array.from(features),
      values: Float64Array.from(values),
    };
  };
}
