import type { SectionRule } from '../languages/syntax-definition';
import { type CompiledSyntax, compiledSyntaxOf } from './compiled-syntax';
import {
  openBlock,
  openBlockScalar,
  openString,
  scanBlock,
  scanString,
  skipInlineCode,
  skipRegexLiteral,
  takeWholeLine,
} from './delimited-text';
import {
  type CodeFrame,
  type Comment,
  type LexState,
  type LineScanner,
  createLineScanner,
  enclosingCode,
  indentOf,
  popFrame,
  popFramesTo,
  pushFrame,
  replaceTopFrame,
  sameState,
  topFrame,
} from './line-scanner';

/** Enters a section in another language. */
function enterSection(pass: LineScanner, rule: SectionRule): void {
  pushFrame(pass, { kind: 'code', rules: compiledSyntaxOf(rule.language, rule), depth: 0, continued: false });
  limitToSection(pass);
}

/** Hides what lies behind the end of the section the pass is in: inside it, not even a string reaches over that. */
function limitToSection(pass: LineScanner): void {
  const section = enclosingCode(pass)?.rules.section;
  if (section?.rule.cuts !== 'everything') return;
  const end = endOfSection(pass, section, pass.column);
  if (end >= 0) changeText(pass, pass.line.slice(0, end));
}

/** Where the section ends, from `at` on, or -1. */
function endOfSection(
  pass: LineScanner,
  section: NonNullable<CompiledSyntax['section']>,
  at: number,
): number {
  section.end.lastIndex = at;
  return section.end.exec(pass.line)?.index ?? -1;
}

/** Goes on behind the section, with the rest of the line. */
function resumeBehindSection(pass: LineScanner): void {
  const end = pass.text.length;
  leaveSection(pass);
  changeText(pass, pass.line);
  pass.column = end;
}

/** Leaves the section the pass is in and whatever is open inside it. */
function leaveSection(pass: LineScanner): void {
  const rules = enclosingCode(pass)?.rules;
  if (rules?.section)
    popFramesTo(
      pass,
      pass.frames.findIndex(frame => frame.kind === 'code' && frame.rules === rules),
    );
}

function changeText(pass: LineScanner, text: string): void {
  pass.text = text;
  pass.commentStart = -1;
  pass.ahead = undefined;
  pass.regexUnclosed = false;
  pass.backticks = undefined;
}

/** Before a line of code is read: an unclosed bracket of half-typed code ends where a statement begins. */
function beginLineOfCode(pass: LineScanner): void {
  const frame = topFrame(pass);
  if (frame.kind !== 'code' || frame.depth === 0 || pass.frames.length > 1) return;
  if (frame.rules.syntax.brackets?.statement.test(pass.line.slice(0, indentOf(pass) + 20)))
    replaceTopFrame(pass, { ...frame, depth: 0 });
}

/** Reads on in code, up to and over the next thing that is not plain code. False when nothing follows on this line. */
function scanCode(pass: LineScanner, frame: CodeFrame): boolean {
  const { code, found } = frame.rules;
  code.lastIndex = pass.column;
  const match = code.exec(pass.text);
  if (!match) return false;
  pass.column = match.index + Math.max(match[0].length, 1);
  const what = found.find(({ group }) => match[group] !== undefined)?.found;
  switch (what?.kind) {
    case 'line':
      return addLineComment(pass, match, frame);
    case 'block':
      openBlock(pass, match[0], what.rule);
      return true;
    case 'string':
      openString(pass, match[0], match.index, what.rule, frame);
      return true;
    case 'heredoc':
      (pass.heredocs ??= []).push({
        kind: 'heredoc',
        close: match.groups?.['tag'] ?? match.groups?.['bare'] ?? '',
        indented: what.rule.indented === 'always' || match.groups?.['indent'] !== '',
      });
      return true;
    case 'section':
      enterSection(pass, what.rule);
      return true;
    case 'section-end':
      leaveSection(pass);
      return true;
    case 'open':
    case 'close':
      countBracket(pass, frame, what.kind);
      return true;
    case 'slash':
      skipRegexLiteral(pass, match.index);
      return true;
    case 'backticks':
      skipInlineCode(pass, match[0].length);
      return true;
    case 'atom':
    case undefined:
      return true;
  }
}

/** A comment up to the end of the line, or of a section that ends even those. */
function addLineComment(pass: LineScanner, match: RegExpExecArray, { rules }: CodeFrame): boolean {
  const end = rules.section ? endOfSection(pass, rules.section, pass.column) : -1;
  pass.commentStart = match.index;
  pass.comments.push({
    start: pass.column,
    end: end < 0 ? pass.text.length : end,
    kind: 'line',
    leader: match[0].trim(),
  });
  if (end < 0) return false;
  pass.column = end;
  return true;
}

function countBracket(pass: LineScanner, frame: CodeFrame, kind: 'open' | 'close'): void {
  const interpolated = pass.frames.at(-2)?.kind === 'string';
  // Elsewhere nothing depends on brackets, and a state that varies less makes edits cheaper.
  if (!interpolated && !frame.rules.syntax.brackets) return;
  if (kind === 'open') replaceTopFrame(pass, { ...frame, depth: frame.depth + 1 });
  else if (frame.depth > 0) replaceTopFrame(pass, { ...frame, depth: frame.depth - 1 });
  else if (interpolated) popFrame(pass);
}

/** What the line break means: strings that end with their line, backslashes, heredocs and block scalars that begin. */
function endLine(pass: LineScanner): void {
  const frame = topFrame(pass);
  if (frame.kind === 'code') {
    const { syntax } = frame.rules;
    const continued = syntax.brackets !== undefined && pass.commentStart < 0 && endsWithBackslash(pass.line);
    if (continued !== frame.continued) replaceTopFrame(pass, { ...frame, continued });
    if (syntax.blockScalars) openBlockScalar(pass);
  }
  for (const heredoc of pass.heredocs?.reverse() ?? []) pushFrame(pass, heredoc);
}

/** The outermost string that ends with this line takes along what is open inside it. */
function firstEndingString(pass: LineScanner): number {
  const carriedOn = endsWithBackslash(pass.line);
  return pass.frames.findIndex(
    (frame, i) =>
      frame.kind === 'string' &&
      frame.rule.lines !== 'many' &&
      !(frame.rule.lines === 'continued' && carriedOn && i === pass.frames.length - 1),
  );
}

function endsWithBackslash(line: string): boolean {
  let backslashes = 0;
  while (line.charAt(line.length - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}

export interface LexedLine {
  readonly comments: readonly Comment[];
  /** The state in which the next line begins; the same object where nothing changed. */
  readonly next: LexState;
}

/** The state at the beginning of a text. */
export function initialState(languageId: string): LexState {
  return { frames: [{ kind: 'code', rules: compiledSyntaxOf(languageId), depth: 0, continued: false }] };
}

/**
 * Finds the comments of one line (without its line break), in time linear in its length.
 * A string, a heredoc, fenced code or a block scalar is no comment, whatever it looks like.
 */
export function lexLine(line: string, state: LexState): LexedLine {
  const pass = createLineScanner(line, state);
  limitToSection(pass);
  if (!takeWholeLine(pass)) {
    beginLineOfCode(pass);
    scanLine(pass);
    const ending = firstEndingString(pass);
    if (ending > 0) popFramesTo(pass, ending);
    endLine(pass);
  }
  return {
    comments: pass.comments,
    next: pass.touched && !sameState(pass, state) ? { frames: pass.frames } : state,
  };
}

function scanLine(pass: LineScanner): void {
  for (;;) {
    while (pass.column <= pass.text.length && scanFrame(pass));
    if (pass.text.length === pass.line.length) return;
    resumeBehindSection(pass);
  }
}

/** Reads on, in whatever the pass is in. False when the rest of the text is used up. */
function scanFrame(pass: LineScanner): boolean {
  const frame = topFrame(pass);
  switch (frame.kind) {
    case 'code':
      return scanCode(pass, frame);
    case 'block':
      return scanBlock(pass, frame);
    case 'string':
      return scanString(pass, frame);
    case 'heredoc':
    case 'indented':
    case 'fence':
      return false;
  }
}
