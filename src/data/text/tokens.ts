/** Ids that are no words: padding after the end, and words the vocabulary lacks. */
export const PADDING = 0;
export const UNKNOWN = 1;

/** Splits text into words, lower-case, and single punctuation marks. */
export function tokenize(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** The commonest words of `counts`, at most `size`, ties in alphabetical order. Word `i` has the id `i + 2`. */
export function vocabularyOf(counts: ReadonlyMap<string, number>, size: number): string[] {
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, size)
    .map(([word]) => word);
}
