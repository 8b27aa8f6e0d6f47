import type { TextRange } from '../../../src/common/text-ranges';
import { annotationsOf, diagnosticsOf, parseText } from '../../../src/language/annotated-text';
import type { Diagnostic } from '../../../src/language/annotation-diagnostics';
import type { Annotation } from '../../../src/language/annotation-model';
import type { Problem } from '../../../src/language/learning-problem';
import { resolveProblem } from '../../../src/language/resolve-problem';

/** The names of the annotations found, in order. */
export function namesIn(text: string, language: string): string[] {
  return annotationsOf(parseText(text, language)).map(({ name }) => name?.value ?? '');
}

/** The names in a snippet that say of themselves that they stand in a comment: `yes1`, `yes-block`. */
export function expectedNames(text: string): string[] {
  return text.match(/(?<=@\w+[ \t]+)yes[\w-]*/g) ?? [];
}

/** The one annotation of a Python comment line. */
export function read(line: string, language = 'python'): Annotation {
  const [annotation] = annotationsOf(parseText(line, language));
  if (!annotation) throw new Error(`No annotation in ${line}`);
  return annotation;
}

/** Diagnostics as `code "characters it stands at"`. */
export function problemsOf(text: string, language = 'python'): string[] {
  return diagnosticsOf(parseText(text, language)).map(diagnostic => described(text, diagnostic));
}

export function described(text: string, { code, range }: Pick<Diagnostic, 'code' | 'range'>): string {
  return `${code} "${textAt(text, range)}"`;
}

/** What stands at a range. */
export function textAt(text: string, { start, end }: TextRange): string {
  const lines = text.split(/\r\n|\r|\n/).slice(start.line, end.line + 1);
  const [first = ''] = lines;
  if (lines.length === 1) return first.slice(start.column, end.column);
  return [first.slice(start.column), ...lines.slice(1, -1), lines.at(-1)?.slice(0, end.column)].join('\n');
}

/** The text with `newText` in place of a range; line breaks become `\n`. */
export function replaceAt(text: string, { start, end }: TextRange, newText: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const before = [...lines.slice(0, start.line), (lines[start.line] ?? '').slice(0, start.column)].join('\n');
  const after = [(lines[end.line] ?? '').slice(end.column), ...lines.slice(end.line + 1)].join('\n');
  return before + newText + after;
}

/** The problem of some files of Python comments, by name. */
export function resolve(files: Readonly<Record<string, string>>): Problem {
  return resolveProblem(
    Object.entries(files).map(([file, text]) => ({
      file,
      annotations: annotationsOf(parseText(text, 'python')),
    })),
  );
}

/** Its diagnostics as `file: code "characters"`. */
export function resolvedProblems(files: Readonly<Record<string, string>>): string[] {
  return resolve(files).diagnostics.map(
    diagnostic => `${diagnostic.file}: ${described(files[diagnostic.file] ?? '', diagnostic)}`,
  );
}
