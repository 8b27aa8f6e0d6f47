import { PADDING, UNKNOWN, tokenize } from '../text/tokens';
import { readTextFile } from '../text/file';
import { decodeImage } from '../image/decode';
import { encodePixels, recordingEncoder } from './fit-files';
import { columnWidth, inputShape, type ColumnPipeline, type InputPipeline } from './pipeline';
import type { RowReference } from './rows';

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
  encode(row: RowReference, output: InputArray, offset: number): void | Promise<void>;
}

export function createEncoder(input: InputPipeline): Encoder {
  const shape = inputShape(input);
  const width = shape.reduce((product, axis) => product * axis, 1);
  const base = { shape, width, type: 'float32' } as const;
  switch (input.kind) {
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
      return { ...base, type: 'int32', columns: [input.column ?? 'file'], encode: textEncoder(input) };
  }
}

type Of<Kind extends InputPipeline['kind']> = Extract<InputPipeline, { kind: Kind }>;

function columnsEncoder(columns: readonly ColumnPipeline[]): Encoder['encode'] {
  const categories = columns.map(column =>
    column.kind === 'categorical' ? new Map(column.categories.map((name, i) => [name, i])) : undefined,
  );
  return ({ block, row, place }, output, offset) => {
    let at = offset;
    columns.forEach((column, i) => {
      const where = place(column.name);
      if (column.kind === 'numeric') {
        const value = where === undefined ? NaN : block.number(row, where);
        const isThere = Number.isFinite(value);
        output[at] = isThere ? (value - column.mean) / column.deviation : 0;
        if (column.flagsMissing) output[at + 1] = isThere ? 0 : 1;
      } else {
        output.fill(0, at, at + column.categories.length);
        const text = where === undefined ? undefined : block.text(row, where);
        const category = text === undefined ? undefined : categories[i]?.get(text);
        if (category !== undefined) output[at + category] = 1;
      }
      at += columnWidth(column);
    });
  };
}

function vectorEncoder({ column, mean, deviation }: Of<'vector'>, width: number): Encoder['encode'] {
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
  { height, width, channels, mean, deviation }: Of<'image'>,
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

function audioEncoder({ parameters, mean, deviation }: Of<'audio'>, size: number): Encoder['encode'] {
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

function textEncoder({ column, vocabulary, length }: Of<'text'>): Encoder['encode'] {
  const ids = new Map(vocabulary.map((word, i) => [word, i + 2]));
  const write = (text: string, output: InputArray, offset: number): void => {
    const words = tokenize(text);
    for (let i = 0; i < length; i++) {
      const word = words[i];
      output[offset + i] = word === undefined ? PADDING : (ids.get(word) ?? UNKNOWN);
    }
  };
  return ({ block, row, place }, output, offset) => {
    const cell = block.text(row, place(column ?? 'file') ?? 0) ?? '';
    if (column !== undefined) {
      write(cell, output, offset);
      return;
    }
    return readTextFile(cell).then(text => {
      write(text, output, offset);
    });
  };
}
