import type { LabelPipeline } from './pipeline';
import type { RowReference } from './rows';

/** The labels of one task in a chunk: class numbers, 0 or 1, or standardised values; 0 where there is none. */
export interface LabelColumn {
  readonly values: Float32Array;
  /** 1 where the example has the label, 0 where it is missing or of a class that training has not. */
  readonly present: Uint8Array;
}

/** Reads one task's label of an example; `undefined` where it has none. */
export type LabelReader = (row: RowReference) => number | undefined;

export function labelReader(label: LabelPipeline): LabelReader {
  const classes = label.kind === 'class' ? new Map(label.classes.map((name, i) => [name, i])) : undefined;
  return ({ block, row, place }) => {
    const at = place(label.column);
    if (at === undefined) return undefined;
    if (label.kind === 'real') {
      const value = block.number(row, at);
      return Number.isFinite(value) ? (value - label.mean) / label.deviation : undefined;
    }
    const text = block.text(row, at);
    if (text === undefined) return undefined;
    return label.kind === 'binary' ? Number(text === label.positive) : classes?.get(text);
  };
}
