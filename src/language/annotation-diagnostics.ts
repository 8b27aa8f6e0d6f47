import type { TextRange } from '../common/text-ranges';

/** What an annotation declares. */
export type Directive = 'dataset' | 'task' | 'pipeline';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A change of the text that repairs what a diagnostic reports. */
export interface Fix {
  readonly range: TextRange;
  readonly newText: string;
}

/** What is wrong, with the values that its message names. */
export type DiagnosticFinding =
  | { readonly code: 'missing-name'; readonly directive: Directive }
  /** A name, or an id of a dataset, with characters that it may not have. */
  | { readonly code: 'bad-name'; readonly name: string }
  | {
      readonly code: 'unknown-key';
      readonly key: string;
      readonly nearest: string | undefined;
      readonly known: readonly string[];
    }
  | { readonly code: 'duplicate-key'; readonly key: string }
  | { readonly code: 'missing-value'; readonly key: string; readonly example: string }
  | { readonly code: 'unexpected-word'; readonly word: string }
  | {
      readonly code: 'bad-number' | 'bad-input' | 'bad-output' | 'bad-share' | 'bad-split';
      readonly value: string;
    }
  | { readonly code: 'bad-unit'; readonly value: string; readonly known: readonly string[] }
  | { readonly code: 'bad-category'; readonly value: string; readonly nearest: string }
  | { readonly code: 'bad-list'; readonly list: string }
  /** One value of several that does not say which task it is for. */
  | { readonly code: 'missing-task'; readonly value: string }
  | { readonly code: 'missing-key'; readonly directive: Directive; readonly key: string }
  | {
      readonly code: 'duplicate-name';
      readonly directive: Directive;
      readonly name: string;
      /** `file:line` of the declaration that counts. */
      readonly first: string;
    }
  | { readonly code: 'unknown-task'; readonly task: string; readonly nearest: string | undefined }
  | { readonly code: 'unknown-dataset'; readonly dataset: string; readonly nearest: string }
  | {
      readonly code: 'unknown-step';
      readonly step: string;
      readonly nearest?: string;
      /** Some of the steps that there are. */
      readonly known: readonly string[];
    }
  | {
      readonly code: 'pipeline-disconnected';
      readonly break:
        | { readonly kind: 'arrow' }
        | { readonly kind: 'repeated'; readonly name: string }
        | { readonly kind: 'wrong-end'; readonly last: string; readonly task: string };
    }
  | { readonly code: 'size-mismatch'; readonly stated: number; readonly sum: number }
  | { readonly code: 'unclosed-quote' | 'pipeline-too-short' | 'dangling-continuation' };

export type DiagnosticCode = DiagnosticFinding['code'];

/** What is wrong, where, as facts; `messages/diagnostic-messages.ts` says it in words. */
export type Diagnostic = DiagnosticFinding & {
  readonly severity: Severity;
  readonly range: TextRange;
  readonly fix?: Fix;
};

/** Collects what is wrong with an annotation while it is read. */
export interface DiagnosticCollector {
  readonly diagnostics: Diagnostic[];
}

/** What a diagnostic says beyond its place. */
export interface DiagnosticDetails {
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/** Notes what is wrong at `range`: an error unless said otherwise. */
export function report(
  context: DiagnosticCollector,
  finding: DiagnosticFinding,
  range: TextRange,
  details: DiagnosticDetails = {},
): void {
  const { severity = 'error', fix } = details;
  context.diagnostics.push({ ...finding, severity, range, ...(fix ? { fix } : {}) });
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
