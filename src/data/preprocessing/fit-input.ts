import {
  featuresWithoutInput,
  inputsNotConvertible,
  noInputColumn,
  noUsableColumn,
} from '../../messages/preprocessing-messages';
import { unknownColumn } from '../../messages/table-messages';
import { readTextFile } from '../bytes/text-files';
import type { Column, RawDataset } from '../data-tables';
import type { DatasetRequest } from '../dataset/dataset-request';
import type { ExampleRow } from '../dataset/example-rows';
import { dataError, type DataError, isDataError } from '../issues';
import { requireTextColumns, areAllTexts } from './choose-text-columns';
import { joinedTokens } from './encode-input';
import { fitColumn } from './fit-columns';
import { addValue, createMoments, quantile, standardDeviation } from './moments';
import { fitAudio, fitImages } from './media-preprocessing';
import type { InputPreprocessing } from './preprocessing';
import type { NetworkInput } from '../../protocol/preprocessing';
import { LONGEST_WORD, isUnspaced, tokenize, vocabularyOf } from './text-tokens';

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
  const unknown = wanted?.find(name => !columns.some(column => column.name === name));
  if (unknown !== undefined)
    throw dataError('unknown-column', unknownColumn({ table: source.path, column: unknown }), source.path);
  // A label is no input, even where it is chosen as one.
  const others = new Set([
    ...Object.values(request.labels).map(({ column }) => column),
    ...(request.input?.except ?? []),
    request.group,
    request.splitColumn,
  ]);
  return columns.filter(
    ({ name }, place) =>
      !others.has(name) && !others.has(String(place)) && (wanted === undefined || wanted.includes(name)),
  );
}

/**
 * Takes the preprocessing of another dataset as it is, under the names that this one's columns have.
 *
 * @throws DataError `inputs-differ` where this dataset's inputs are of another kind
 */
async function reusePreprocessing(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputPreprocessing,
  signal: AbortSignal | undefined,
): Promise<InputFitter> {
  const applied = await reusedInput(source, request, fitted, signal);
  return { columns: [], observe: () => undefined, finish: () => applied };
}

function reusedInput(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputPreprocessing,
  signal: AbortSignal | undefined,
): InputPreprocessing | Promise<InputPreprocessing> {
  switch (fitted.kind) {
    case 'image':
    case 'audio':
      if (source.kind !== fitted.kind) throw inputsDiffer(source, fitted, source.kind);
      return fitted;
    case 'checkpoint':
      return reusedFeatures(source, request, fitted, signal);
    case 'text':
      return reusedText(source, request, fitted, signal);
    case 'vector':
      return reusedVector(source, request, fitted);
    case 'columns':
      return reusedColumns(source, request, fitted);
  }
}

type InputOf<Kind extends InputPreprocessing['kind']> = Extract<InputPreprocessing, { kind: Kind }>;

async function reusedText(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputOf<'text'>,
  signal: AbortSignal | undefined,
): Promise<InputPreprocessing> {
  const { column: _, ...same } = fitted;
  if (source.kind === 'table') {
    const columns = namedTextColumns(source, request) ?? (await textsOf(source, request, signal));
    return { ...same, column: oneOrAll(columns) };
  }
  if (source.kind !== 'text') throw inputsDiffer(source, fitted, source.kind);
  const lines = source.parts[0]?.table.columns[0]?.content !== 'text';
  return { ...same, ...(lines && { column: 'text' }) };
}

/** What gives the features stays; of texts, this dataset's own columns are read. */
async function reusedFeatures(
  source: RawDataset,
  request: DatasetRequest,
  fitted: InputOf<'checkpoint'>,
  signal: AbortSignal | undefined,
): Promise<InputPreprocessing> {
  const { column: _, ...same } = fitted;
  const kind = networkFamily(fitted.network);
  if (kind !== 'text') {
    if (source.kind !== kind) throw inputsDiffer(source, fitted, source.kind);
    return same;
  }
  const { column } = textOf(await reusedText(source, request, { ...NO_WORDS }, signal));
  return { ...same, ...(column !== undefined && { column }) };
}

const NO_WORDS: InputOf<'text'> = { kind: 'text', vocabulary: [], length: 1 };

function textOf(input: InputPreprocessing): Pick<InputOf<'text'>, 'column'> {
  return input.kind === 'text' ? input : {};
}

/** What a network's examples are. */
export function networkFamily({ kind }: NetworkInput): 'image' | 'audio' | 'text' {
  if (kind === 'pixels') return 'image';
  return kind === 'tokens' ? 'text' : 'audio';
}

/** The text columns that a request names, in its order. @throws DataError `unknown-column` */
function namedTextColumns(source: RawDataset, request: DatasetRequest): readonly string[] | undefined {
  const { text, columns } = request.input ?? {};
  const named = text?.column === undefined ? columns : [text.column];
  if (named) inputColumns(source, { ...request, input: { columns: named } });
  return named;
}

function textsOf(
  source: RawDataset,
  request: DatasetRequest,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const names = inputColumns(source, request).map(({ name }) => name);
  return requireTextColumns(source, names, signal);
}

function oneOrAll(columns: readonly string[]): string | string[] {
  return columns.length === 1 ? (columns[0] ?? '') : [...columns];
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
    case 'checkpoint':
      return networkFamily(fitted.network);
  }
}

/** Training files that sizes, rates and standardisation are fitted on; more change them little. */
export const FIT_FILES = 2000;

const DEFAULT_WORDS = 20_000;
const MAX_TOKENS = 256;
/** Characters and their pairs are two tokens for each character of a text. */
const MAX_PAIR_TOKENS = 2 * MAX_TOKENS;
/** Different words counted before the rare ones are dropped. */
const MAX_COUNTED = 1_000_000;

/**
 * Chooses how to fit the input: files by what they hold; a table by its texts where they are asked for or all there is,
 * by its largest column of arrays, or its numbers and categories.
 *
 * @param thin whether a training row is among those that files are fitted on
 */
export async function fitInput(
  source: RawDataset,
  request: DatasetRequest,
  {
    thin,
    signal,
  }: { readonly thin: (row: ExampleRow) => boolean; readonly signal?: AbortSignal | undefined },
): Promise<InputFitter> {
  const input = request.input ?? {};
  if (input.fitted) return reusePreprocessing(source, request, input.fitted, signal);
  if (source.kind === 'image') return fitSample(thin, files => fitImages(files, input));
  if (source.kind === 'audio') return fitSample(thin, files => fitAudio(files, input));
  const first = source.parts[0]?.table.columns[0];
  if (source.kind === 'text') return fitText(first?.content === 'text' ? undefined : ['text'], request);
  if (input.text)
    return fitText(namedTextColumns(source, request) ?? (await textsOf(source, request, signal)), request);
  const columns = inputColumns(source, request);
  // Of arrays beside other columns, the largest is what the examples are; identifiers and labels stand with it.
  const [array] = columns.toSorted((a, b) => sizeOf(b.shape ?? []) - sizeOf(a.shape ?? []));
  if (array?.shape && (columns.length === 1 || input.columns === undefined))
    return fitVector(array.name, array.shape);
  const names = columns.map(({ name }) => name);
  if (names.length === 0) {
    const message = input.columns ? featuresWithoutInput(input.columns) : noInputColumn(source.path);
    throw dataError('unknown-column', message, source.path);
  }
  return (await areAllTexts(source, names, signal)) ? fitText(names, request) : fitTable(names);
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
        const value = vector[i] ?? NaN;
        if (target && Number.isFinite(value)) addValue(target, value);
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

/** @param columns those that are joined; `undefined` where each example is a file */
function fitText(columns: readonly string[] | undefined, { input }: DatasetRequest): InputFitter {
  const counts = new Map<string, number>();
  const lengths: number[] = [];
  let [all, unspaced] = [0, 0];
  const observe = (words: readonly string[]): void => {
    for (const word of words) {
      all++;
      if (isUnspaced(word)) unspaced++;
      if (word.length <= LONGEST_WORD) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    if (lengths.length < 100_000) lengths.push(words.length);
    for (let rare = 1; counts.size > MAX_COUNTED; rare *= 2)
      for (const [word, count] of counts) if (count <= rare) counts.delete(word);
  };
  return {
    columns: columns ?? ['file'],
    observe(row) {
      if (columns !== undefined) {
        observe(joinedTokens(row, columns, 'pairs'));
        return;
      }
      return readTextFile(row.block.text(row.row, row.place('file') ?? 0) ?? '').then(
        text => {
          observe(tokenize(text, 'pairs'));
        },
        (error: unknown) => {
          // A file that cannot be read is reported where it is encoded.
          if (!isDataError(error)) throw error;
        },
      );
    },
    finish() {
      const most = unspaced > all / 2 ? MAX_PAIR_TOKENS : MAX_TOKENS;
      return {
        kind: 'text',
        ...(columns !== undefined && { column: oneOrAll(columns) }),
        tokens: 'pairs',
        vocabulary: vocabularyOf(counts, input?.text?.words ?? DEFAULT_WORDS),
        length: input?.text?.length ?? Math.max(1, Math.min(most, quantile(lengths, 0.95))),
      };
    },
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
