/** What sizes are counted in. Only like units compare; hours, minutes and seconds are one kind. */
export type CountUnit =
  'examples' | 'hours' | 'minutes' | 'seconds' | 'tokens' | 'words' | 'characters' | 'sentences';

export type IssueSeverity = 'error' | 'warning' | 'information';

/** What is wrong with the data: what, how often, and the first places (file, row or byte offset) it was seen at. */
export interface DataIssue {
  readonly code: IssueCode;
  readonly severity: IssueSeverity;
  readonly message: string;
  readonly count?: number;
  readonly where?: readonly string[];
}

export type IssueCode =
  // the path
  | 'not-found'
  | 'no-permission'
  | 'outside-root'
  | 'link-loop'
  | 'too-many-files'
  | 'unknown-format'
  | 'mixed-formats'
  | 'empty'
  // the bytes
  | 'truncated'
  | 'corrupt'
  | 'not-text'
  | 'too-large'
  | 'compression-bomb'
  | 'changed-while-read'
  | 'unsupported'
  | 'unreadable-file'
  // the table
  | 'no-header'
  | 'uneven-rows'
  | 'unclosed-quote'
  | 'bad-row'
  | 'unknown-table'
  | 'unknown-column'
  | 'unit-not-countable'
  | 'missing-labels'
  | 'unknown-class'
  | 'missing-file'
  | 'bad-card'
  // the checks
  | 'split-overlap'
  | 'near-duplicates'
  | 'few-examples'
  | 'constant-column'
  | 'duplicate-column'
  | 'leaking-column'
  | 'split-shift'
  | 'group-in-two-splits'
  | 'inputs-differ';

export interface Counted {
  readonly value: number;
  readonly unit: CountUnit;
  /** Where the number came from, in words: "Parquet footer", "directory entries", … */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
  /** Examples per class of the label; `label:class` where several labels were asked for. */
  readonly classes?: Readonly<Record<string, number>>;
  /** Examples that carry each label; the rest are missing it. */
  readonly labels?: Readonly<Record<string, number>>;
}

/** A size that a file beside the data states. */
export interface Stated {
  readonly value: number;
  readonly unit: CountUnit;
  /** The file that states it. */
  readonly from: string;
  readonly splits?: Readonly<Record<string, number>>;
}

export interface CountResult {
  /** Absent where nothing could be counted; an error among the issues says why. */
  readonly counted?: Counted;
  readonly stated: readonly Stated[];
  readonly issues: readonly DataIssue[];
}
