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
  return column.kind === 'categorical' ? column.categories.length : column.flagsMissing ? 2 : 1;
}

/** The columns that a text is joined of; `undefined` where each example is a file. */
export function textColumns({
  column,
}: Extract<InputPreprocessing, { kind: 'text' }>): readonly string[] | undefined {
  return typeof column === 'string' ? [column] : column;
}
