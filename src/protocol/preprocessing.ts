import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { byName, count, figure, figures, text, texts } from './schema-helpers';

/** How sound becomes frames of features; every value is stored with the model. */
const logMelParameters = v.object({
  /** Hz; recordings of other rates are resampled to it. */
  sampleRate: v.number(),
  /** Seconds of a frame (Hann window) and between the starts of two. */
  window: v.number(),
  hop: v.number(),
  /** Triangular bands, evenly spaced on the mel scale 2595·log₁₀(1 + f/700) between the two frequencies (Hz). */
  bands: v.number(),
  lowest: v.number(),
  highest: v.number(),
  /** Added to the energy of a band before the natural logarithm. */
  floor: v.number(),
});

/** How numbers with a unit are read: `$1,234.50`, `45 %`, `1.234,5 €`. */
const amount = v.object({
  /** What stands beside the number; cells with another unit are missing. */
  unit: text,
  decimal: v.picklist(['.', ',']),
});

const dateFormat = v.picklist(['iso', 'mdy', 'dmy', 'd-month-y', 'month-d-y', 'compact']);

/**
 * What a date is to a network beside its time since 1970, in this order: sine and cosine of the part of the year that
 * has passed; a value for each day of the week, from Monday; sine and cosine of the part of the day.
 */
const dateParts = v.array(v.picklist(['year', 'week', 'day']));

export const columnPreprocessing = v.variant('kind', [
  v.object({
    name: text,
    kind: v.literal('numeric'),
    mean: figure,
    deviation: figure,
    /** Whether a second value tells that the first is missing (and stands at the mean). */
    flagsMissing: v.boolean(),
    /** Absent where cells are plain numbers. */
    amount: v.exactOptional(amount),
  }),
  v.object({
    name: text,
    kind: v.literal('date'),
    format: dateFormat,
    /** Days since 1970-01-01. */
    mean: figure,
    deviation: figure,
    /** Whether the second value tells that the date is missing; its others are 0 then. */
    flagsMissing: v.boolean(),
    parts: dateParts,
  }),
  /**
   * More categories than get a value each: the commonest do, the others share `buckets` values, by the CRC-32 of their
   * UTF-8 bytes.
   */
  v.object({ name: text, kind: v.literal('hashed'), categories: texts, buckets: count }),
  /** One value for each category that training has, 1 for the example's own; all 0 for others and missing ones. */
  v.object({ name: text, kind: v.literal('categorical'), categories: texts }),
]);

/** What a network that was trained elsewhere takes, as the files beside it say. */
const networkInput = v.variant('kind', [
  v.object({
    kind: v.literal('pixels'),
    /** The input's name in the network. */
    name: text,
    /** `channels-first`: `[1, channels, height, width]`. */
    layout: v.picklist(['channels-first', 'channels-last']),
    height: count,
    width: count,
    channels: v.picklist([1, 3]),
    /** Images are brought to this size, or to this shorter side, and the middle is cut out of what is larger. */
    resize: v.union([v.object({ height: count, width: count }), v.object({ shortest: count })]),
    filter: v.picklist(['nearest', 'bilinear', 'bicubic', 'lanczos']),
    /** Full brightness, to which the means and deviations of the channels apply. */
    full: v.number(),
    mean: figures,
    deviation: figures,
  }),
  v.object({
    kind: v.literal('tokens'),
    /** Names of the network's inputs: token ids, which of them are text, and of which of two texts they are. */
    ids: text,
    mask: v.exactOptional(text),
    types: v.exactOptional(text),
    /** The path of a `tokenizer.json`. */
    tokenizer: text,
    /** Tokens at most, special ones included. */
    length: count,
  }),
  v.object({
    kind: v.literal('mels'),
    name: text,
    /** Hz. */
    sampleRate: v.number(),
    /** Samples of a frame (Hann window), and between the middles of two; the first and last half are padded with silence. */
    fft: count,
    hop: count,
    bands: count,
    /** Frames of an example; shorter recordings are repeated, longer ones cut. */
    frames: count,
    /** Recordings that are quieter are brought to this level, in dB below full scale. */
    volume: v.exactOptional(v.number()),
  }),
  v.object({
    kind: v.literal('wave'),
    name: text,
    sampleRate: v.number(),
    /** Samples of an example, where the network takes so many: shorter recordings are repeated, longer ones cut. */
    samples: v.exactOptional(count),
    /** Whether each recording is brought to mean 0 and variance 1. */
    standardize: v.boolean(),
  }),
]);

export const inputPreprocessing = v.variant('kind', [
  v.object({
    kind: v.literal('checkpoint'),
    /** The ONNX file that gives the features. */
    file: text,
    /** A hash of that file and of how inputs are prepared: equal ones give equal features. */
    digest: text,
    /** How many features there are. */
    width: count,
    network: networkInput,
    /** The column of a text, or those that are joined; absent where each example is a file. */
    column: v.exactOptional(v.union([text, texts])),
  }),
  v.object({ kind: v.literal('columns'), columns: v.array(columnPreprocessing) }),
  v.object({
    kind: v.literal('vector'),
    column: text,
    shape: v.array(count),
    /** One for all elements of arrays of two and more axes, one for each element of rows of numbers. */
    mean: figures,
    deviation: figures,
  }),
  v.object({
    kind: v.literal('image'),
    height: count,
    width: count,
    channels: v.picklist([1, 3]),
    mean: figures,
    deviation: figures,
  }),
  v.object({
    kind: v.literal('audio'),
    parameters: logMelParameters,
    /** Longer recordings are cut, shorter ones followed by silence. */
    frames: count,
    mean: figures,
    deviation: figures,
  }),
  v.object({
    kind: v.literal('text'),
    /** The column of the text, or those that are joined; absent where each example is a file. */
    column: v.exactOptional(v.union([text, texts])),
    /** How texts are split; absent in models of releases that split them in another way. */
    tokens: v.exactOptional(v.literal('pairs')),
    /** The token of id `i + 2`; 0 is padding, 1 an unknown token. */
    vocabulary: texts,
    length: count,
  }),
]);

export const labelEncoding = v.variant('kind', [
  v.object({ kind: v.literal('class'), column: text, classes: texts }),
  /** 1 for the positive class, 0 for all others. */
  v.object({ kind: v.literal('binary'), column: text, positive: text }),
  v.object({
    kind: v.literal('real'),
    column: text,
    mean: figure,
    deviation: figure,
    amount: v.exactOptional(amount),
  }),
]);

/** How the table that a network was trained on is written, so that others are read in the same way. */
export const tableSource = v.object({
  /** `other` is what only training reads: of that, `predict.py` reads a copy as CSV. */
  format: v.picklist([
    'csv',
    'jsonl',
    'parquet',
    'arrow',
    'sqlite',
    'npy',
    'npz',
    'idx',
    'arff',
    'excel',
    'hdf5',
    'matlab',
    'svmlight',
    'lines',
    'files',
    'other',
  ]),
  /** The names of its columns, in their order. */
  columns: texts,
  /** The encoding of a text, as `TextDecoder` calls it. */
  encoding: v.exactOptional(text),
  /** The table of a database, or the keys of a list. */
  table: v.exactOptional(text),
  /** The number of the first feature of an svmlight file, 0 or 1. */
  firstFeature: v.exactOptional(count),
  /** What stands around the table of a sheet: filled rows above the data, and columns left of it. */
  sheet: v.exactOptional(v.object({ skippedRows: count, hasHeader: v.boolean(), left: count })),
  csv: v.exactOptional(
    v.object({
      encoding: text,
      delimiter: text,
      newline: text,
      quote: v.exactOptional(text),
      spacing: v.exactOptional(v.picklist(['between-cells', 'after-delimiters'])),
      decimalComma: v.boolean(),
      /** Whether comments, or a line that names the delimiter, stand above the table. */
      skipsTop: v.boolean(),
      comment: v.exactOptional(text),
      /** Rows above the data; the last of them has the names of columns where there is a header. */
      skippedRows: count,
      hasHeader: v.boolean(),
      width: count,
      /** Cells before those of the columns. */
      lead: count,
    }),
  ),
});

/** `preprocessing.json`: it stands beside a saved network, and in the cache of decoded data. */
export const preprocessing = v.object({
  version: v.literal(1),
  input: inputPreprocessing,
  labels: byName(labelEncoding),
  source: v.exactOptional(tableSource),
});

/** What becomes of one column of a table: how it is an input, or why it is none. */
export const inputColumn = v.object({
  name: text,
  use: v.picklist(['number', 'category', 'hashed', 'date', 'text', 'array', 'image', 'none']),
  /** Why it is no input; absent where it is one. */
  reason: v.exactOptional(
    v.picklist([
      'label',
      'group',
      'split',
      'ignored',
      'not-chosen',
      'empty',
      'identifier',
      'many-values',
      'other-input',
    ]),
  ),
  /** Different values: of a category, and of a column that has too many. */
  values: v.exactOptional(count),
});

export type InputColumn = Infer<typeof inputColumn>;
export type TableSource = Infer<typeof tableSource>;
export type Amount = Infer<typeof amount>;
export type DateFormat = Infer<typeof dateFormat>;
export type LogMelParameters = Infer<typeof logMelParameters>;
export type ColumnPreprocessing = Infer<typeof columnPreprocessing>;
export type InputPreprocessing = Infer<typeof inputPreprocessing>;
export type NetworkInput = Infer<typeof networkInput>;
export type TextTokens = Extract<InputPreprocessing, { kind: 'text' }>['tokens'];
export type LabelEncoding = Infer<typeof labelEncoding>;
/**
 * Everything that was fitted on the training split, as plain JSON: stored with the model, it turns new examples
 * into the same numbers. Standardisation is `(value − mean) / deviation`; what does not vary has deviation 1.
 */
export type Preprocessing = Infer<typeof preprocessing>;

const taskLabel = v.object({
  /** The column of the label; `class` for the folder of a file. */
  column: text,
  /** One class against all others. */
  positive: v.exactOptional(text),
  /** `class` or a number to predict; found from the values where it is not said. */
  kind: v.exactOptional(v.picklist(['class', 'real'])),
});

const inputRequest = v.object({
  /** The columns to learn from; by default all but labels, split and group. */
  columns: v.exactOptional(texts),
  /** Further columns that are never learned from, such as labels that only another annotation names. */
  except: v.exactOptional(texts),
  /** The preprocessing of another dataset, to be applied as it is, so that one network can read both. */
  fitted: v.exactOptional(inputPreprocessing),
  /** Height, width and channels (1 or 3) that images are brought to; by default their own, at most 96 × 96. */
  image: v.exactOptional(
    v.object({
      height: v.exactOptional(count),
      width: v.exactOptional(count),
      channels: v.exactOptional(v.picklist([1, 3])),
    }),
  ),
  /** By default log-mel frames at the rate most recordings have, as many as 19 of 20 recordings need at most. */
  audio: v.exactOptional(
    v.object({
      frames: v.exactOptional(count),
      sampleRate: v.exactOptional(v.number()),
      window: v.exactOptional(v.number()),
      hop: v.exactOptional(v.number()),
      bands: v.exactOptional(v.number()),
      lowest: v.exactOptional(v.number()),
      highest: v.exactOptional(v.number()),
      floor: v.exactOptional(v.number()),
    }),
  ),
  /**
   * Texts are learned from: those of a column, else of the `columns` above, else of the columns that look like texts.
   * By default the 20,000 commonest words and as many tokens as 19 of 20 texts need at most, up to 256.
   */
  text: v.exactOptional(
    v.object({
      column: v.exactOptional(text),
      words: v.exactOptional(count),
      length: v.exactOptional(count),
    }),
  ),
});

const requestFields = {
  labels: byName(taskLabel),
  input: v.exactOptional(inputRequest),
  table: v.exactOptional(text),
  /** A column that names each example's split. */
  splitColumn: v.exactOptional(text),
  /** A column whose values stay in one split where splits are made. */
  group: v.exactOptional(text),
  /** A column of dates or numbers: where splits are made, the latest examples are for testing. */
  time: v.exactOptional(text),
  /** Whether it was said that examples have no groups. */
  independent: v.exactOptional(v.boolean()),
  /** The shares of the splits that are made where none are given. */
  shares: v.exactOptional(v.object({ train: v.number(), validation: v.number(), test: v.number() })),
  /** The label by whose classes, or quantiles, splits are stratified; the first of `labels` unless given. */
  stratify: v.exactOptional(taskLabel),
  seed: v.exactOptional(v.number()),
  /**
   * Where no test split is given and there are no groups: which of the disjoint ones to take out, from 0. Those of equal
   * seeds together hold every example once.
   */
  fold: v.exactOptional(count),
  /** The folders that links of the data may lead into; nothing else is read. Not part of what the data is. */
  readable: v.exactOptional(texts),
  /** About how many examples to keep of a larger dataset, drawn by hash; 200,000 by default. */
  limit: v.exactOptional(v.number()),
};

/** A dataset whose validation and test examples another one must not contain. */
const heldOutData = v.object({
  path: v.union([text, texts]),
  request: v.object(requestFields),
  /** Whether they are dropped from the training split only, as among the datasets of one task. */
  trainOnly: v.exactOptional(v.boolean()),
});

/** What to read of a dataset, and how to divide it. */
export const datasetRequest = v.object({
  ...requestFields,
  /** Examples whose input, or group, is among the validation and test examples of these are left out. */
  apart: v.exactOptional(v.array(heldOutData)),
});

export type TaskLabel = Infer<typeof taskLabel>;
export type InputRequest = Infer<typeof inputRequest>;
export type HeldOutData = Infer<typeof heldOutData>;
/** Equal requests on equal data give equal results. */
export type DatasetRequest = Infer<typeof datasetRequest>;
