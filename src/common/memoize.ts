/** A value parsed from one file. Annotations and lists of them are immutable: an edit makes new ones. */
interface InFile {
  readonly file: string;
}

/** Derives a value from each input once: a keystroke changes hardly any of the inputs that a problem is made from. */
export function memoize<I extends InFile, T>(
  keyOf: (input: I) => object,
  make: (input: I) => T,
): (input: I) => T {
  const made = memoizeWithContext<I, undefined, T>(keyOf, make);
  return input => made(input, undefined);
}

/** The same with something of what stands around it, made anew when that is another. */
export function memoizeWithContext<I extends InFile, G, T>(
  keyOf: (input: I) => object,
  make: (input: I, given: G) => T,
): (input: I, given: G) => T {
  const known = new WeakMap<object, { readonly file: string; readonly given: G; readonly made: T }>();
  return (input, given) => {
    const key = keyOf(input);
    const before = known.get(key);
    if (before !== undefined && before.given === given && before.file === input.file) return before.made;
    const made = make(input, given);
    known.set(key, { file: input.file, given, made });
    return made;
  };
}
