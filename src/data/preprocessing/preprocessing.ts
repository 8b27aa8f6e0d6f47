import type { LogMelParameters } from '../audio/log-mel';

/**
 * Everything that was fitted on the training split, as plain JSON: stored with the model, it turns new examples
 * into the same numbers. Standardisation is `(value − mean) / deviation`; what does not vary has deviation 1.
 */
export interface Preprocessing {
  readonly version: 1;
  readonly input: InputPreprocessing;
  readonly labels: Readonly<Record<string, LabelEncoding>>;
}

export type InputPreprocessing =
  | { readonly kind: 'columns'; readonly columns: readonly ColumnPreprocessing[] }
  | {
      readonly kind: 'vector';
      readonly column: string;
      readonly shape: readonly number[];
      /** One for all elements of arrays of two and more axes, one for each element of rows of numbers. */
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
    }
  | {
      readonly kind: 'image';
      readonly height: number;
      readonly width: number;
      readonly channels: 1 | 3;
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
    }
  | {
      readonly kind: 'audio';
      readonly parameters: LogMelParameters;
      /** Longer recordings are cut, shorter ones followed by silence. */
      readonly frames: number;
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
    }
  | {
      readonly kind: 'text';
      /** Absent where each example is a file. */
      readonly column?: string;
      /** The word of id `i + 2`; 0 is padding, 1 an unknown word. */
      readonly vocabulary: readonly string[];
      readonly length: number;
    };

export type ColumnPreprocessing =
  | {
      readonly name: string;
      readonly kind: 'numeric';
      readonly mean: number;
      readonly deviation: number;
      /** Whether a second value tells that the first is missing (and stands at the mean). */
      readonly flagsMissing: boolean;
    }
  /** One value for each category that training has, 1 for the example's own; all 0 for others and missing ones. */
  | { readonly name: string; readonly kind: 'categorical'; readonly categories: readonly string[] };

export type LabelEncoding =
  | { readonly kind: 'class'; readonly column: string; readonly classes: readonly string[] }
  /** 1 for the positive class, 0 for all others. */
  | { readonly kind: 'binary'; readonly column: string; readonly positive: string }
  | { readonly kind: 'real'; readonly column: string; readonly mean: number; readonly deviation: number };

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
