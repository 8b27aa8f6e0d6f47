import { mediaFromFilesOnly, wrongValueCount } from '../../messages/preprocessing-messages';
import { readTextFile } from '../bytes/text-files';
import type { ExampleRow } from '../dataset/example-rows';
import type { Embed } from '../network-inputs/example-source';
import { columnsEncoder } from './encode-columns';
import { decodeImage } from '../images/decode-image';
import { dataError } from '../issues';
import { encodePixels, recordingEncoder } from './media-preprocessing';
import { type InputPreprocessing, inputShape, textColumns } from './preprocessing';
import type { TextTokens } from '../../protocol/preprocessing';
import { PADDING, SEPARATOR, UNKNOWN, tokenize } from './text-tokens';

export type InputArray = Float32Array | Int32Array;

/** Turns examples into numbers as a fitted pipeline says. */
export interface Encoder {
  /** The columns it asks for. */
  readonly columns: readonly string[];
  /** The shape of one example, and how many numbers that is. */
  readonly shape: readonly number[];
  readonly width: number;
  /** Token ids are whole numbers, all else is 32-bit floats. */
  readonly type: 'float32' | 'int32';
  /**
   * Writes one example at `output[offset]`. What it needs of the row it takes before it first waits.
   *
   * @throws DataError for a file that cannot be read
   */
  encode(row: ExampleRow, output: InputArray, offset: number): void | Promise<void>;
}

/** @param embed what gives features, where the preprocessing is a checkpoint */
export function createEncoder(input: InputPreprocessing, embed?: Embed): Encoder {
  const shape = inputShape(input);
  const width = shape.reduce((product, axis) => product * axis, 1);
  const base = { shape, width, type: 'float32' } as const;
  switch (input.kind) {
    case 'checkpoint':
      return { ...base, columns: textColumns(input) ?? ['file'], encode: featureEncoder(input, embed) };
    case 'columns':
      return {
        ...base,
        columns: input.columns.map(({ name }) => name),
        encode: columnsEncoder(input.columns),
      };
    case 'vector':
      return { ...base, columns: [input.column], encode: vectorEncoder(input, width) };
    case 'image':
      return { ...base, columns: ['file'], encode: imageEncoder(input, width) };
    case 'audio':
      return { ...base, columns: ['file'], encode: audioEncoder(input, width) };
    case 'text':
      return { ...base, type: 'int32', columns: textColumns(input) ?? ['file'], encode: textEncoder(input) };
  }
}

type InputOf<Kind extends InputPreprocessing['kind']> = Extract<InputPreprocessing, { kind: Kind }>;

function featureEncoder(input: InputOf<'checkpoint'>, embed: Embed | undefined): Encoder['encode'] {
  const columns = textColumns(input);
  const isText = input.network.kind === 'tokens';
  return async ({ block, row, place }, output, offset) => {
    if (!embed) throw dataError('inputs-differ', mediaFromFilesOnly(), '');
    const at = (columns ?? ['file']).map(place);
    const [first = ''] = at.map(where => (where === undefined ? '' : (block.text(row, where) ?? '')));
    const joined = at.map(where => (where === undefined ? '' : (block.text(row, where) ?? ''))).join('\n');
    const source = columns
      ? { text: joined }
      : isText
        ? { text: await readTextFile(first) }
        : { file: first };
    output.set(await embed(source), offset);
  };
}

function vectorEncoder({ column, mean, deviation }: InputOf<'vector'>, width: number): Encoder['encode'] {
  return ({ block, row, place }, output, offset) => {
    const where = place(column);
    const vector = where === undefined ? undefined : block.vector(row, where);
    for (let i = 0; i < width; i++) {
      const value = ((vector?.[i] ?? NaN) - (mean[i % mean.length] ?? 0)) / (deviation[i % mean.length] ?? 1);
      output[offset + i] = Number.isFinite(value) ? value : 0;
    }
  };
}

function imageEncoder(
  { height, width, channels, mean, deviation }: InputOf<'image'>,
  size: number,
): Encoder['encode'] {
  return async ({ block, row }, output, offset) => {
    const values = new Float32Array(size);
    await decodeImage(block.text(row, 0) ?? '', pixels => {
      encodePixels(pixels, height, width, channels, values);
    });
    for (let i = 0; i < size; i++)
      output[offset + i] = ((values[i] ?? 0) - (mean[i % channels] ?? 0)) / (deviation[i % channels] ?? 1);
  };
}

function audioEncoder({ parameters, mean, deviation }: InputOf<'audio'>, size: number): Encoder['encode'] {
  const read = recordingEncoder(parameters);
  const silence = Math.log(parameters.floor);
  const { bands } = parameters;
  return async ({ block, row }, output, offset) => {
    const values = await read(block.text(row, 0) ?? '');
    for (let i = 0; i < size; i++) {
      const value = i < values.length ? (values[i] ?? silence) : silence;
      output[offset + i] = (value - (mean[i % bands] ?? 0)) / (deviation[i % bands] ?? 1);
    }
  };
}

function textEncoder(input: InputOf<'text'>): Encoder['encode'] {
  const { vocabulary, length, tokens } = input;
  const ids = new Map(vocabulary.map((word, i) => [word, i + 2]));
  const write = (words: readonly string[], output: InputArray, offset: number): void => {
    for (let i = 0; i < length; i++) {
      const word = words[i];
      output[offset + i] = word === undefined ? PADDING : (ids.get(word) ?? UNKNOWN);
    }
  };
  const columns = textColumns(input);
  if (columns === undefined)
    return ({ block, row, place }, output, offset) =>
      readTextFile(block.text(row, place('file') ?? 0) ?? '').then(text => {
        write(tokenize(text, tokens), output, offset);
      });
  return (row, output, offset) => {
    write(joinedTokens(row, columns, tokens), output, offset);
  };
}

/** The tokens of all text columns of a row, one after the other. */
export function joinedTokens(
  { block, row, place }: Pick<ExampleRow, 'block' | 'row' | 'place'>,
  columns: readonly string[],
  tokens: TextTokens,
): string[] {
  return columns.flatMap((column, i) => {
    const at = place(column);
    const words = tokenize((at === undefined ? undefined : block.text(row, at)) ?? '', tokens);
    return i === 0 ? words : [SEPARATOR, ...words];
  });
}

export type Value = string | number;

/**
 * Encodes examples that are in memory rather than in files, such as what the step before gave: one value for each
 * column, in the columns' order; one text; or the numbers of one array.
 *
 * @throws DataError `inputs-differ` where an example has another number of values, or the input is read from files
 */
export async function encodeValues(
  input: InputPreprocessing,
  examples: readonly (readonly Value[])[],
): Promise<InputArray> {
  if (input.kind === 'image' || input.kind === 'audio')
    throw dataError('inputs-differ', mediaFromFilesOnly(), '');
  const pipeline = input.kind === 'text' ? { ...input, column: 'text' } : input;
  const wanted = valuesPerExample(pipeline);
  const encoder = createEncoder(pipeline);
  const { width, type, columns } = encoder;
  const places = new Map(columns.map((name, place) => [name, place]));
  const output =
    type === 'int32' ? new Int32Array(examples.length * width) : new Float32Array(examples.length * width);
  for (const [row, values] of examples.entries()) {
    if (values.length !== wanted)
      throw dataError('inputs-differ', wrongValueCount({ found: values.length, expected: wanted }), '');
    const block = {
      rows: 1,
      first: row,
      text: (_: number, place: number) => textOf(values[place]),
      number: (_: number, place: number) => numberOf(values[place]),
      vector: () => values.map(numberOf),
    };
    const place = (column: string): number | undefined => places.get(column);
    await encoder.encode({ block, row: 0, place, split: 'test', hash: () => 0 }, output, row * width);
  }
  return output;
}

function valuesPerExample(input: InputPreprocessing): number {
  if (input.kind === 'columns') return input.columns.length;
  return input.kind === 'vector' ? inputShape(input).reduce((product, axis) => product * axis, 1) : 1;
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

function numberOf(value: Value | undefined): number {
  return value === undefined || value === '' ? NaN : Number(value);
}
