import type { StringRule } from '../languages/syntax';
import { enclosingCode, find, indentOf, pop, push, widthOf, type Pass } from './pass';
import type { CodeFrame, StringFrame } from './state';

/** Enters the string that `text`, found at `start`, opens. */
export function openString(pass: Pass, text: string, start: number, rule: StringRule, code: CodeFrame): void {
  const { close = text } = rule;
  push(pass, {
    kind: 'string',
    rule,
    close: typeof close === 'string' ? close : close(text),
    docstring: rule.docstring === true && code.depth === 0 && !code.continued && start === indentOf(pass),
  });
}

/** Reads on inside a string. False when it takes the rest of the line. */
export function scanString(pass: Pass, frame: StringFrame): boolean {
  const { rule, close } = frame;
  const start = pass.column;
  let at = start;
  for (;;) {
    const end = find(pass, close, at);
    const inner = rule.interpolation === undefined ? -1 : find(pass, rule.interpolation, at);
    const escape = rule.escape === undefined ? -1 : find(pass, rule.escape, at);
    const first = Math.min(...[end, inner, escape].filter(index => index >= 0));
    if (first === Infinity) {
      document(pass, frame, start, pass.text.length);
      return false;
    }
    if (first === inner) {
      interpolate(pass, inner, rule.interpolation ?? '');
      return true;
    }
    if (first === escape) at = escape + 2;
    else if (rule.doubled && pass.text.startsWith(close, end + close.length)) at = end + 2 * close.length;
    else {
      document(pass, frame, start, end);
      pop(pass);
      pass.column = end + widthOf(close);
      return true;
    }
  }
}

function interpolate(pass: Pass, at: number, opener: string): void {
  const code = enclosingCode(pass);
  if (code) push(pass, { kind: 'code', rules: code.rules, depth: 0, continued: false });
  pass.column = at + opener.length;
}

function document(pass: Pass, frame: StringFrame, start: number, end: number): void {
  if (frame.docstring) pass.comments.push({ start, end, kind: 'docstring', leader: frame.close });
}
