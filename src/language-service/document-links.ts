import { isAddress, listedPaths } from '../common/path-syntax';
import { type Located, type TextRange, onLine } from '../common/text-ranges';
import { type AnnotatedText, annotationsOf } from '../language/annotated-text';
import type { Problem } from '../language/learning-problem';

/** Something in an annotation that can be opened. */
export type DataLink =
  | {
      readonly kind: 'path';
      readonly range: TextRange;
      /** As written: a glob, a table behind its hash. */
      readonly path: string;
      /** The list that the path is one of; where something has that name, commas and all, it is that. */
      readonly list: string;
    }
  | { readonly kind: 'web'; readonly range: TextRange; readonly url: string };

/** The paths, checkpoints and source datasets of a text. Sources that the problem declares have a definition instead. */
export function linksIn(text: AnnotatedText, problem: Problem): readonly DataLink[] {
  const declared = new Set(problem.datasets.map(({ name }) => name));
  return annotationsOf(text).flatMap((annotation): DataLink[] => {
    if (annotation.directive === 'task') return linksOf(annotation.fields.checkpoint);
    if (annotation.directive !== 'dataset') return [];
    const { path, checkpoint, source_datasets: sources } = annotation.fields;
    return [
      ...linksOf(path),
      ...linksOf(checkpoint),
      ...(sources?.value ?? [])
        .filter(({ value }) => !declared.has(value) && /^[\w.-]+(?:\/[\w.-]+)?$/.test(value))
        .map(({ value, range }): DataLink => {
          return { kind: 'web', range, url: `https://huggingface.co/datasets/${value}` };
        }),
    ];
  });
}

/** One for each path of a list. An address that no browser opens is none. */
function linksOf(located: Located<string> | undefined): DataLink[] {
  if (!located) return [];
  const { value: list, range } = located;
  return listedPaths(list).flatMap(({ path, at }): DataLink[] => {
    const its = rangeOf(located, at, path.length) ?? range;
    if (!isAddress(path)) return [{ kind: 'path', range: its, path, list }];
    return /^https?:/i.test(path) ? [{ kind: 'web', range: its, url: path }] : [];
  });
}

/** Where a part of a value stands, unless something in it is written otherwise than it reads. */
function rangeOf({ value, range }: Located<string>, at: number, length: number): TextRange | undefined {
  const { start, end } = range;
  if (length === value.length || start.line !== end.line || /["\\]/.test(value)) return undefined;
  const quote = end.column - start.column > value.length ? 1 : 0;
  const from = start.column + quote + at;
  return onLine(start.line, from, from + length);
}
