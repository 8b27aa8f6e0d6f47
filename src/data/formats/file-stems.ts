/** What stands before the number of one of several files that were made of one thing. */
const COUNTED: ReadonlySet<string> = new Set(
  (
    'frame frames frm img image pic slice crop patch tile aug seg segment part chunk window view shot take rep ' +
    'f s t z'
  ).split(' '),
);

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isLetter = (char: string | undefined): boolean => char !== undefined && /^\p{L}$/u.test(char);
const isSeparator = (char: string | undefined): boolean => char !== undefined && ' _.-'.includes(char);

/** Longer names are no names of frames. */
const LONGEST = 255;

/**
 * A file's name without its ending and without what counts it: `walk-03_frame_0012.png` → `walk-03`. Files of one stem are
 * often made of one thing: frames of a recording, patches of a slide.
 */
export function stemOf(name: string): string {
  if (name.length > LONGEST) return name;
  const bare = name.replace(/(?:\.[a-z][a-z0-9]{0,4}){1,2}$/i, '');
  const before = (end: number, isOne: (char: string | undefined) => boolean): number => {
    let at = end;
    while (at > 0 && isOne(bare[at - 1])) at--;
    return at;
  };
  const closing = bare.endsWith(')') ? bare.length - 1 : bare.length;
  const digits = before(closing, isDigit);
  if (digits === closing || (closing < bare.length && bare[digits - 1] !== '(')) return bare;
  const counter = before(closing < bare.length ? digits - 1 : digits, isSeparator);
  const word = before(counter, isLetter);
  const isCounted = COUNTED.has(bare.slice(word, counter).toLowerCase());
  const stem = bare.slice(0, isCounted ? before(word, isSeparator) : counter);
  return stem === '' ? bare : stem;
}
