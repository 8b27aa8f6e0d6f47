import type { BlockRule, StringRule, Syntax } from '../languages/syntax-definition';
import {
  type BacktickRuns,
  type BlockFrame,
  type CodeFrame,
  type LineScanner,
  type StringFrame,
  enclosingCode,
  findNext,
  indentOf,
  popFrame,
  pushFrame,
  replaceTopFrame,
  topFrame,
  widthOf,
} from './line-scanner';

/** Enters the block comment that `text` opens. */
export function openBlock(pass: LineScanner, text: string, rule: BlockRule): void {
  const close = typeof rule.close === 'string' ? rule.close : rule.close(text);
  pushFrame(pass, { kind: 'block', open: text.trim(), close, depth: rule.nested ? 1 : 0 });
}

/** Reads on inside a block comment. False when it takes the rest of the line. */
export function scanBlock(pass: LineScanner, frame: BlockFrame): boolean {
  const start = pass.column;
  let { depth } = frame;
  let at = start;
  for (;;) {
    const close = findNext(pass, frame.close, at);
    const open = frame.depth > 0 ? findNext(pass, frame.open, at) : -1;
    if (open >= 0 && (close < 0 || open < close)) {
      depth++;
      at = open + frame.open.length;
    } else if (close < 0) {
      pass.comments.push({ start, end: pass.text.length, kind: 'block', leader: frame.open });
      if (depth !== frame.depth) replaceTopFrame(pass, { ...frame, depth });
      return false;
    } else {
      depth--;
      at = close + widthOf(frame.close);
      if (depth > 0) continue;
      pass.comments.push({ start, end: close, kind: 'block', leader: frame.open });
      popFrame(pass);
      pass.column = at;
      return true;
    }
  }
}

/** Enters the string that `text`, found at `start`, opens. */
export function openString(
  pass: LineScanner,
  text: string,
  start: number,
  rule: StringRule,
  code: CodeFrame,
): void {
  const { close = text } = rule;
  pushFrame(pass, {
    kind: 'string',
    rule,
    close: typeof close === 'string' ? close : close(text),
    docstring: rule.docstring === true && code.depth === 0 && !code.continued && start === indentOf(pass),
  });
}

/** Reads on inside a string. False when it takes the rest of the line. */
export function scanString(pass: LineScanner, frame: StringFrame): boolean {
  const { rule, close } = frame;
  const start = pass.column;
  let at = start;
  for (;;) {
    const end = findNext(pass, close, at);
    const inner = rule.interpolation === undefined ? -1 : findNext(pass, rule.interpolation, at);
    const escape = rule.escape === undefined ? -1 : findNext(pass, rule.escape, at);
    const first = Math.min(...[end, inner, escape].filter(index => index >= 0));
    if (first === Infinity) {
      addDocstring(pass, frame, start, pass.text.length);
      return false;
    }
    if (first === inner) {
      enterInterpolation(pass, inner, rule.interpolation ?? '');
      return true;
    }
    if (first === escape) at = escape + 2;
    else if (rule.doubled && pass.text.startsWith(close, end + close.length)) at = end + 2 * close.length;
    else {
      addDocstring(pass, frame, start, end);
      popFrame(pass);
      pass.column = end + widthOf(close);
      return true;
    }
  }
}

function enterInterpolation(pass: LineScanner, at: number, opener: string): void {
  const code = enclosingCode(pass);
  if (code) pushFrame(pass, { kind: 'code', rules: code.rules, depth: 0, continued: false });
  pass.column = at + opener.length;
}

function addDocstring(pass: LineScanner, frame: StringFrame, start: number, end: number): void {
  if (frame.docstring) pass.comments.push({ start, end, kind: 'docstring', leader: frame.close });
}

/** Passes over the regular expression that a `/` opens, where it opens one. */
export function skipRegexLiteral(pass: LineScanner, slash: number): void {
  if (pass.regexUnclosed || !mayBeginRegex(pass.text, slash)) return;
  const end = endOfRegex(pass.text, slash);
  if (end < 0) pass.regexUnclosed = true;
  else pass.column = end;
}

const KEYWORD_BEFORE_REGEX =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|yield|await|if|unless|when|and|or|not|while|until|elsif)$/;

/** Whether a `/` here divides (after a value) or opens a regular expression (after an operator or keyword). */
function mayBeginRegex(line: string, slash: number): boolean {
  let before = slash - 1;
  while (before >= 0 && /\s/.test(line.charAt(before))) before--;
  if (before < 0) return true;
  if (!/[\w$)\]}'"`]/.test(line.charAt(before))) return true;
  return KEYWORD_BEFORE_REGEX.test(line.slice(Math.max(0, before - 10), before + 1));
}

/** The column behind the literal, or -1 where it does not close on this line. */
function endOfRegex(line: string, slash: number): number {
  let inClass = false;
  for (let i = slash + 1; i < line.length; i++) {
    const c = line[i];
    if (c === '\\') i++;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) return i + 1;
  }
  return -1;
}

/** Passes over inline code: up to the next run of exactly as many backticks, where there is one on this line. */
export function skipInlineCode(pass: LineScanner, count: number): void {
  pass.backticks ??= runsOf(pass.text);
  const runs = pass.backticks.get(count);
  if (!runs) return;
  // Only ever forwards, so that all look-ups together cost no more than one pass.
  while ((runs.starts[runs.next] ?? Infinity) < pass.column) runs.next++;
  const close = runs.starts[runs.next];
  if (close !== undefined) pass.column = close + count;
}

function runsOf(text: string): BacktickRuns {
  const runs: BacktickRuns = new Map();
  for (const { index, 0: run } of text.matchAll(/`+/g)) {
    const same = runs.get(run.length);
    if (same) same.starts.push(index);
    else runs.set(run.length, { starts: [index], next: 0 });
  }
  return runs;
}

/** Lines that are taken whole: heredocs, block scalars, fenced code. True when the line was used up. */
export function takeWholeLine(pass: LineScanner): boolean {
  const frame = topFrame(pass);
  switch (frame.kind) {
    case 'heredoc':
      if (endsHeredoc(pass.line, frame)) popFrame(pass);
      return true;
    case 'indented': {
      const indent = indentOf(pass);
      if (indent < 0 || indent > frame.indent) return true;
      popFrame(pass);
      return false;
    }
    case 'fence': {
      const close = /^[ \t>]*(`{3,}|~{3,})\s*$/.exec(pass.line)?.[1];
      if (close?.startsWith(frame.mark)) popFrame(pass);
      return true;
    }
    case 'code':
      return frame.rules.syntax.fences === true && opensFence(pass, frame.rules.syntax);
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
function opensFence(pass: LineScanner, { sections = [] }: Syntax): boolean {
  const mark = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/.exec(pass.line)?.[1];
  if (mark === undefined || sections.some(({ open }) => new RegExp(open, 'i').test(pass.line))) return false;
  pushFrame(pass, { kind: 'fence', mark });
  return true;
}

/** Whether the line announces a block scalar (`key: |`, `- >-`, `key: !!str |  # why`), and how far its parent is indented. */
export function openBlockScalar(pass: LineScanner): void {
  const code = (pass.commentStart < 0 ? pass.line : pass.line.slice(0, pass.commentStart)).trimEnd();
  if (!/[|>][-+1-9]{0,2}$/.test(code.slice(-3))) return;
  if (!/(?:[:?-]|[!&]\S{1,50})\s{1,50}[|>][-+1-9]{0,2}$/.test(code.slice(-200))) return;
  const markers = /^\s*(?:[-?]\s+)*/.exec(code)?.[0] ?? '';
  const bare = /^(?:[!&]\S{1,50}\s{1,50}){0,2}[|>][-+1-9]{0,2}$/.test(code.slice(markers.length));
  // The parent is the key, or for `- |` the dash.
  pushFrame(pass, { kind: 'indented', indent: bare ? markers.trimEnd().length - 1 : markers.length });
}
