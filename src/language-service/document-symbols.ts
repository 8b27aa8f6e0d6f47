import type { TextRange } from '../common/text-ranges';
import type { Annotation, Directive } from '../language/annotation-model';
import type { AnnotatedFile } from './definitions-and-references';

/** An annotation as an entry of the outline. */
export interface AnnotationSymbol {
  readonly name: string;
  readonly directive: Directive;
  readonly detail: string;
  readonly range: TextRange;
  readonly selection: TextRange;
}

/** The outline of a file: its annotations in the order of the text. */
export function symbolsIn(annotations: readonly Annotation[]): readonly AnnotationSymbol[] {
  return annotations.flatMap(annotation => {
    const { name, directive, range } = annotation;
    return name
      ? [{ name: name.value, directive, detail: detailOf(annotation), range, selection: name.range }]
      : [];
  });
}

function detailOf(annotation: Annotation): string {
  switch (annotation.directive) {
    case 'dataset':
      return `@dataset ${(annotation.fields.task?.value ?? []).map(({ value }) => value.name).join(', ')}`.trim();
    case 'task':
      return annotation.fields.target ? '@task target' : '@task';
    case 'pipeline':
      return `@pipeline ${(annotation.fields.steps?.value ?? []).map(({ value }) => value).join(' -> ')}`.trim();
  }
}

/** The symbols of all files whose names hold the letters of `query` in their order, however spread. */
export function findSymbols<F extends AnnotatedFile>(
  files: readonly F[],
  query: string,
): readonly { readonly file: F; readonly symbol: AnnotationSymbol }[] {
  const letters = Array.from(query.toLowerCase());
  return files.flatMap(file =>
    symbolsIn(file.annotations)
      .filter(({ name }) => isSubsequence(name.toLowerCase(), letters))
      .map(symbol => ({ file, symbol })),
  );
}

function isSubsequence(name: string, letters: readonly string[]): boolean {
  let from = 0;
  return letters.every(letter => {
    from = name.indexOf(letter, from) + 1;
    return from > 0;
  });
}
