import type { Diagnostic } from '../annotations/diagnostics';
import { annotationsOf, diagnosticsOf, parseText } from '../annotations/document';
import { languageOfFile } from '../annotations/languages/lookup';
import type { Annotation } from '../annotations/model';
import { parseNotebook } from '../annotations/notebook';

/** The annotations of one file. */
export interface AnnotatedFile {
  /** Absolute. */
  readonly path: string;
  readonly annotations: readonly Annotation[];
  /** What is wrong inside single annotations. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The annotations in the text of a file, and what is wrong with the file itself: a notebook that is no JSON. */
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

/** How much of a text is looked at to tell its language, in characters. */
const BEGINNING = 4096;
