import type { Problem } from '../annotations/problem';
import { resolveProblem, type FileDiagnostic } from '../annotations/resolve';
import type { AnnotatedFile } from './annotate';

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
