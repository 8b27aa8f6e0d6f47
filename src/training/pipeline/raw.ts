import * as l10n from '@vscode/l10n';
import type { ColumnPipeline, InputPipeline } from '../../data';
import { TrainingError } from '../errors';
import { widthOf, type Examples } from '../material/examples';
import type { StageValue } from './values';

/**
 * An input pipeline that leaves numbers as they are, for a first stage that is engineered.
 *
 * @throws TrainingError `bad-pipeline` for inputs that are files or text: a module gets no file to open
 */
export function rawInput(input: InputPipeline): InputPipeline {
  switch (input.kind) {
    case 'columns':
      return {
        kind: 'columns',
        columns: input.columns.map(column =>
          column.kind === 'numeric' ? { ...column, mean: 0, deviation: 1, flagsMissing: false } : column,
        ),
      };
    case 'vector':
      return { ...input, mean: [0], deviation: [1] };
    case 'image':
    case 'audio':
    case 'text':
      throw new TrainingError(
        'bad-pipeline',
        l10n.t('The first stage can be engineered for tables and arrays only, not for {0}', input.kind),
      );
  }
}

/** Each example's cells: numbers, and the names of categories. */
export function rawValues(input: InputPipeline, { count, shape, inputs }: Examples): readonly StageValue[] {
  const width = widthOf(shape);
  return Array.from({ length: count }, (_, row) => {
    const numbers = Array.from(inputs.subarray(row * width, (row + 1) * width));
    return input.kind === 'columns' ? cells(input.columns, numbers) : numbers;
  });
}

function cells(columns: readonly ColumnPipeline[], numbers: readonly number[]): StageValue[] {
  let at = 0;
  return columns.map(column => {
    if (column.kind === 'numeric') return numbers[at++] ?? 0;
    const place = numbers.slice(at, at + column.categories.length).indexOf(1);
    at += column.categories.length;
    return column.categories[place] ?? '';
  });
}
