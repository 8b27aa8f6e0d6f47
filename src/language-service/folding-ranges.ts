import type { AnnotatedText } from '../language/annotated-text';

/** Lines `first` to `last`, both included. */
export interface FoldingRange {
  readonly first: number;
  readonly last: number;
}

/** Blocks of annotations: those that only comments stand between, where they take more than one line. */
export function annotationFoldingRanges(text: AnnotatedText): readonly FoldingRange[] {
  const blocks: FoldingRange[] = [];
  for (const { first, last } of text.placed) {
    const before = blocks.at(-1);
    if (before && onlyComments(text, before.last + 1, first))
      blocks[blocks.length - 1] = { first: before.first, last };
    else blocks.push({ first, last });
  }
  return blocks.filter(({ first, last }) => last > first);
}

function onlyComments({ lines, comments }: AnnotatedText, from: number, to: number): boolean {
  for (let line = from; line < to; line++) {
    const [comment] = comments[line] ?? [];
    const before = lines[line]?.slice(0, comment?.start).trim() ?? '';
    if (!comment || (comment.kind === 'line' && before !== comment.leader)) return false;
  }
  return true;
}

/**
 * Blocks that are indented below their first line. An editor folds by indentation and by regions only where
 * nobody says how to fold: who adds blocks of annotations has to add these as well.
 * @param tabSize columns that a tab reaches to
 */
export function indentationFoldingRanges(lines: readonly string[], tabSize: number): readonly FoldingRange[] {
  const blocks: FoldingRange[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let lastWithText = -1;
  const closeTo = (indent: number): void => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (lastWithText > top.line) blocks.push({ first: top.line, last: lastWithText });
    }
  };
  for (const [line, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const indent = indentOf(text, tabSize);
    closeTo(indent);
    open.push({ line, indent });
    lastWithText = line;
  }
  closeTo(0);
  return blocks.sort((one, other) => one.first - other.first);
}

/**
 * The marks that begin and end a region, as VS Code's languages have them: `# region`, `//#region`, `<!-- #region -->`,
 * `#pragma region`, `#Region`, `%region`, `-- #region`. Some mark stands before the word, or it is prose.
 */
const REGION =
  /^\s*(?:(?:\/\/|\/\*|<!--|\(\*|--|::|%|;|'|@?rem\b)(?:\s*#)?|#(?:\s*#)?(?:\s*pragma(?!\S))?)\s*(region|end ?region)(?![\w-])/i;

/** Blocks from the beginning of a region to its end, whatever stands between; a mark without its other is none. */
export function regionFoldingRanges(lines: readonly string[]): readonly FoldingRange[] {
  const blocks: FoldingRange[] = [];
  const open: number[] = [];
  for (const [line, text] of lines.entries()) {
    const mark = text.length > LONGEST_MARK ? undefined : REGION.exec(text)?.[1];
    if (mark === undefined) continue;
    if (mark.toLowerCase() === 'region') open.push(line);
    else {
      const first = open.pop();
      if (first !== undefined) blocks.push({ first, last: line });
    }
  }
  return blocks.sort((one, other) => one.first - other.first);
}

/** In characters: longer lines are data. */
const LONGEST_MARK = 500;

function indentOf(text: string, tabSize: number): number {
  let column = 0;
  for (const character of text) {
    if (character === '\t') column += tabSize - (column % tabSize);
    else if (character === ' ') column++;
    else break;
  }
  return column;
}
