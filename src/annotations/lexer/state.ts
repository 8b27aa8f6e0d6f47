import type { StringRule } from '../languages/syntax';
import type { Rules } from './rules';

/** Code of some language. */
export interface CodeFrame {
  readonly kind: 'code';
  readonly rules: Rules;
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
export type Frame = CodeFrame | BlockFrame | StringFrame | WholeLineFrame;

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
