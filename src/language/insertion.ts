import type { Position } from '../annotations/text';

/** A text to insert. */
export interface Insertion {
  readonly position: Position;
  readonly text: string;
  /** Whether it has places to fill in; what else it says is then `escaped`. */
  readonly isSnippet: boolean;
}

/** Text that stands for itself in a snippet. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
