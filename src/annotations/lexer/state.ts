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
  /** Equal keys mean equal states: how an edit knows that nothing below it changed. */
  readonly key: string;
}

export function makeState(frames: readonly Frame[]): LexState {
  return { frames, key: frames.map(frameKey).join('\n') };
}

/** Whatever decides how the frame reads on; quoted, so that no text can pass for another frame. */
function frameKey(frame: Frame): string {
  switch (frame.kind) {
    case 'code':
      return `code ${JSON.stringify(frame.rules.id)} ${frame.depth}${frame.continued ? '+' : ''}`;
    case 'block':
      return `block ${frame.depth} ${JSON.stringify([frame.open, frame.close])}`;
    case 'string': {
      const { escape, lines, doubled, interpolation } = frame.rule;
      return `string ${JSON.stringify([frame.close, frame.docstring, escape, lines, doubled, interpolation])}`;
    }
    case 'heredoc':
      return `heredoc ${frame.indented ? '-' : ''}${JSON.stringify(frame.close)}`;
    case 'indented':
      return `indented ${frame.indent}`;
    case 'fence':
      return `fence ${frame.mark}`;
  }
}
