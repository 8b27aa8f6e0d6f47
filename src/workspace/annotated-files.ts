import { annotationsOf, diagnosticsOf, parseText } from '../language/annotated-text';
import type { Diagnostic } from '../language/annotation-diagnostics';
import type { Annotation } from '../language/annotation-model';
import { parseNotebook } from '../language/jupyter-notebook';
import { languageOfFile } from '../language/languages/language-registry';
import type { Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { resolveProblem } from '../language/resolve-problem';

/** The annotations of one file. */
export interface AnnotatedFile {
  /** Absolute. */
  readonly path: string;
  readonly annotations: readonly Annotation[];
  /** What is wrong inside single annotations. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The annotations in the text of a file, and what is wrong with the file itself: a notebook that is not JSON. */
export function annotateText(
  file: string,
  text: string,
  isNotebook: boolean,
): { readonly annotated: AnnotatedFile; readonly problem?: string } {
  if (isNotebook) {
    const { annotations, diagnostics, problem } = parseNotebook(text);
    return {
      annotated: { path: file, annotations, diagnostics },
      ...(problem === undefined ? {} : { problem }),
    };
  }
  const parsed = parseText(text, languageOfFile(file, text.slice(0, BEGINNING)) ?? 'plaintext');
  return {
    annotated: { path: file, annotations: annotationsOf(parsed), diagnostics: diagnosticsOf(parsed) },
  };
}

/** How much of a text is read to detect its language, in characters. */
const BEGINNING = 4096;

/** A problem with everything that is wrong in it: inside annotations, and between them. */
export interface ScannedProblem {
  readonly problem: Problem;
  /** By file, then by place. */
  readonly diagnostics: readonly FileDiagnostic[];
}

/** Makes one problem of all files; `nameOf` is how references and messages call a file. */
export function problemOf(
  files: readonly AnnotatedFile[],
  nameOf: (path: string) => string = file => file,
): ScannedProblem {
  const named = files.map(file => ({ ...file, file: nameOf(file.path) }));
  const problem = resolveProblem(named);
  const inside = named.flatMap(({ file, diagnostics }) => diagnostics.map(each => ({ ...each, file })));
  return { problem, diagnostics: [...inside, ...problem.diagnostics].sort(byPlace) };
}

function byPlace(a: FileDiagnostic, b: FileDiagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column;
}
