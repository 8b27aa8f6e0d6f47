import { rulesOf, type Found, type Rules } from './rules';
import { makeState, type Frame, type LexState } from './state';

/** The part of a line that is comment text, without its leader. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly kind: 'line' | 'block' | 'docstring';
  /** What opens it (`#`, `//`, `/*`); continued annotations keep to one kind of comment. */
  readonly leader: string;
}

export interface LexedLine {
  readonly comments: readonly Comment[];
  /** The state in which the next line begins. */
  readonly next: LexState;
}

/** The state at the beginning of a text. */
export function initialState(languageId: string): LexState {
  return makeState([{ kind: 'code', rules: languageId, depth: 0, continued: false }]);
}

/**
 * Finds the comments of one line (without its line break), in time linear in its length.
 * A string, a heredoc, fenced code or a block scalar is no comment, whatever it looks like.
 */
export function lexLine(line: string, state: LexState): LexedLine {
  const scan = new LineScan(line, state);
  scan.run();
  return { comments: scan.comments, next: scan.finish(state) };
}

/** Deeper nesting than anyone writes; bounds the work for each line. */
const MAX_NESTING = 64;

type CodeFrame = Extract<Frame, { kind: 'code' }>;

/** One pass over one line; lives no longer than the call. */
class LineScan {
  readonly comments: Comment[] = [];
  private readonly frames: Frame[];
  private readonly heredocs: Frame[] = [];
  private column = 0;
  private touched = false;
  /** Set once `/` or a back-tick was seen not to close on this line, so that no later one looks again. */
  private unclosed = false;
  private lineComment = false;
  /** Where each searched text comes next, so that no search passes over the same characters twice. */
  private readonly ahead = new Map<string, number>();

  constructor(
    private readonly line: string,
    state: LexState,
  ) {
    this.frames = [...state.frames];
  }

  run(): void {
    if (this.wholeLine()) return;
    while (this.column <= this.line.length) {
      const frame = this.top();
      const more =
        frame.kind === 'code'
          ? this.code(frame)
          : frame.kind === 'block'
            ? this.block(frame)
            : frame.kind === 'string'
              ? this.string(frame)
              : false;
      if (!more) return;
    }
  }

  /** The state after the line break; the old one itself where nothing changed. */
  finish(before: LexState): LexState {
    this.endOfLine();
    return this.touched ? makeState(this.frames) : before;
  }

  /** Modes that take lines whole. True when the line was used up. */
  private wholeLine(): boolean {
    const frame = this.top();
    if (frame.kind === 'heredoc') {
      const text = frame.indented ? this.line.trim() : this.line.trimEnd();
      if (text.startsWith(frame.close) && /^[;,)]{0,4}$/.test(text.slice(frame.close.length))) this.pop();
      return true;
    }
    if (frame.kind === 'indented') {
      const indent = this.line.search(/\S/);
      if (indent < 0 || indent > frame.indent) return true;
      this.pop();
      return false;
    }
    if (frame.kind === 'fence') {
      const close = /^ {0,3}([`~]+)\s*$/.exec(this.line)?.[1];
      if (close?.startsWith(frame.mark)) this.pop();
      return true;
    }
    return frame.kind === 'code' && this.opensFence(frame);
  }

  private opensFence(frame: CodeFrame): boolean {
    if (!this.rules(frame).syntax.fences) return false;
    const mark = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(this.line)?.[1];
    if (mark === undefined) return false;
    this.push({ kind: 'fence', mark });
    return true;
  }

  private code(frame: CodeFrame): boolean {
    const rules = this.rules(frame);
    const pattern = rules.code;
    pattern.lastIndex = this.column;
    const match = pattern.exec(this.line);
    if (!match) return false;
    const found = whichAlternative(rules, match);
    const start = match.index;
    this.column = start + Math.max(match[0].length, 1);
    this.act(found, match, start, frame, rules);
    return !this.lineComment;
  }

  private act(found: Found, match: RegExpExecArray, start: number, frame: CodeFrame, rules: Rules): void {
    const text = match[0];
    switch (found.kind) {
      case 'atom':
        return;
      case 'line':
        this.comments.push({ start: this.column, end: this.line.length, kind: 'line', leader: text.trim() });
        this.lineComment = true;
        return;
      case 'block':
        this.openBlock(text, found.rule, rules);
        return;
      case 'string':
        this.openString(text, start, found.rule, frame, rules);
        return;
      case 'heredoc':
        this.heredocs.push({
          kind: 'heredoc',
          close: match.groups?.['tag'] ?? match.groups?.['bare'] ?? '',
          indented: match.groups?.['indent'] !== '' || this.rules(frame).syntax.ids.includes('php'),
        });
        return;
      case 'embedded': {
        const section = rules.syntax.embedded?.[found.rule];
        if (!section) return;
        const inner = rulesOf(section.language, section.close);
        this.push({ kind: 'code', rules: inner.id, depth: 0, continued: false });
        return;
      }
      case 'embedded-end':
        this.pop();
        return;
      case 'open':
        this.replaceTop({ ...frame, depth: frame.depth + 1 });
        return;
      case 'close':
        if (frame.depth > 0) this.replaceTop({ ...frame, depth: frame.depth - 1 });
        else if (this.frames.length > 1 && this.frames.at(-2)?.kind === 'string') this.pop();
        return;
      case 'slash':
        this.regexLiteral(start);
        return;
      case 'fence-mark':
        this.inlineCode(text);
        return;
    }
  }

  private openBlock(text: string, rule: number, rules: Rules): void {
    const block = rules.blocks[rule];
    if (!block) return;
    const close = typeof block.close === 'string' ? block.close : block.close(text);
    this.push({ kind: 'block', rule, close, open: text.trim(), depth: block.nested ? 1 : 0 });
  }

  private block(frame: Extract<Frame, { kind: 'block' }>): boolean {
    const start = this.column;
    let depth = frame.depth;
    let at = start;
    for (;;) {
      const close = this.find(frame.close, at);
      const open = frame.depth > 0 ? this.find(frame.open, at) : -1;
      if (open >= 0 && (close < 0 || open < close)) {
        depth++;
        at = open + frame.open.length;
      } else if (close < 0) {
        this.comments.push({ start, end: this.line.length, kind: 'block', leader: frame.open });
        if (depth !== frame.depth) this.replaceTop({ ...frame, depth });
        return false;
      } else {
        depth--;
        at = close + frame.close.trim().length;
        if (depth > 0) continue;
        this.comments.push({ start, end: close, kind: 'block', leader: frame.open });
        this.pop();
        this.column = at;
        return true;
      }
    }
  }

  private openString(text: string, start: number, rule: number, frame: CodeFrame, rules: Rules): void {
    const string = rules.strings[rule];
    if (!string) return;
    const close =
      string.close === undefined
        ? text
        : typeof string.close === 'string'
          ? string.close
          : string.close(text);
    const statement = frame.depth === 0 && !frame.continued && start === this.line.search(/\S/);
    this.push({ kind: 'string', rule, close, docstring: string.docstring === true && statement });
  }

  private string(frame: Extract<Frame, { kind: 'string' }>): boolean {
    const rule = this.rules(this.enclosingCode()).strings[frame.rule];
    const start = this.column;
    let at = start;
    for (;;) {
      const close = this.find(frame.close, at);
      const escape = rule?.escapes ? this.find('\\', at) : -1;
      const inner = rule?.interpolation === undefined ? -1 : this.find(rule.interpolation, at);
      const first = Math.min(...[close, escape, inner].map(index => (index < 0 ? Infinity : index)));
      if (first === Infinity) {
        if (frame.docstring) this.docstring(start, this.line.length, frame);
        this.column = this.line.length + 1;
        return false;
      }
      if (first === escape) {
        at = escape + 2;
        continue;
      }
      if (first === close) {
        if (frame.docstring) this.docstring(start, close, frame);
        this.pop();
        this.column = close + frame.close.length;
        return true;
      }
      this.push({ kind: 'code', rules: this.enclosingCode().rules, depth: 0, continued: false });
      this.column = inner + (rule?.interpolation?.length ?? 1);
      return true;
    }
  }

  private docstring(start: number, end: number, frame: Extract<Frame, { kind: 'string' }>): void {
    this.comments.push({ start, end, kind: 'docstring', leader: frame.close });
  }

  /** `text` from `at` on, or -1; one that begins with a line break stands at the beginning of a line. */
  private find(text: string, at: number): number {
    if (text.startsWith('\n'))
      return at === 0 && text.length > 1 && this.line.startsWith(text.slice(1)) ? 0 : -1;
    const known = this.ahead.get(text);
    if (known !== undefined && (known < 0 || known >= at)) return known;
    const index = this.line.indexOf(text, at);
    this.ahead.set(text, index);
    return index;
  }

  private regexLiteral(slash: number): void {
    if (this.unclosed || !mayBeginRegex(this.line, slash)) return;
    const end = endOfRegex(this.line, slash);
    if (end < 0) this.unclosed = true;
    else this.column = end;
  }

  private inlineCode(mark: string): void {
    if (this.unclosed) return;
    let close = this.find(mark, this.column);
    while (close >= 0 && this.line[close + mark.length] === '`') {
      let end = close;
      while (this.line[end] === '`') end++;
      close = this.find(mark, end);
    }
    if (close < 0) this.unclosed = true;
    else this.column = close + mark.length;
  }

  private endOfLine(): void {
    while (this.frames.length > 1) {
      const frame = this.top();
      if (frame.kind !== 'string' || this.survivesLineBreak(frame)) break;
      this.pop();
    }
    const frame = this.top();
    if (frame.kind === 'code') this.endOfCode(frame);
    for (const heredoc of this.heredocs.reverse()) this.push(heredoc);
  }

  private survivesLineBreak(frame: Extract<Frame, { kind: 'string' }>): boolean {
    const rule = this.rules(this.enclosingCode()).strings[frame.rule];
    if (rule?.lines === 'many') return true;
    return rule?.lines === 'continued' && endsWithBackslash(this.line);
  }

  private endOfCode(frame: CodeFrame): void {
    const { syntax } = this.rules(frame);
    if (
      syntax.blockScalars &&
      !this.lineComment &&
      /(?:^|[:\-?]|[!&]\S+)\s+[|>][-+\d]{0,3}\s*$/.test(this.line.slice(-200))
    )
      this.push({ kind: 'indented', indent: Math.max(this.line.search(/\S/), 0) });
    if (!syntax.brackets) return;
    // `def` and `class` cannot stand inside brackets: an unclosed bracket above (half-typed code) ends here.
    const depth =
      frame.depth > 0 && /^(?:async\s+def|def|class|function|module)\s/.test(this.line)
        ? bracketsOf(this.line)
        : frame.depth;
    const continued = !this.lineComment && endsWithBackslash(this.line);
    if (depth !== frame.depth || continued !== frame.continued)
      this.replaceTop({ ...frame, depth, continued });
  }

  private rules(frame: CodeFrame): Rules {
    const [language = '', until] = frame.rules.split(' until ');
    return rulesOf(language, until);
  }

  private enclosingCode(): CodeFrame {
    const frame = this.frames.findLast((candidate): candidate is CodeFrame => candidate.kind === 'code');
    return frame ?? { kind: 'code', rules: '', depth: 0, continued: false };
  }

  private top(): Frame {
    return this.frames.at(-1) ?? { kind: 'code', rules: '', depth: 0, continued: false };
  }
  private push(frame: Frame): void {
    if (this.frames.length >= MAX_NESTING) return;
    this.touched = true;
    this.frames.push(frame);
  }
  private pop(): void {
    this.touched = true;
    this.frames.pop();
  }
  private replaceTop(frame: Frame): void {
    this.pop();
    this.push(frame);
  }
}

function whichAlternative(rules: Rules, match: RegExpExecArray): Found {
  const groups = match.groups ?? {};
  for (let i = 0; i < rules.found.length; i++) {
    const found = rules.found[i];
    if (found && groups[`a${i}`] !== undefined) return found;
  }
  return { kind: 'atom' };
}

/** Whether a `/` here divides (after a value) or opens a regular expression (after an operator or keyword). */
function mayBeginRegex(line: string, slash: number): boolean {
  let before = slash - 1;
  while (before >= 0 && /\s/.test(line.charAt(before))) before--;
  if (before < 0) return true;
  if (!/[\w$)\]}'"`]/.test(line.charAt(before))) return true;
  return /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|yield|await)$/.test(
    line.slice(Math.max(0, before - 10), before + 1),
  );
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

function endsWithBackslash(line: string): boolean {
  let backslashes = 0;
  while (line.charAt(line.length - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function bracketsOf(line: string): number {
  let depth = 0;
  for (const c of line.replace(/#.*$/, '')) {
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth = Math.max(0, depth - 1);
  }
  return depth;
}
