import type { Diagnostic, DiagnosticCode, Fix, Severity } from '../diagnostics';
import type { TextRange } from '../text';

/** Collects what is wrong with an annotation while it is read. */
export interface Context {
  readonly diagnostics: Diagnostic[];
}

/** What a diagnostic says beyond its place. */
export interface Report {
  readonly severity?: Severity;
  readonly args?: readonly string[];
  readonly fix?: Fix;
}

/** Notes what is wrong at `range`: an error unless said otherwise. */
export function report(context: Context, code: DiagnosticCode, range: TextRange, details: Report = {}): void {
  const { severity = 'error', args = [], fix } = details;
  context.diagnostics.push({ code, severity, range, args, ...(fix ? { fix } : {}) });
}

/** The report of a bad word that has one likely repair. */
export function replaceBy(range: TextRange, newText: string | undefined): { readonly fix?: Fix } {
  return newText === undefined ? {} : { fix: { range, newText } };
}

/** A text for a message, cut where it is longer than anyone reads. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
