/** What an expression that puts a path together comes to, and where it ends. */
export interface PathValue {
  readonly value: string;
  /** Behind its last character. */
  readonly end: number;
}

/** Functions that join their arguments by a `/`: of Python, R, Julia and JavaScript. */
const JOINING =
  /^(?:(?:\w+\.){0,3}(?:path\.join|osp\.join|join|file\.path|joinpath|(?:Pure|Posix|PurePosix)?Path)|(?:here::)?here)$/;
/** Methods of a path that give a longer one. */
const METHODS = /^\.(joinpath|glob|rglob)\s*\(/;
/** Methods and functions that leave a path what it is. */
const SAME_METHODS = /^\.(?:resolve|absolute|expanduser|as_posix|iterdir)\s*\(\s*\)/;
const SAME =
  /^(?:str|glob|glob\.glob|glob\.iglob|iglob|os\.fspath|fspath|os\.path\.abspath|abspath|sorted|list)$/;
const NAME = /^[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*){0,4}/;
/** Deeper nesting than anyone writes. */
const MOST_DEPTH = 8;
/** A path is short. */
const LONGEST = 400;

/**
 * What an expression that starts at `at` comes to: a text, texts joined by `+` and `/`, `os.path.join(…)`, `Path(…)` and
 * their kin, or a list of such, then joined by commas. `undefined` where anything in it is not written out.
 */
export function pathExpressionAt(code: string, at: number): PathValue | undefined {
  const start = skipBlanks(code, at);
  return code[start] === '[' ? listAt(code, start) : sumAt(code, start, 0);
}

function listAt(code: string, at: number): PathValue | undefined {
  const values: string[] = [];
  for (let place = at + 1; ;) {
    const item = sumAt(code, skipBlanks(code, place), 0);
    if (!item) return undefined;
    values.push(item.value);
    place = skipBlanks(code, item.end);
    if (code[place] === ',') place = skipBlanks(code, place + 1);
    else if (code[place] !== ']') return undefined;
    if (code[place] === ']') return { value: values.join(','), end: place + 1 };
  }
}

function sumAt(code: string, at: number, depth: number): PathValue | undefined {
  let left = termAt(code, at, depth);
  while (left) {
    const place = skipBlanks(code, left.end);
    const operator = code[place];
    if (operator !== '+' && operator !== '/') return left;
    const right = termAt(code, skipBlanks(code, place + 1), depth);
    if (!right) return undefined;
    const value: string = operator === '+' ? left.value + right.value : joined(left.value, right.value);
    left = { value, end: right.end };
  }
  return undefined;
}

function termAt(code: string, at: number, depth: number): PathValue | undefined {
  if (depth > MOST_DEPTH) return undefined;
  if (code[at] === '(') {
    const inner = sumAt(code, skipBlanks(code, at + 1), depth + 1);
    const end = inner && skipBlanks(code, inner.end);
    return inner && end !== undefined && code[end] === ')'
      ? withMethods(code, { value: inner.value, end: end + 1 }, depth)
      : undefined;
  }
  return textAt(code, at) ?? callAt(code, at, depth);
}

/** A text, or several side by side; none into which something is put, or in which something is escaped. */
function textAt(code: string, at: number): PathValue | undefined {
  let value = '';
  let [end, place] = [-1, at];
  for (;;) {
    const match = /^[rRbBuU]{0,2}(["'`])([^"'`\\{}$\n]{0,400})\1/.exec(
      code.slice(place, place + LONGEST + 10),
    );
    if (!match) return end < 0 || value.length > LONGEST ? undefined : { value, end };
    value += match[2] ?? '';
    end = place + match[0].length;
    place = skipBlanks(code, end);
  }
}

function callAt(code: string, at: number, depth: number): PathValue | undefined {
  const name = NAME.exec(code.slice(at, at + 100))?.[0];
  if (name === undefined) return undefined;
  const open = skipBlanks(code, at + name.length);
  if (code[open] !== '(') return undefined;
  const isJoining = JOINING.test(name);
  if (!isJoining && !SAME.test(name)) return undefined;
  const call = argumentsAt(code, open, depth);
  if (!call || (!isJoining && call.values.length !== 1)) return undefined;
  return withMethods(code, { value: call.values.reduce(joined), end: call.end }, depth);
}

function argumentsAt(
  code: string,
  open: number,
  depth: number,
): { readonly values: readonly string[]; readonly end: number } | undefined {
  const values: string[] = [];
  for (let place = skipBlanks(code, open + 1); ;) {
    const each = sumAt(code, place, depth + 1);
    if (!each) return undefined;
    values.push(each.value);
    place = skipBlanks(code, each.end);
    if (code[place] === ')') return { values, end: place + 1 };
    if (code[place] !== ',') return undefined;
    place = skipBlanks(code, place + 1);
  }
}

function withMethods(code: string, path: PathValue, depth: number): PathValue | undefined {
  let found = path;
  for (;;) {
    const rest = code.slice(found.end, found.end + 100);
    const same = SAME_METHODS.exec(rest)?.[0];
    const [call, method] = METHODS.exec(rest) ?? [];
    if (same !== undefined) found = { ...found, end: found.end + same.length };
    else if (call !== undefined) {
      const inner = argumentsAt(code, found.end + call.length - 1, depth);
      if (!inner) return undefined;
      const below = inner.values.reduce(joined);
      found = { value: joined(found.value, method === 'rglob' ? `**/${below}` : below), end: inner.end };
    } else return rest.startsWith('.') ? undefined : found;
  }
}

function joined(left: string, right: string): string {
  if (right.startsWith('/') || left === '' || left === '.') return right;
  if (right === '' || right === '.') return left;
  return left.endsWith('/') ? left + right : `${left}/${right}`;
}

function skipBlanks(code: string, at: number): number {
  let place = at;
  while (/\s/.test(code.charAt(place))) place++;
  return place;
}

/**
 * The whole expression around a text on a line of code, where it puts a path together: that of the first character from
 * which it can be read. `undefined` where the text is part of one that is not written out.
 */
export function wholePathAround(code: string, start: number, end: number): PathValue | undefined {
  for (const { index } of code.slice(0, start + 1).matchAll(/(?<![\w.])[A-Za-z_"'`(]/g)) {
    const found = sumAt(code, index, 0);
    if (found && found.end >= end) return isWhole(code, index, found.end) ? found : undefined;
  }
  return undefined;
}

/** Whether nothing goes on before or behind, and no function that joins takes it as one of its parts. */
function isWhole(code: string, start: number, end: number): boolean {
  const [before, behind] = [code.slice(0, start).trimEnd(), code.slice(end).trimStart()];
  if (/[-+/%]$/.test(before) || /^(?:[+/%.[]|if\b)/.test(behind)) return false;
  let depth = 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const character = before[i] ?? '';
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && depth-- === 0) {
      const callee =
        /(?<![\w.:])[\w.:]{1,99}\s{0,9}$/.exec(before.slice(Math.max(0, i - 100), i))?.[0].trim() ?? '';
      return !(character === '(' && (JOINING.test(callee) || /\.(?:joinpath|r?glob)$|format$/.test(callee)));
    }
  }
  return true;
}
