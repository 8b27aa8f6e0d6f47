import { scanBlock } from './blocks';
import { beginLineOfCode, endLine, firstEndingString, scanCode } from './code';
import { beginPass, popTo, top, type Pass } from './pass';
import { rulesOf } from './rules';
import { limitToSection, resumeBehindSection } from './sections';
import { sameState, type LexState } from './state';
import { scanString } from './strings';
import { takeWholeLine } from './whole-lines';

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
  /** The state in which the next line begins; the same object where nothing changed. */
  readonly next: LexState;
}

/** The state at the beginning of a text. */
export function initialState(languageId: string): LexState {
  return { frames: [{ kind: 'code', rules: rulesOf(languageId), depth: 0, continued: false }] };
}

/**
 * Finds the comments of one line (without its line break), in time linear in its length.
 * A string, a heredoc, fenced code or a block scalar is no comment, whatever it looks like.
 */
export function lexLine(line: string, state: LexState): LexedLine {
  const pass = beginPass(line, state);
  limitToSection(pass);
  if (!takeWholeLine(pass)) {
    beginLineOfCode(pass);
    scanLine(pass);
    const ending = firstEndingString(pass);
    if (ending > 0) popTo(pass, ending);
    endLine(pass);
  }
  return {
    comments: pass.comments,
    next: pass.touched && !sameState(pass, state) ? { frames: pass.frames } : state,
  };
}

function scanLine(pass: Pass): void {
  for (;;) {
    while (pass.column <= pass.text.length && scanOn(pass));
    if (pass.text.length === pass.line.length) return;
    resumeBehindSection(pass);
  }
}

/** Reads on, in whatever the pass is in. False when the rest of the text is used up. */
function scanOn(pass: Pass): boolean {
  const frame = top(pass);
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
