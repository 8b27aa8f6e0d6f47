import type { Pass } from './pass';

/** Passes over the regular expression that a `/` opens, where it opens one. */
export function passRegex(pass: Pass, slash: number): void {
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
