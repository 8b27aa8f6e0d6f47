import type { Annotation } from './model';

/** What something is made of that stands in one file. */
interface InFile<K extends object> {
  readonly file: string;
  readonly annotation: K;
}

/**
 * Makes something of an annotation once: of all that are put together with each keystroke, hardly any has changed.
 * Annotations never do, and one that is edited is another.
 */
export function once<A extends Annotation, D extends InFile<A>, T>(
  make: (declared: D) => T,
): (declared: D) => T {
  const known = new WeakMap<A, { readonly file: string; readonly made: T }>();
  return declared => {
    const { annotation, file } = declared;
    const before = known.get(annotation);
    if (before?.file === file) return before.made;
    const made = make(declared);
    known.set(annotation, { file, made });
    return made;
  };
}
