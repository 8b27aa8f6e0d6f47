import type { ColumnPreprocessing, InputPreprocessing } from '../../protocol/preprocessing';

export type {
  ColumnPreprocessing,
  InputPreprocessing,
  LabelEncoding,
  Preprocessing,
} from '../../protocol/preprocessing';

/** The shape of one example's input. */
export function inputShape(input: InputPreprocessing): readonly number[] {
  switch (input.kind) {
    case 'checkpoint':
      return [input.width];
    case 'columns':
      return [input.columns.reduce((sum, column) => sum + columnWidth(column), 0)];
    case 'vector':
      return input.shape;
    case 'image':
      return [input.height, input.width, input.channels];
    case 'audio':
      return [input.frames, input.parameters.bands];
    case 'text':
      return [input.length];
  }
}

export function columnWidth(column: ColumnPreprocessing): number {
  switch (column.kind) {
    case 'numeric':
      return column.flagsMissing ? 2 : 1;
    case 'date':
      return (column.flagsMissing ? 2 : 1) + column.parts.reduce((sum, part) => sum + PART_WIDTH[part], 0);
    case 'categorical':
      return column.categories.length;
    case 'hashed':
      return column.categories.length + column.buckets;
  }
}

const PART_WIDTH = { year: 2, week: 7, day: 2 } as const;

/** Whether the first value of a column is a standardised number, which the second may say is missing. */
export function isStandardized(
  column: ColumnPreprocessing,
): column is Extract<ColumnPreprocessing, { kind: 'numeric' | 'date' }> {
  return column.kind === 'numeric' || column.kind === 'date';
}

/** The columns that a text is joined of; `undefined` where each example is a file. */
export function textColumns({
  column,
}: Extract<InputPreprocessing, { kind: 'text' | 'checkpoint' }>): readonly string[] | undefined {
  return typeof column === 'string' ? [column] : column;
}
