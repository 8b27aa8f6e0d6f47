import { annotationsOf, type AnnotatedText } from '../annotations/document';
import type { Problem } from '../annotations/problem';
import type { TextRange } from '../annotations/text';

/** Something in an annotation that can be opened. */
export type DataLink =
  | { readonly kind: 'path'; readonly range: TextRange; readonly path: string }
  | { readonly kind: 'web'; readonly range: TextRange; readonly url: string };

/** The paths, saved models and source datasets of a text. Sources that the problem declares have a definition instead. */
export function linksIn(text: AnnotatedText, problem: Problem): readonly DataLink[] {
  const declared = new Set(problem.datasets.map(({ name }) => name));
  return annotationsOf(text).flatMap((annotation): DataLink[] => {
    if (annotation.directive === 'task') {
      const { model } = annotation.fields;
      return model ? [linkOf(model.value, model.range)] : [];
    }
    if (annotation.directive !== 'dataset') return [];
    const { path, source_datasets: sources } = annotation.fields;
    return [
      ...(path ? [linkOf(path.value, path.range)] : []),
      ...(sources?.value ?? [])
        .filter(({ value }) => !declared.has(value) && /^[\w.-]+(?:\/[\w.-]+)?$/.test(value))
        .map(({ value, range }): DataLink => {
          return { kind: 'web', range, url: `https://huggingface.co/datasets/${value}` };
        }),
    ];
  });
}

/** A glob leads to the folder that it starts from, a table to its database. */
function linkOf(path: string, range: TextRange): DataLink {
  if (/^https?:\/\//i.test(path)) return { kind: 'web', range, url: path };
  const glob = path.search(/[*?[{](?!workspaceFolder)/);
  const plain = glob < 0 || path.startsWith('${') ? path : path.slice(0, glob).replace(/[^/\\]*$/, '') || '.';
  return { kind: 'path', range, path: plain.replace(/#[^#/\\]*$/, '') };
}
