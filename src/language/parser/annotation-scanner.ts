import { type TextRange, onLine } from '../../common/text-ranges';
import type { Annotation } from '../annotation-model';
import type { Comment } from '../lexer/line-scanner';
import { type DirectiveMark, directiveAt, parseAnnotation } from './annotation-parser';
import type { Piece } from './tokenizer';

/** Lines with the comments that were found in them. */
export interface CommentedLines {
  readonly lines: readonly string[];
  /** Comments of line i; absent for lines that were not looked at or have none. */
  readonly comments: readonly (readonly Comment[] | undefined)[];
}

/** An annotation and the lines it was read from. */
export interface PlacedAnnotation {
  readonly annotation: Annotation;
  readonly first: number;
  readonly last: number;
}

const LINE_ORNAMENTS: ReadonlyMap<string, RegExp> = new Map([
  ['//', /[/!<]*\s*/y],
  ['#', /[#!':]*\s*/y],
  ['--', /-*\s*(?:[|^]\s*)?/y],
  ['%', /[%!]*\s*/y],
  [';', /;*\s*/y],
  ['!', /[!><$]*\s*/y],
  ["'", /'*\s*/y],
]);
const BLOCK_ORNAMENTS = /[\s*!|]*/y;
const NO_ORNAMENTS = /\s*/y;

/** What may stand between the leader of a comment and its text; sticky. */
export function leadingDecoration(comment: Comment): RegExp {
  if (comment.kind === 'docstring') return NO_ORNAMENTS;
  if (comment.kind === 'block') return BLOCK_ORNAMENTS;
  return LINE_ORNAMENTS.get(comment.leader) ?? NO_ORNAMENTS;
}

/** Reads the annotations that begin on lines `from` up to, not including, `to`. */
export function scanAnnotations(text: CommentedLines, from: number, to: number): PlacedAnnotation[] {
  const placed: PlacedAnnotation[] = [];
  for (let line = from, comment = 0; line < to; line++, comment = 0) {
    // Most comments are none; to see that is the quickest.
    let its = text.lines[line]?.includes('@') ? text.comments[line] : undefined;
    for (; its && comment < its.length; comment++) {
      const read = annotationIn(text, line, its[comment]);
      if (!read) continue;
      placed.push(read);
      if (read.last === line) continue;
      // It took the first comment of each line it goes on in; others may stand behind the last of them.
      line = read.last;
      its = text.comments[line];
      comment = 0;
    }
  }
  return placed;
}

/**
 * The first line whose reading may depend on line `line`: where comments are continued up to it, the one
 * that they begin on.
 */
export function firstContinuedLine(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && mayContinue(lines[first - 1] ?? '')) first--;
  return first;
}

function mayContinue(line: string): boolean {
  return line.trimEnd().endsWith('\\');
}

function annotationIn(
  text: CommentedLines,
  line: number,
  comment: Comment | undefined,
): PlacedAnnotation | undefined {
  if (!comment) return undefined;
  const first = piece(text, line, comment);
  const mark = directiveAt(first, leadingDecoration(comment));
  if (!mark) return undefined;
  const { pieces, dangling } = withContinuations(text, first, comment);
  const annotation = parseAnnotation(mark, pieces, dangling);
  return annotation && { annotation, first: line, last: pieces.at(-1)?.line ?? line };
}

function piece(text: CommentedLines, line: number, comment: Comment): Piece {
  return { line, text: text.lines[line] ?? '', start: comment.start, end: comment.end };
}

interface Continued {
  readonly pieces: readonly Piece[];
  /** A backslash that nothing follows. */
  readonly dangling?: TextRange;
}

function withContinuations(text: CommentedLines, first: Piece, comment: Comment): Continued {
  const pieces: Piece[] = [];
  let current = first;
  let its = comment;
  for (;;) {
    const backslash = finalBackslash(current);
    if (backslash < 0) return { pieces: [...pieces, current] };
    pieces.push({ ...current, end: backslash });
    // Only a comment that goes on to the end of its line can go on behind it.
    const next = its.end === current.text.length ? continuation(text, current.line + 1, its) : undefined;
    if (!next) return { pieces, dangling: onLine(current.line, backslash, backslash + 1) };
    current = next.piece;
    its = next.comment;
  }
}

/** The column of a backslash that ends the piece, or -1. */
function finalBackslash({ text, start, end }: Piece): number {
  let at = end - 1;
  while (at >= start && /\s/.test(text.charAt(at))) at--;
  return at >= start && text[at] === '\\' ? at : -1;
}

/** The comment on the next line, if it is of the same kind, stands alone on its line and begins no annotation of its own. */
function continuation(
  text: CommentedLines,
  line: number,
  before: Comment,
): { readonly piece: Piece; readonly comment: Comment } | undefined {
  const comment = text.comments[line]?.[0];
  if (!comment || comment.kind !== before.kind || comment.leader !== before.leader) return undefined;
  const whole = text.lines[line] ?? '';
  if (before.kind === 'line' ? whole.slice(0, comment.start).trim() !== comment.leader : comment.start !== 0)
    return undefined;
  const next = piece(text, line, comment);
  const mark: DirectiveMark | undefined = directiveAt(next, leadingDecoration(comment));
  if (mark) return undefined;
  const lead = leadingDecoration(comment);
  lead.lastIndex = next.start;
  return {
    piece: { ...next, start: lead.test(next.text) ? Math.min(lead.lastIndex, next.end) : next.start },
    comment,
  };
}
