import {
  type InputPreprocessing,
  type LabelEncoding,
  UNKNOWN,
  columnWidth,
  isStandardized,
} from '../../data';
import { type Examples, widthOf } from './examples';
import type { LoadedDatasets } from './load-datasets';
import { entryOf } from '../../common/named-entries';

/**
 * Preprocessing as it follows from some training rows alone. Datasets are decoded once, with what all of their training
 * split tells; but at a smaller size nobody would know the means, deviations and words of examples that they do not
 * have. So what was fitted on all is fitted anew, in memory, on the rows of the trial.
 *
 * @param rows of the training split
 * @param task whose numbers are standardised by those rows, too
 */
export function refitOn(material: LoadedDatasets, rows: Int32Array, task?: string): LoadedDatasets {
  const refitted = refitInput(material.input, material.splits.train, rows);
  Object.values(material.splits).forEach(refitted.apply);
  const scaled = { ...material, input: refitted.input };
  return task === undefined ? scaled : refitLabels(scaled, task);
}

/** Numbers to predict, standardised by the labels that the training split still has. */
export function refitLabels(material: LoadedDatasets, task: string): LoadedDatasets {
  const { labels, splits } = material;
  const label = entryOf(labels, task);
  if (label?.kind !== 'real') return material;
  const relabelled = refitNumbers(label, splits.train, task);
  for (const examples of Object.values(splits)) relabelled.apply(entryOf(examples.labels, task)?.values);
  return { ...material, labels: { ...labels, [task]: relabelled.label } };
}

/** The preprocessing that a network came with stays; of texts, the words of the rows join those that it knows. */
export function keepFitted(
  material: LoadedDatasets,
  rows: Int32Array,
  before: InputPreprocessing,
): LoadedDatasets {
  clearMissing(material);
  const { input, splits } = material;
  if (input.kind !== 'text' || before.kind !== 'text') return material;
  const refitted = refitWords(input, splits.train, rows, before.vocabulary);
  Object.values(splits).forEach(refitted.apply);
  return { ...material, input: refitted.input };
}

/** Columns that a dataset lacks are read as NaN, so that they do not count; they stand at the mean. */
function clearMissing({ splits }: LoadedDatasets): void {
  for (const { inputs } of Object.values(splits))
    if (inputs instanceof Float32Array)
      for (let i = 0; i < inputs.length; i++) if (Number.isNaN(inputs[i])) inputs[i] = 0;
}

interface Refitted {
  readonly input: InputPreprocessing;
  /** Brings the inputs of examples to the new preprocessing, in place. */
  readonly apply: (examples: Examples) => void;
}

function refitInput(input: InputPreprocessing, train: Examples, rows: Int32Array): Refitted {
  switch (input.kind) {
    case 'text':
      return refitWords(input, train, rows);
    case 'columns':
      return refitColumns(input, train, rows);
    case 'checkpoint':
      return { input, apply: () => undefined };
    case 'vector':
    case 'image':
    case 'audio': {
      const every = input.mean.length;
      const places = Array.from({ length: every }, (_, at) => ({ at }));
      const scales = scalesOf(train, rows, places, every);
      return {
        input: { ...input, ...rescaled(input, scales) },
        apply: examples => {
          rescale(examples, scales, places, every);
        },
      };
    }
  }
}

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** A number of an input; where a second one says that it is missing, the place of that. */
interface Place {
  readonly at: number;
  readonly flag?: number | undefined;
}

/** What does not vary keeps its scale. */
const NEGLIGIBLE = 1e-6;

/** Mean and deviation of each place, which comes again `every` so many numbers. */
function scalesOf(
  { inputs, shape }: Examples,
  rows: Int32Array,
  places: readonly Place[],
  every: number,
): readonly Scale[] {
  const width = widthOf(shape);
  return places.map(({ at, flag }) => {
    let [count, mean, squares] = [0, 0, 0];
    for (const row of rows) {
      if (flag !== undefined && inputs[row * width + flag] === 1) continue;
      for (let i = row * width + at; i < (row + 1) * width; i += every) {
        const value = inputs[i] ?? 0;
        if (Number.isNaN(value)) continue;
        count++;
        const difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
      }
    }
    const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
    return { mean, deviation: deviation > NEGLIGIBLE ? deviation : 1 };
  });
}

function rescale(
  { inputs, shape, count }: Examples,
  scales: readonly Scale[],
  places: readonly Place[],
  every: number,
): void {
  const width = widthOf(shape);
  for (let start = 0; start < count * width; start += width)
    places.forEach(({ at, flag }, i) => {
      const { mean, deviation } = scales[i] ?? { mean: 0, deviation: 1 };
      const isMissing = flag !== undefined && inputs[start + flag] === 1;
      for (let j = start + at; j < start + width; j += every) {
        const value = inputs[j] ?? 0;
        inputs[j] = isMissing || Number.isNaN(value) ? 0 : (value - mean) / deviation;
      }
    });
}

/** The same standardisation, after another one. */
function rescaled(
  { mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
  scales: readonly Scale[],
): { readonly mean: number[]; readonly deviation: number[] } {
  return {
    mean: mean.map((each, i) => each + (deviation[i] ?? 1) * (scales[i]?.mean ?? 0)),
    deviation: deviation.map((each, i) => each * (scales[i]?.deviation ?? 1)),
  };
}

function refitColumns(
  input: Extract<InputPreprocessing, { kind: 'columns' }>,
  train: Examples,
  rows: Int32Array,
): Refitted {
  const places: (Place & { readonly column: number })[] = [];
  let at = 0;
  input.columns.forEach((column, i) => {
    if (isStandardized(column)) places.push({ column: i, at, ...(column.flagsMissing && { flag: at + 1 }) });
    at += columnWidth(column);
  });
  const width = widthOf(train.shape);
  const scales = scalesOf(train, rows, places, width);
  const scaleOf = new Map(places.map(({ column }, i) => [column, scales[i]]));
  return {
    input: {
      ...input,
      columns: input.columns.map((column, i) => {
        const scale = scaleOf.get(i);
        if (!isStandardized(column) || !scale) return column;
        return {
          ...column,
          mean: column.mean + column.deviation * scale.mean,
          deviation: column.deviation * scale.deviation,
        };
      }),
    },
    apply: examples => {
      rescale(examples, scales, places, width);
    },
  };
}

type TextInput = Extract<InputPreprocessing, { kind: 'text' }>;

/** Stands before a word that a network has not seen: no text has such a word. */
const UNSEEN = '\0';

/** All words, those that a network has not seen yet among them: it may learn them from the rows that are added. */
export function withUnseenWords(input: InputPreprocessing | undefined): InputPreprocessing | undefined {
  if (input?.kind !== 'text') return input;
  return { ...input, vocabulary: input.vocabulary.map(word => word.replace(UNSEEN, '')) };
}

/**
 * Words that none of the rows has are unknown ones; their places in the vocabulary stay, under names that no text has.
 *
 * @param before the vocabulary that a network was trained with, whose words it knows
 */
function refitWords(
  input: TextInput,
  { inputs, shape }: Examples,
  rows: Int32Array,
  before: readonly string[] = [],
): Refitted {
  const width = widthOf(shape);
  const known = new Uint8Array(input.vocabulary.length + 2);
  before.forEach((word, i) => (known[i + 2] = Number(!word.startsWith(UNSEEN))));
  for (const row of rows) for (let i = row * width; i < (row + 1) * width; i++) known[inputs[i] ?? 0] = 1;
  return {
    input: {
      ...input,
      vocabulary: input.vocabulary.map((word, i) => (known[i + 2] === 1 ? word : `${UNSEEN}${word}`)),
    },
    apply: examples => {
      for (let i = 0; i < examples.inputs.length; i++) {
        const id = examples.inputs[i] ?? 0;
        if (id > UNKNOWN && known[id] !== 1) examples.inputs[i] = UNKNOWN;
      }
    },
  };
}

/** The mean and the deviation of numbers to predict, of the labels that are present. */
function refitNumbers(
  label: Extract<LabelEncoding, { kind: 'real' }>,
  { labels }: Examples,
  task: string,
): { readonly label: LabelEncoding; readonly apply: (values: Float32Array | undefined) => void } {
  const column = entryOf(labels, task);
  const own = Array.from(column?.values ?? []).filter((_, row) => column?.present[row] === 1);
  const mean = own.reduce((sum, each) => sum + each, 0) / Math.max(1, own.length);
  const spread = Math.sqrt(own.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, own.length));
  const deviation = spread > NEGLIGIBLE ? spread : 1;
  return {
    label: {
      ...label,
      mean: label.mean + label.deviation * mean,
      deviation: label.deviation * deviation,
    },
    apply: values => {
      values?.forEach((value, i) => (values[i] = (value - mean) / deviation));
    },
  };
}
