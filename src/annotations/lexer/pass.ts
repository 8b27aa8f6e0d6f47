import type { Comment } from './comments';
import type { CodeFrame, Frame, LexState } from './state';

/** One pass over one line. It lives no longer than the call that makes it, and is changed as the pass goes on. */
export interface Pass {
  readonly line: string;
  /** The line, or what of it lies before the end of the section it is in. */
  text: string;
  column: number;
  readonly frames: Frame[];
  readonly comments: Comment[];
  /** Heredocs announced on this line; they begin on the next. */
  heredocs: Frame[] | undefined;
  /** Whether any frame changed. */
  touched: boolean;
  /** Where the leader of a line comment begins, or -1. */
  commentStart: number;
  /** Where each searched text comes next, so that no search passes over the same characters twice. */
  ahead: Map<string, number> | undefined;
  /** Set once a `/` was seen not to close on this line, so that no later one looks again. */
  regexUnclosed: boolean;
  /** Runs of backticks by their length, found when the first is met. */
  backticks: BacktickRuns | undefined;
  /** The column of the first character that is no white space, once asked for. */
  indent: number | undefined;
}

export type BacktickRuns = Map<number, { readonly starts: number[]; next: number }>;

export function beginPass(line: string, state: LexState): Pass {
  return {
    line,
    text: line,
    column: 0,
    frames: [...state.frames],
    comments: [],
    heredocs: undefined,
    touched: false,
    commentStart: -1,
    ahead: undefined,
    regexUnclosed: false,
    backticks: undefined,
    indent: undefined,
  };
}

/** Deeper nesting than anyone writes; bounds the work for each line. */
const MAX_NESTING = 64;

export function top(pass: Pass): Frame {
  const frame = pass.frames.at(-1);
  if (!frame) throw new Error('A state has at least one frame.');
  return frame;
}

/** The code that the pass is in, or that the string it is in stands in. */
export function enclosingCode(pass: Pass): CodeFrame | undefined {
  return pass.frames.findLast(frame => frame.kind === 'code');
}

export function push(pass: Pass, frame: Frame): void {
  if (pass.frames.length >= MAX_NESTING) return;
  pass.touched = true;
  pass.frames.push(frame);
}

/** Leaves the innermost frame; the outermost stays. */
export function pop(pass: Pass): void {
  popTo(pass, pass.frames.length - 1);
}

/** Keeps the outermost `count` frames. */
export function popTo(pass: Pass, count: number): void {
  if (count < 1 || count >= pass.frames.length) return;
  pass.touched = true;
  pass.frames.length = count;
}

export function replaceTop(pass: Pass, frame: Frame): void {
  pass.touched = true;
  pass.frames[pass.frames.length - 1] = frame;
}

/** Where `text` comes next from `at` on, or -1; one that begins with a line break stands at the beginning of a line. */
export function find(pass: Pass, text: string, at: number): number {
  if (text.startsWith('\n')) return at === 0 && pass.text.startsWith(text.slice(1)) ? 0 : -1;
  pass.ahead ??= new Map();
  const known = pass.ahead.get(text);
  if (known !== undefined && (known < 0 || known >= at)) return known;
  const index = pass.text.indexOf(text, at);
  pass.ahead.set(text, index);
  return index;
}

/** How many characters of a line a text takes; a line break at its beginning takes none. */
export function widthOf(text: string): number {
  return text.startsWith('\n') ? text.length - 1 : text.length;
}

/** The column of the first character that is no white space, or -1. */
export function indentOf(pass: Pass): number {
  pass.indent ??= pass.line.search(/\S/);
  return pass.indent;
}
