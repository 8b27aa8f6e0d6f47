import type { SectionRule } from '../languages/syntax';
import { enclosingCode, popTo, push, type Pass } from './pass';
import { rulesOf, type Rules } from './rules';

/** Enters a section in another language. */
export function enterSection(pass: Pass, rule: SectionRule): void {
  push(pass, { kind: 'code', rules: rulesOf(rule.language, rule), depth: 0, continued: false });
  limitToSection(pass);
}

/** Hides what lies behind the end of the section the pass is in: inside it, not even a string reaches over that. */
export function limitToSection(pass: Pass): void {
  const section = enclosingCode(pass)?.rules.section;
  if (section?.rule.cuts !== 'everything') return;
  const end = endOfSection(pass, section, pass.column);
  if (end >= 0) changeText(pass, pass.line.slice(0, end));
}

/** Where the section ends, from `at` on, or -1. */
export function endOfSection(pass: Pass, section: NonNullable<Rules['section']>, at: number): number {
  section.end.lastIndex = at;
  return section.end.exec(pass.line)?.index ?? -1;
}

/** Goes on behind the section, with the rest of the line. */
export function resumeBehindSection(pass: Pass): void {
  const end = pass.text.length;
  leaveSection(pass);
  changeText(pass, pass.line);
  pass.column = end;
}

/** Leaves the section the pass is in and whatever is open inside it. */
export function leaveSection(pass: Pass): void {
  const rules = enclosingCode(pass)?.rules;
  if (rules?.section)
    popTo(
      pass,
      pass.frames.findIndex(frame => frame.kind === 'code' && frame.rules === rules),
    );
}

function changeText(pass: Pass, text: string): void {
  pass.text = text;
  pass.commentStart = -1;
  pass.ahead = undefined;
  pass.regexUnclosed = false;
  pass.backticks = undefined;
}
