import { type InputPreprocessing, PADDING, UNKNOWN } from '../../data';
import { type Examples, widthOf } from '../datasets/examples';

/** Features of examples, one row for each. */
export interface FeatureRows {
  readonly count: number;
  /** How many features there are. */
  readonly width: number;
  readonly values: ArrayLike<number>;
  /** Where most are 0, the others alone: the values of row `i` are at `starts[i]` up to `starts[i + 1]`. */
  readonly sparse?: { readonly starts: Int32Array; readonly features: Int32Array };
}

/** Turns examples into features that were chosen on training examples. */
export type Featurizer = (examples: Examples) => FeatureRows;

/**
 * What a linear model sees: the numbers of a table as they are (standardised, one for each category), or the words of
 * texts by TF-IDF. (Pairs of neighbouring words as well did worse on short texts at 150 to 4,000 examples.)
 *
 * @param train the examples that words are chosen and weighed by
 * @param most features of texts at most: those that most texts have
 */
export function fitFeatures(kind: InputPreprocessing['kind'], train: Examples, most: number): Featurizer {
  return kind === 'text' ? fitTerms(train, most) : asTheyAre;
}

function asTheyAre({ count, shape, inputs }: Examples): FeatureRows {
  return { count, width: widthOf(shape), values: inputs };
}

/** How often each word is in a text; words that training does not have are passed over. */
function termsOf(ids: ArrayLike<number>): ReadonlyMap<number, number> {
  const terms = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? PADDING;
    if (id === PADDING) break;
    if (id !== UNKNOWN) terms.set(id, (terms.get(id) ?? 0) + 1);
  }
  return terms;
}

/** TF-IDF with smoothed idf, each text of length 1: as scikit-learn's `TfidfVectorizer`. */
function fitTerms(train: Examples, most: number): Featurizer {
  const size = widthOf(train.shape);
  const terms = ({ inputs }: Examples, i: number): ReadonlyMap<number, number> =>
    termsOf(inputs.subarray(i * size, (i + 1) * size));
  const texts = new Map<number, number>();
  for (let i = 0; i < train.count; i++)
    for (const term of terms(train, i).keys()) texts.set(term, (texts.get(term) ?? 0) + 1);
  const kept = [...texts].sort(([a, inA], [b, inB]) => inB - inA || a - b).slice(0, Math.max(1, most));
  const places = new Map(kept.map(([term], place) => [term, place]));
  const idf = Float64Array.from(kept, ([, count]) => Math.log((1 + train.count) / (1 + count)) + 1);
  return examples => {
    const starts = new Int32Array(examples.count + 1);
    const features: number[] = [];
    const values: number[] = [];
    for (let i = 0; i < examples.count; i++) {
      let squares = 0;
      for (const [term, times] of terms(examples, i)) {
        const place = places.get(term);
        if (place === undefined) continue;
        const value = times * (idf[place] ?? 0);
        squares += value * value;
        features.push(place);
        values.push(value);
      }
      const first = starts[i] ?? 0;
      for (let j = first; j < values.length; j++) values[j] = (values[j] ?? 0) / Math.sqrt(squares);
      starts[i + 1] = values.length;
    }
    return {
      count: examples.count,
      width: places.size,
      values: Float64Array.from(values),
      sparse: { starts, features: Int32Array.from(features) },
    };
  };
}
