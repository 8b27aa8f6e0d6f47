import type { StringRule } from '../languages/syntax-definition';
import type { CompiledSyntax } from './compiled-syntax';

/** The part of a line that is comment text, without its leader. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly kind: 'line' | 'block' | 'docstring';
  /** What opens it (`#`, `//`, `/*`); continued annotations keep to one kind of comment. */
  readonly leader: string;
}

/** Code of some language. */
export interface CodeFrame {
  readonly kind: 'code';
  readonly rules: CompiledSyntax;
  /** Open brackets, where the language counts them. */
  readonly depth: number;
  /** The line before ended with a backslash, so this one does not begin a statement. */
  readonly continued: boolean;
}

export interface BlockFrame {
  readonly kind: 'block';
  readonly open: string;
  readonly close: string;
  /** How many are open, where they nest; 0 where they do not. */
  readonly depth: number;
}

export interface StringFrame {
  readonly kind: 'string';
  readonly rule: StringRule;
  readonly close: string;
  readonly docstring: boolean;
}

/** Lines that are taken whole: a heredoc, a block scalar, fenced code. */
export type WholeLineFrame =
  | { readonly kind: 'heredoc'; readonly close: string; readonly indented: boolean }
  | { readonly kind: 'indented'; readonly indent: number }
  | { readonly kind: 'fence'; readonly mark: string };

/** What a line begins in: code, or something that earlier lines opened. */
type Frame = CodeFrame | BlockFrame | StringFrame | WholeLineFrame;

export interface LexState {
  /** From the outermost in. */
  readonly frames: readonly Frame[];
}

/** Whether lines read the same from both: how an edit knows that nothing below it changed. */
export function sameState(a: LexState, b: LexState): boolean {
  return (
    a === b ||
    (a.frames.length === b.frames.length && a.frames.every((frame, i) => sameFrame(frame, b.frames[i])))
  );
}

function sameFrame(a: Frame, b: Frame | undefined): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'code':
      return b?.kind === 'code' && a.rules === b.rules && a.depth === b.depth && a.continued === b.continued;
    case 'block':
      return b?.kind === 'block' && a.open === b.open && a.close === b.close && a.depth === b.depth;
    case 'string':
      return b?.kind === 'string' && a.rule === b.rule && a.close === b.close && a.docstring === b.docstring;
    case 'heredoc':
      return b?.kind === 'heredoc' && a.close === b.close && a.indented === b.indented;
    case 'indented':
      return b?.kind === 'indented' && a.indent === b.indent;
    case 'fence':
      return b?.kind === 'fence' && a.mark === b.mark;
  }
}

/** One pass over one line. It lives no longer than the call that makes it, and is changed as the pass goes on. */
export interface LineScanner {
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

export function createLineScanner(line: string, state: LexState): LineScanner {
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

export function topFrame(pass: LineScanner): Frame {
  const frame = pass.frames.at(-1);
  if (!frame) throw new Error('A state has at least one frame.');
  return frame;
}

/** The code that the pass is in, or that contains the string it is in. */
export function enclosingCode(pass: LineScanner): CodeFrame | undefined {
  return pass.frames.findLast(frame => frame.kind === 'code');
}

export function pushFrame(pass: LineScanner, frame: Frame): void {
  if (pass.frames.length >= MAX_NESTING) return;
  pass.touched = true;
  pass.frames.push(frame);
}

/** Leaves the innermost frame; the outermost stays. */
export function popFrame(pass: LineScanner): void {
  popFramesTo(pass, pass.frames.length - 1);
}

/** Keeps the outermost `count` frames. */
export function popFramesTo(pass: LineScanner, count: number): void {
  if (count < 1 || count >= pass.frames.length) return;
  pass.touched = true;
  pass.frames.length = count;
}

export function replaceTopFrame(pass: LineScanner, frame: Frame): void {
  pass.touched = true;
  pass.frames[pass.frames.length - 1] = frame;
}

/** Where `text` comes next from `at` on, or -1; one that begins with a line break stands at the beginning of a line. */
export function findNext(pass: LineScanner, text: string, at: number): number {
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
export function indentOf(pass: LineScanner): number {
  pass.indent ??= pass.line.search(/\S/);
  return pass.indent;
}
