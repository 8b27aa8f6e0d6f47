import type { LogMelParameters } from '../audio/log-mel';
import type { ResolveOptions } from '../paths/resolve-path';
import type { InputPreprocessing } from '../preprocessing/preprocessing';
import type { SplitShares } from '../splits';

export interface TaskLabel {
  /** The column of the label; `class` for the folder of a file. */
  readonly column: string;
  /** One class against all others. */
  readonly positive?: string;
  /** `class` or a number to predict; found from the values where it is not said. */
  readonly kind?: 'class' | 'real';
}

export interface InputRequest {
  /** The columns to learn from; by default all but labels, split and group. */
  readonly columns?: readonly string[];
  /** Further columns that are never learned from, such as labels that only another annotation names. */
  readonly except?: readonly string[];
  /** The preprocessing of another dataset, to be applied as it is, so that one network can read both. */
  readonly fitted?: InputPreprocessing;
  /** Height, width and channels (1 or 3) that images are brought to; by default their own, at most 96 × 96. */
  readonly image?: { readonly height?: number; readonly width?: number; readonly channels?: 1 | 3 };
  /** By default log-mel frames at the rate most recordings have, as many as 19 of 20 recordings need at most. */
  readonly audio?: { readonly frames?: number } & Partial<LogMelParameters>;
  /** By default the 20,000 commonest words and as many tokens as 19 of 20 texts need at most, up to 256. */
  readonly text?: { readonly column?: string; readonly words?: number; readonly length?: number };
}

/** What to read, and how to divide it. Equal requests on equal data give equal results. */
export interface DatasetRequest {
  readonly labels: Readonly<Record<string, TaskLabel>>;
  readonly input?: InputRequest;
  readonly table?: string;
  /** A column that names each example's split. */
  readonly splitColumn?: string;
  /** A column whose values stay in one split where splits are made. */
  readonly group?: string;
  readonly shares?: SplitShares;
  readonly seed?: number;
  /** About how many examples to keep of a larger dataset, drawn by hash; 200,000 by default. */
  readonly limit?: number;
}

export interface DatasetSettings extends Omit<ResolveOptions, 'issues'> {
  /** Where decoded data is kept between runs; nothing is kept by default. */
  readonly cache?: string;
}

export const DEFAULT_LIMIT = 200_000;
