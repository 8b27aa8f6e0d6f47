import type { Severity } from '../language/annotation-diagnostics';
import type { Size } from '../language/annotation-model';

/** What `datasets --json` prints. Lines count from 1. */
export interface DatasetsOutput {
  readonly version: 1;
  readonly datasets: readonly DatasetOutput[];
}

export interface DatasetOutput {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Relative to the current folder; a table of a database behind `#`. */
  readonly path?: string;
  readonly stated?: Stated;
  readonly counted?: Counted;
  /** Sizes that files at or beside the path state: a dataset card, Croissant, … */
  readonly documented?: readonly Documented[];
  readonly issues: readonly DatasetIssue[];
}

/** The size that the annotation states. */
export interface Stated extends Size {
  readonly splits?: Readonly<Record<string, number>>;
  /** The share of examples that carry a label, 0 to 1, by task. */
  readonly labelsPresent?: Readonly<Record<string, number>>;
}

/** The size that was found in the data itself. */
export interface Counted extends Size {
  /** What was counted: folders of images, the rows of a table, … */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
  readonly classes?: Readonly<Record<string, number>>;
  readonly labels?: Readonly<Record<string, number>>;
}

/** A size that a file beside the data states. */
export interface Documented extends Size {
  /** The file, and its part. */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
}

export interface DatasetIssue {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly count?: number;
  readonly where?: readonly string[];
}
