import type { AnnotatedText } from '../annotations/document';

/** Lines `first` to `last`, both included. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** Blocks of annotations: those that only comments stand between, where they take more than one line. */
export function annotationBlocks({ placed, lines, comments }: AnnotatedText): readonly Block[] {
  const blocks: Block[] = [];
  for (const { first, last } of placed) {
    const before = blocks.at(-1);
    if (before && onlyComments(before.last + 1, first))
      blocks[blocks.length - 1] = { first: before.first, last };
    else blocks.push({ first, last });
  }
  return blocks.filter(({ first, last }) => last > first);

  function onlyComments(from: number, to: number): boolean {
    for (let line = from; line < to; line++) {
      const [comment] = comments[line] ?? [];
      const before = lines[line]?.slice(0, comment?.start).trim() ?? '';
      if (!comment || (comment.kind === 'line' && before !== comment.leader)) return false;
    }
    return true;
  }
}
