import { indentOf, pop, push, top, type Pass } from './pass';

/** Lines that are taken whole: heredocs, block scalars, fenced code. True when the line was used up. */
export function takeWholeLine(pass: Pass): boolean {
  const frame = top(pass);
  switch (frame.kind) {
    case 'heredoc':
      if (endsHeredoc(pass.line, frame)) pop(pass);
      return true;
    case 'indented': {
      const indent = indentOf(pass);
      if (indent < 0 || indent > frame.indent) return true;
      pop(pass);
      return false;
    }
    case 'fence': {
      const close = /^[ \t>]*(`{3,}|~{3,})\s*$/.exec(pass.line)?.[1];
      if (close?.startsWith(frame.mark)) pop(pass);
      return true;
    }
    case 'code':
      return frame.rules.syntax.fences === true && opensFence(pass);
    case 'block':
    case 'string':
      return false;
  }
}

function endsHeredoc(line: string, { close, indented }: { close: string; indented: boolean }): boolean {
  const text = indented ? line.trimStart() : line;
  return text.startsWith(close) && /^[;,)]{0,4}\s*$/.test(text.slice(close.length));
}

/** Fences may be indented at will, for they stand in lists and quotations too. */
function opensFence(pass: Pass): boolean {
  const mark = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/.exec(pass.line)?.[1];
  if (mark === undefined) return false;
  push(pass, { kind: 'fence', mark });
  return true;
}

/** Whether the line announces a block scalar (`key: |`, `- >-`, `key: !!str |  # why`), and how far its parent is indented. */
export function openBlockScalar(pass: Pass): void {
  const code = (pass.commentStart < 0 ? pass.line : pass.line.slice(0, pass.commentStart)).trimEnd();
  if (!/[|>][-+1-9]{0,2}$/.test(code.slice(-3))) return;
  if (!/(?:[:?-]|[!&]\S{1,50})\s{1,50}[|>][-+1-9]{0,2}$/.test(code.slice(-200))) return;
  const markers = /^\s*(?:[-?]\s+)*/.exec(code)?.[0] ?? '';
  const bare = /^(?:[!&]\S{1,50}\s{1,50}){0,2}[|>][-+1-9]{0,2}$/.test(code.slice(markers.length));
  // The parent is the key, or for `- |` the dash.
  push(pass, { kind: 'indented', indent: bare ? markers.trimEnd().length - 1 : markers.length });
}
