import type { Position, TextRange } from '../common/text-ranges';
import type { Diagnostic } from './annotation-diagnostics';
import type { Annotation } from './annotation-model';
import { initialState, lexLine } from './lexer/comment-lexer';
import type { Comment } from './lexer/line-scanner';
import { type LexState, sameState } from './lexer/line-scanner';
import {
  type CommentedLines,
  type PlacedAnnotation,
  firstContinuedLine,
  scanAnnotations,
} from './parser/annotation-scanner';

/** The same annotation, `delta` lines further down. */
function shiftLines(placed: PlacedAnnotation, delta: number): PlacedAnnotation {
  const down = ({ start, end }: TextRange): TextRange => ({
    start: { line: start.line + delta, column: start.column },
    end: { line: end.line + delta, column: end.column },
  });
  return {
    annotation: mapRanges(placed.annotation, down),
    first: placed.first + delta,
    last: placed.last + delta,
  };
}

/** Replaces every range inside a value. Only ranges have a `start` and an `end` that are objects. */
export function mapRanges<T>(value: T, map: (range: TextRange) => TextRange): T {
  if (Array.isArray(value)) return value.map((element: unknown) => mapRanges(element, map)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (isRange(value)) return map(value) as T;
  // By hand: an edit that moves lines copies every annotation below it.
  const copy: Record<string, unknown> = {};
  // eslint-disable-next-line local/own-lookup -- a key of no meaning that is called __proto__ may be lost
  for (const [key, element] of Object.entries(value)) copy[key] = mapRanges(element as unknown, map);
  return copy as T;
}

function isRange(value: object): value is TextRange {
  return (
    'start' in value && 'end' in value && typeof value.start === 'object' && typeof value.end === 'object'
  );
}

/** A text with its annotations, kept so that an edit costs what it touches. Values are never changed in place. */
export interface AnnotatedText {
  readonly languageId: string;
  readonly lines: readonly string[];
  /** The lexical state at the beginning of each line; empty while no line could hold an annotation. */
  readonly states: readonly LexState[];
  readonly comments: readonly (readonly Comment[] | undefined)[];
  readonly placed: readonly PlacedAnnotation[];
}

/** Replace what stands at `range` by `text`: how editors report a change. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

const LINE_BREAK = /\r\n|\r|\n/;
const DIRECTIVE = /@(?:dataset|task|pipeline)(?!\w)/;

/** Whether a text can hold an annotation at all: the quick test that spares most files the rest. */
export function mayHoldAnnotations(text: string): boolean {
  return DIRECTIVE.test(text);
}

/** Finds the annotations of a text. Any text will do; the time is linear in its length. */
export function parseText(text: string, languageId: string): AnnotatedText {
  const lines = text.split(LINE_BREAK);
  return mayHoldAnnotations(text)
    ? readAll(lines, languageId)
    : { languageId, lines, states: [], comments: [], placed: [] };
}

export function annotationsOf(text: AnnotatedText): readonly Annotation[] {
  return text.placed.map(({ annotation }) => annotation);
}

export function diagnosticsOf(text: AnnotatedText): readonly Diagnostic[] {
  return text.placed.flatMap(({ annotation }) => annotation.diagnostics);
}

/**
 * The lexical state at the beginning of a line. In a text without annotations nothing is known yet, and everything
 * above the line is read for it.
 */
export function stateAt({ languageId, lines, states }: AnnotatedText, line: number): LexState {
  const known = states[line];
  if (known) return known;
  let state = initialState(languageId);
  for (const above of lines.slice(0, line)) state = lexLine(above, state).next;
  return state;
}

/** The comments of one line; in a text without annotations everything above it is read for them. */
export function commentsAt(text: AnnotatedText, line: number): readonly Comment[] {
  return commentsOf(text, line, line + 1)[0] ?? [];
}

/** The comments of each line from `first` up to, not including, `end`. */
export function commentsOf(text: AnnotatedText, first: number, end: number): readonly (readonly Comment[])[] {
  const lines = text.lines.slice(first, end);
  if (text.states.length > 0) return lines.map((_, i) => text.comments[first + i] ?? []);
  let state = stateAt(text, first);
  return lines.map(line => {
    const lexed = lexLine(line, state);
    state = lexed.next;
    return lexed.comments;
  });
}

function readAll(lines: readonly string[], languageId: string): AnnotatedText {
  const states: LexState[] = [];
  const comments: (readonly Comment[] | undefined)[] = [];
  let state = initialState(languageId);
  for (const line of lines) {
    states.push(state);
    const lexed = lexLine(line, state);
    comments.push(lexed.comments.length > 0 ? lexed.comments : undefined);
    state = lexed.next;
  }
  return {
    languageId,
    lines,
    states,
    comments,
    placed: scanAnnotations({ lines, comments }, 0, lines.length),
  };
}

/** The text after an edit. Only the lines it touched are read again, and those below whose meaning it changed. */
export function editText(before: AnnotatedText, edit: TextEdit): AnnotatedText {
  const { start, end } = clampRange(edit.range, before.lines);
  const first = before.lines[start.line] ?? '';
  const last = before.lines[end.line] ?? '';
  const inserted = (first.slice(0, start.column) + edit.text + last.slice(end.column)).split(LINE_BREAK);
  const lines = before.lines.slice(0, start.line).concat(inserted, before.lines.slice(end.line + 1));
  const { languageId } = before;
  if (before.states.length === 0)
    return inserted.some(mayHoldAnnotations)
      ? readAll(lines, languageId)
      : { languageId, lines, states: [], comments: [], placed: [] };

  const delta = lines.length - before.lines.length;
  const relexed = relex(before, lines, start.line, start.line + inserted.length, delta);
  const placed = rescan(before, { lines, comments: relexed.comments }, start.line, relexed.end, delta);
  return { languageId, lines, states: relexed.states, comments: relexed.comments, placed };
}

interface Relexed {
  readonly states: readonly LexState[];
  readonly comments: readonly (readonly Comment[] | undefined)[];
  /** The first line below the edit that means what it meant before. */
  readonly end: number;
}

function relex(
  before: AnnotatedText,
  lines: readonly string[],
  from: number,
  changedEnd: number,
  delta: number,
): Relexed {
  const states = before.states.slice(0, from);
  const comments = before.comments.slice(0, from);
  let state = before.states[from] ?? initialState(before.languageId);
  let line = from;
  for (; line < lines.length; line++) {
    const old = line < changedEnd ? undefined : before.states[line - delta];
    if (old && sameState(old, state)) break;
    states.push(state);
    const lexed = lexLine(lines[line] ?? '', state);
    comments.push(lexed.comments.length > 0 ? lexed.comments : undefined);
    state = lexed.next;
  }
  return {
    states: states.concat(before.states.slice(line - delta)),
    comments: comments.concat(before.comments.slice(line - delta)),
    end: line,
  };
}

function rescan(
  before: AnnotatedText,
  text: CommentedLines,
  from: number,
  to: number,
  delta: number,
): readonly PlacedAnnotation[] {
  // What ends on the line above may go on into the edit now.
  const start = firstContinuedLine(text.lines, Math.max(from - 1, 0));
  const kept = before.placed.filter(({ first }) => first < start);
  let end = to;
  for (;;) {
    const read = scanAnnotations(text, start, end);
    // Lines below that an annotation reaches over now, or reached over before, are read anew as well.
    const replaced = before.placed.filter(({ first }) => first >= start && first + delta < end);
    const reach = Math.max(end, behindLast(read), behindLast(replaced) + delta);
    if (reach === end) {
      const below = before.placed.filter(({ first }) => first >= start && first + delta >= end);
      return [...kept, ...read, ...(delta === 0 ? below : below.map(placed => shiftLines(placed, delta)))];
    }
    end = reach;
  }
}

/** The line behind the last that any of them was read from. */
function behindLast(placed: readonly PlacedAnnotation[]): number {
  return placed.reduce((most, { last }) => Math.max(most, last + 1), 0);
}

/** The range inside the text, its ends in order. */
function clampRange(range: TextRange, lines: readonly string[]): TextRange {
  const start = clampPosition(range.start, lines);
  const end = clampPosition(range.end, lines);
  const swapped = end.line < start.line || (end.line === start.line && end.column < start.column);
  return swapped ? { start: end, end: start } : { start, end };
}

function clampPosition({ line, column }: Position, lines: readonly string[]): Position {
  const nearest = Math.min(Math.max(line, 0), lines.length - 1);
  const length = (lines[nearest] ?? '').length;
  if (line !== nearest) return { line: nearest, column: line < 0 ? 0 : length };
  return { line, column: Math.min(Math.max(column, 0), length) };
}
