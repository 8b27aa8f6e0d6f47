import type { TextRange } from '../common/text-ranges';

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

/** Collects what is wrong with an annotation while it is read. */
export interface DiagnosticCollector {
  readonly diagnostics: Diagnostic[];
}

/** What a diagnostic says beyond its place. */
export interface DiagnosticDetails {
  readonly severity?: Severity;
  readonly args?: readonly string[];
  readonly fix?: Fix;
}

/** Notes what is wrong at `range`: an error unless said otherwise. */
export function report(
  context: DiagnosticCollector,
  code: DiagnosticCode,
  range: TextRange,
  details: DiagnosticDetails = {},
): void {
  const { severity = 'error', args = [], fix } = details;
  context.diagnostics.push({ code, severity, range, args, ...(fix ? { fix } : {}) });
}

/** The report of a bad word that has one likely repair. */
export function replacementFix(range: TextRange, newText: string | undefined): { readonly fix?: Fix } {
  return newText === undefined ? {} : { fix: { range, newText } };
}

/** A text for a message, cut where it is longer than anyone reads. */
export function truncated(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A diagnostic and the file it belongs to. */
export type FileDiagnostic = Diagnostic & { readonly file: string };
