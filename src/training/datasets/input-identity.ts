import { createHash } from 'node:crypto';
import type { ColumnPreprocessing, InputPreprocessing } from '../../data';
import type { Predictions } from '../../protocol/job-files';

/**
 * A hash of what the inputs of a trial are made of, and of the labels that it was tested on. Arms of which these
 * differ have not been given the same, and must not be compared. How inputs are scaled is not part of it.
 */
export function inputIdentity(input: InputPreprocessing, { kind, labels }: Predictions): string {
  const tested = kind === 'values' ? [labels.length] : labels;
  return createHash('sha256')
    .update(JSON.stringify([contentOf(input), tested]))
    .digest('hex')
    .slice(0, 16);
}

function contentOf(input: InputPreprocessing): unknown {
  switch (input.kind) {
    case 'checkpoint':
      return [input.kind, input.digest, input.column];
    case 'columns':
      return input.columns.map(columnContent);
    case 'vector':
      return [input.column, input.shape];
    case 'image':
      return [input.kind, input.height, input.width, input.channels];
    case 'audio':
      return [input.kind, input.frames, input.parameters];
    case 'text':
      // Words of sources join the vocabulary, which is what sources are for.
      return [input.kind, input.column, input.length];
  }
}

function columnContent(column: ColumnPreprocessing): unknown {
  switch (column.kind) {
    case 'numeric':
      return [column.name, column.flagsMissing];
    case 'date':
      return [column.name, column.flagsMissing, column.parts];
    case 'hashed':
      return [column.name, column.categories, column.buckets];
    case 'categorical':
      return [column.name, column.categories];
  }
}
