/**
 * Makes something of what stands in a file once: of all that is put together with each keystroke, hardly any has
 * changed. Annotations, and lists of them, never do; what is edited is another.
 */
export function once<I extends { readonly file: string }, T>(
  keyOf: (input: I) => object,
  make: (input: I) => T,
): (input: I) => T {
  const known = new WeakMap<object, { readonly file: string; readonly made: T }>();
  return input => {
    const key = keyOf(input);
    const before = known.get(key);
    if (before?.file === input.file) return before.made;
    const made = make(input);
    known.set(key, { file: input.file, made });
    return made;
  };
}
