/** Where a line begins: in code, or inside something that earlier lines opened. */
export type Frame =
  | {
      readonly kind: 'code';
      /** The key of the rules in force. */
      readonly rules: string;
      /** Open brackets, where the language counts them. */
      readonly depth: number;
      /** The line before ended with a backslash, so this one does not begin a statement. */
      readonly continued: boolean;
    }
  | {
      readonly kind: 'block';
      readonly rule: number;
      readonly close: string;
      readonly open: string;
      readonly depth: number;
    }
  | { readonly kind: 'string'; readonly rule: number; readonly close: string; readonly docstring: boolean }
  | { readonly kind: 'heredoc'; readonly close: string; readonly indented: boolean }
  | { readonly kind: 'indented'; readonly indent: number }
  | { readonly kind: 'fence'; readonly mark: string };

export interface LexState {
  readonly frames: readonly Frame[];
  /** Equal keys mean equal states: how an edit knows that nothing below it changed. */
  readonly key: string;
}

export function makeState(frames: readonly Frame[]): LexState {
  return { frames, key: frames.map(frameKey).join('\u0001') };
}

function frameKey(frame: Frame): string {
  switch (frame.kind) {
    case 'code':
      return `c${frame.rules}:${frame.depth}${frame.continued ? '+' : ''}`;
    case 'block':
      return `b${frame.rule}:${frame.depth}:${frame.close}`;
    case 'string':
      return `s${frame.rule}:${frame.docstring ? 'd' : ''}${frame.close}`;
    case 'heredoc':
      return `h${frame.indented ? '-' : ''}${frame.close}`;
    case 'indented':
      return `i${frame.indent}`;
    case 'fence':
      return `f${frame.mark}`;
  }
}
