import { passInlineCode } from './backticks';
import { openBlock } from './blocks';
import { pop, push, replaceTop, top, indentOf, type Pass } from './pass';
import { endOfSection, enterSection, leaveSection } from './sections';
import { passRegex } from './slashes';
import { openString } from './strings';
import type { CodeFrame } from './state';
import { openBlockScalar } from './whole-lines';

/** Before a line of code is read: an unclosed bracket of half-typed code ends where a statement begins. */
export function beginLineOfCode(pass: Pass): void {
  const frame = top(pass);
  if (frame.kind !== 'code' || frame.depth === 0 || pass.frames.length > 1) return;
  if (frame.rules.syntax.brackets?.statement.test(pass.line.slice(0, indentOf(pass) + 20)))
    replaceTop(pass, { ...frame, depth: 0 });
}

/** Reads on in code, up to and over the next thing that is not plain code. False when nothing follows on this line. */
export function scanCode(pass: Pass, frame: CodeFrame): boolean {
  const { code, found } = frame.rules;
  code.lastIndex = pass.column;
  const match = code.exec(pass.text);
  if (!match) return false;
  pass.column = match.index + Math.max(match[0].length, 1);
  const what = found.find(({ group }) => match[group] !== undefined)?.found;
  switch (what?.kind) {
    case 'line':
      return lineComment(pass, match, frame);
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
      bracket(pass, frame, what.kind);
      return true;
    case 'slash':
      passRegex(pass, match.index);
      return true;
    case 'backticks':
      passInlineCode(pass, match[0].length);
      return true;
    case 'atom':
    case undefined:
      return true;
  }
}

/** A comment up to the end of the line, or of a section that ends even those. */
function lineComment(pass: Pass, match: RegExpExecArray, { rules }: CodeFrame): boolean {
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

function bracket(pass: Pass, frame: CodeFrame, kind: 'open' | 'close'): void {
  const interpolated = pass.frames.at(-2)?.kind === 'string';
  // Elsewhere nothing depends on brackets, and a state that varies less makes edits cheaper.
  if (!interpolated && !frame.rules.syntax.brackets) return;
  if (kind === 'open') replaceTop(pass, { ...frame, depth: frame.depth + 1 });
  else if (frame.depth > 0) replaceTop(pass, { ...frame, depth: frame.depth - 1 });
  else if (interpolated) pop(pass);
}

/** What the line break means: strings that end with their line, backslashes, heredocs and block scalars that begin. */
export function endLine(pass: Pass): void {
  const frame = top(pass);
  if (frame.kind === 'code') {
    const { syntax } = frame.rules;
    const continued = syntax.brackets !== undefined && pass.commentStart < 0 && endsWithBackslash(pass.line);
    if (continued !== frame.continued) replaceTop(pass, { ...frame, continued });
    if (syntax.blockScalars) openBlockScalar(pass);
  }
  for (const heredoc of pass.heredocs?.reverse() ?? []) push(pass, heredoc);
}

/** The outermost string that ends with this line takes along what is open inside it. */
export function firstEndingString(pass: Pass): number {
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
