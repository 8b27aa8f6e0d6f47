import type { Comment } from '../lexer/comments';
import type { Annotation } from '../model';
import { onLine, type TextRange } from '../text';
import { directiveAt, parseAnnotation, type DirectiveMark } from './annotation';
import type { Piece } from './tokens';

/** Lines with the comments that were found in them. */
export interface CommentedLines {
  readonly lines: readonly string[];
  /** Comments of line i; absent for lines that were not looked at or have none. */
  readonly comments: readonly (readonly Comment[] | undefined)[];
}

/** An annotation and the lines it was read from, which may reach beyond its last token. */
export interface Placed {
  readonly annotation: Annotation;
  readonly first: number;
  readonly last: number;
}

const LINE_ORNAMENTS: ReadonlyMap<string, RegExp> = new Map([
  ['//', /[/!<]*\s*/y],
  ['#', /[#!':]*\s*/y],
  ['--', /-*\s*[|^]?\s*/y],
  ['%', /[%!]*\s*/y],
  [';', /;*\s*/y],
  ['!', /[!><$]*\s*/y],
  ["'", /'*\s*/y],
]);
const BLOCK_ORNAMENTS = /[\s*!|]*/y;
const NO_ORNAMENTS = /\s*/y;

function ornaments(comment: Comment): RegExp {
  if (comment.kind === 'docstring') return NO_ORNAMENTS;
  if (comment.kind === 'block') return BLOCK_ORNAMENTS;
  return LINE_ORNAMENTS.get(comment.leader) ?? NO_ORNAMENTS;
}

/** Reads the annotations that begin on lines `from` up to, not including, `to`. */
export function scanAnnotations(text: CommentedLines, from: number, to: number): Placed[] {
  const placed: Placed[] = [];
  for (let line = from; line < to; line++)
    for (const comment of text.comments[line] ?? []) {
      const read = annotationIn(text, line, comment);
      if (!read) continue;
      placed.push(read);
      line = Math.max(line, read.last);
    }
  return placed;
}

function annotationIn(text: CommentedLines, line: number, comment: Comment): Placed | undefined {
  const first = piece(text, line, comment);
  const mark = directiveAt(first, ornaments(comment));
  if (!mark) return undefined;
  const { pieces, dangling } = withContinuations(text, first, comment);
  const annotation = parseAnnotation(mark, pieces, dangling);
  if (!annotation) return undefined;
  // A continuation that finds nothing depends on the next line too: an edit there must read this one again.
  const last = (pieces.at(-1)?.line ?? line) + (dangling ? 1 : 0);
  return { annotation, first: line, last: Math.min(last, text.lines.length - 1) };
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
    const next = continuation(text, current.line + 1, its);
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
  const mark: DirectiveMark | undefined = directiveAt(next, ornaments(comment));
  if (mark) return undefined;
  const lead = ornaments(comment);
  lead.lastIndex = next.start;
  return {
    piece: { ...next, start: lead.test(next.text) ? Math.min(lead.lastIndex, next.end) : next.start },
    comment,
  };
}
