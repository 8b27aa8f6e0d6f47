import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { createEncoder, type InputArray } from './encode';
import { inputShape, type InputPipeline } from './pipeline';

export type Value = string | number;

/**
 * Encodes examples that are in memory rather than in files, such as what the step before gave: one value for each
 * column, in the columns' order; one text; or the numbers of one array.
 *
 * @throws DataError `inputs-differ` where an example has another number of values, or the input is read from files
 */
export async function encodeValues(
  input: InputPipeline,
  examples: readonly (readonly Value[])[],
): Promise<InputArray> {
  if (input.kind === 'image' || input.kind === 'audio')
    throw new DataError('inputs-differ', l10n.t('Images and recordings are read from files only'), '');
  const pipeline = input.kind === 'text' ? { ...input, column: 'text' } : input;
  const wanted = valuesPerExample(pipeline);
  const encoder = createEncoder(pipeline);
  const { width, type, columns } = encoder;
  const places = new Map(columns.map((name, place) => [name, place]));
  const output =
    type === 'int32' ? new Int32Array(examples.length * width) : new Float32Array(examples.length * width);
  for (const [row, values] of examples.entries()) {
    if (values.length !== wanted)
      throw new DataError(
        'inputs-differ',
        l10n.t('An example has {0} values; the input takes {1}', values.length, wanted),
        '',
      );
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

function valuesPerExample(input: InputPipeline): number {
  if (input.kind === 'columns') return input.columns.length;
  return input.kind === 'vector' ? inputShape(input).reduce((product, axis) => product * axis, 1) : 1;
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

function numberOf(value: Value | undefined): number {
  return value === undefined || value === '' ? NaN : Number(value);
}
