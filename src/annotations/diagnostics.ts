import type { TextRange } from './text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A change of the text that repairs what a diagnostic reports. */
export interface Fix {
  readonly range: TextRange;
  readonly newText: string;
}

export type DiagnosticCode =
  | 'missing-name'
  | 'bad-name'
  | 'unknown-key'
  | 'duplicate-key'
  | 'missing-value'
  | 'unexpected-word'
  | 'unclosed-quote'
  | 'bad-number'
  | 'bad-unit'
  | 'bad-input'
  | 'bad-output'
  | 'bad-share'
  | 'bad-split'
  | 'bad-category'
  | 'bad-list'
  | 'missing-task'
  | 'missing-key'
  | 'duplicate-name'
  | 'unknown-task'
  | 'unknown-dataset'
  | 'unknown-step'
  | 'pipeline-disconnected'
  | 'pipeline-too-short'
  | 'size-mismatch'
  | 'dangling-continuation';

/** What is wrong, where, as facts; `messages.ts` says it in words. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly range: TextRange;
  /** The values the message names: the bad word, what was expected, … */
  readonly args: readonly string[];
  readonly fix?: Fix;
}
