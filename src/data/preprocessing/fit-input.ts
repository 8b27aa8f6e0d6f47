import { inputsNotConvertible, noUsableColumn } from '../../messages/preprocessing-messages';
import { unknownColumn } from '../../messages/table-messages';
import { readTextFile } from '../bytes/text-files';
import type { Column, RawDataset } from '../data-tables';
import type { DatasetRequest } from '../dataset/dataset-request';
import type { ExampleRow } from '../dataset/example-rows';
import { dataError, type DataError } from '../issues';
import { tokenize, vocabularyOf } from './encode-input';
import { addValue, createMoments, fitColumn, quantile, standardDeviation } from './fit-columns';
import { fitAudio, fitImages } from './media-preprocessing';
import type { InputPreprocessing } from './preprocessing';

/** Gathers what the training rows hold in the input's columns. */
interface InputFitter {
  /** The columns it asks for. */
  readonly columns: readonly string[];
  observe(row: ExampleRow): void | Promise<void>;
  finish(): InputPreprocessing | Promise<InputPreprocessing>;
}

/** The input columns of a table. @throws DataError `unknown-column` */
function inputColumns(source: RawDataset, request: DatasetRequest): Column[] {
  const columns = source.parts[0]?.table.columns ?? [];
  const wanted = request.input?.columns;
  if (wanted) {
    const unknown = wanted.find(name => !columns.some(column => column.name === name));
    if (unknown !== undefined)
      throw dataError('unknown-column', unknownColumn({ table: source.path, column: unknown }), source.path);
    return columns.filter(({ name }) => wanted.includes(name));
  }
  const others = new Set([
    ...Object.values(request.labels).map(({ column }) => column),
    ...(request.input?.except ?? []),
    request.group,
    request.splitColumn,
  ]);
  return columns.filter(({ name }, place) => !others.has(name) && !others.has(String(place)));
}

/**
 * Takes the preprocessing of another dataset as it is, under the names that this one's columns have.
 *
 * @throws DataError `inputs-differ` where this dataset's inputs are of another kind
 */
function reusePreprocessing(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputPreprocessing,
): InputFitter {
  const applied = reusedInput(source, request, fitted);
  return { columns: [], observe: () => undefined, finish: () => applied };
}

function reusedInput(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputPreprocessing,
): InputPreprocessing {
  switch (fitted.kind) {
    case 'image':
    case 'audio':
      if (source.kind !== fitted.kind) throw inputsDiffer(source, fitted, source.kind);
      return fitted;
    case 'text':
      return reusedText(source, request, fitted);
    case 'vector':
      return reusedVector(source, request, fitted);
    case 'columns':
      return reusedColumns(source, request, fitted);
  }
}

type InputOf<Kind extends InputPreprocessing['kind']> = Extract<InputPreprocessing, { kind: Kind }>;

function reusedText(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputOf<'text'>,
): InputPreprocessing {
  const { vocabulary, length } = fitted;
  const named = request.input?.text?.column;
  if (named !== undefined) return { kind: 'text', column: named, vocabulary, length };
  if (source.kind !== 'text') throw inputsDiffer(source, fitted, source.kind);
  const lines = source.parts[0]?.table.columns[0]?.content !== 'text';
  return { kind: 'text', ...(lines && { column: 'text' }), vocabulary, length };
}

function reusedVector(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputOf<'vector'>,
): InputPreprocessing {
  const [array] = inputColumns(source, request).filter(({ shape }) => shape !== undefined);
  if (!array?.shape) throw inputsDiffer(source, fitted, source.kind);
  if (sizeOf(array.shape) !== sizeOf(fitted.shape))
    throw inputsDiffer(source, fitted, `${source.kind} ${array.shape.join('×')}`);
  return { ...fitted, column: array.name };
}

/**
 * Columns that this dataset lacks, or has as labels, are read as missing; if it has none of them, the inputs differ.
 */
function reusedColumns(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputOf<'columns'>,
): InputPreprocessing {
  const names = new Set(inputColumns(source, request).map(({ name }) => name));
  if (source.kind !== 'table' || !fitted.columns.some(({ name }) => names.has(name)))
    throw inputsDiffer(source, fitted, [...names].slice(0, 20).join(', '));
  // No column has a name with a zero in it, so its cells are missing, and the width stays.
  const columns = fitted.columns.map(column =>
    names.has(column.name) ? column : { ...column, name: `\0${column.name}` },
  );
  return { kind: 'columns', columns };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

function inputsDiffer(source: RawDataset, fitted: InputPreprocessing, found: string): DataError {
  return dataError(
    'inputs-differ',
    inputsNotConvertible({ dataset: source.path, found, expected: describeInput(fitted) }),
    source.path,
  );
}

function describeInput(fitted: InputPreprocessing): string {
  switch (fitted.kind) {
    case 'columns':
      return fitted.columns
        .slice(0, 20)
        .map(({ name }) => name)
        .join(', ');
    case 'vector':
      return fitted.shape.join('×');
    case 'image':
    case 'audio':
    case 'text':
      return fitted.kind;
  }
}

/** Training files that sizes, rates and standardisation are fitted on; more change them little. */
export const FIT_FILES = 2000;

const DEFAULT_WORDS = 20_000;
const MAX_TOKENS = 256;
/** Different words counted before the rare ones are dropped. */
const MAX_COUNTED = 1_000_000;
/** Characters: what is longer is no word, and unknown to the network. */
const LONGEST_WORD = 200;

/**
 * Chooses how to fit the input: files by what they hold; a table by its columns of arrays, its one column of
 * text, or its numbers and categories.
 *
 * @param thin whether a training row is among those that files are fitted on
 */
export function fitInput(
  source: RawDataset,
  request: DatasetRequest,
  thin: (row: ExampleRow) => boolean,
): InputFitter {
  const input = request.input ?? {};
  if (input.fitted) return reusePreprocessing(source, request, input.fitted);
  if (source.kind === 'image') return fitSample(thin, files => fitImages(files, input));
  if (source.kind === 'audio') return fitSample(thin, files => fitAudio(files, input));
  const first = source.parts[0]?.table.columns[0];
  if (source.kind === 'text') return fitText(first?.content === 'text' ? undefined : 'text', request);
  if (input.text?.column !== undefined) return fitText(input.text.column, request);
  const columns = inputColumns(source, request);
  const [array] = columns.filter(column => column.shape !== undefined);
  if (array?.shape && columns.length === 1) return fitVector(array.name, array.shape);
  return fitTable(columns.map(({ name }) => name));
}

function fitTable(names: readonly string[]): InputFitter {
  const fits = names.map(fitColumn);
  return {
    columns: names,
    observe(row) {
      for (const fit of fits) fit.observe(row);
    },
    finish() {
      const columns = fits.map(fit => fit.finish()).filter(column => column !== undefined);
      if (columns.length === 0) {
        const message = noUsableColumn(names);
        throw dataError('unknown-column', message, names[0] ?? '');
      }
      return { kind: 'columns', columns };
    },
  };
}

function fitVector(column: string, shape: readonly number[]): InputFitter {
  const width = shape.reduce((product, axis) => product * axis, 1);
  const moments = Array.from({ length: shape.length > 1 ? 1 : width }, createMoments);
  return {
    columns: [column],
    observe({ block, row, place }) {
      const at = place(column);
      const vector = at === undefined ? undefined : block.vector(row, at);
      for (let i = 0; vector && i < vector.length; i++) {
        const target = moments[i % moments.length];
        if (target) addValue(target, vector[i] ?? NaN);
      }
    },
    finish: () => ({
      kind: 'vector',
      column,
      shape,
      mean: moments.map(({ mean }) => mean),
      deviation: moments.map(standardDeviation),
    }),
  };
}

function fitText(column: string | undefined, { input }: DatasetRequest): InputFitter {
  const counts = new Map<string, number>();
  const lengths: number[] = [];
  return {
    columns: [column ?? 'file'],
    async observe({ block, row, place }) {
      const cell = block.text(row, place(column ?? 'file') ?? 0);
      const text = column === undefined && cell !== undefined ? await readTextFile(cell) : cell;
      const words = tokenize(text ?? '');
      for (const word of words)
        if (word.length <= LONGEST_WORD) counts.set(word, (counts.get(word) ?? 0) + 1);
      if (lengths.length < 100_000) lengths.push(words.length);
      for (let rare = 1; counts.size > MAX_COUNTED; rare *= 2)
        for (const [word, count] of counts) if (count <= rare) counts.delete(word);
    },
    finish: () => ({
      kind: 'text',
      ...(column !== undefined && { column }),
      vocabulary: vocabularyOf(counts, input?.text?.words ?? DEFAULT_WORDS),
      length: input?.text?.length ?? Math.max(1, Math.min(MAX_TOKENS, quantile(lengths, 0.95))),
    }),
  };
}

function fitSample(
  thin: (row: ExampleRow) => boolean,
  fit: (files: readonly string[]) => Promise<InputPreprocessing>,
): InputFitter {
  const files: string[] = [];
  return {
    columns: ['file'],
    observe(reference) {
      const { block, row } = reference;
      const file = block.text(row, 0);
      if (file !== undefined && files.length < 2 * FIT_FILES && thin(reference)) files.push(file);
    },
    finish: () => fit(files),
  };
}
