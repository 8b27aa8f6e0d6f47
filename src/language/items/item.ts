import type { TextRange } from '../../annotations/text';
import type { KnownNames } from '../known-names';
import type { NameKind } from '../names';

/** Something to write at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: 'directive' | 'snippet' | 'key' | 'value' | NameKind;
  readonly insert: string;
  /** Whether `insert` is a snippet, with `$1` for what is to be filled in. */
  readonly isSnippet?: boolean;
  readonly detail?: string;
  readonly documentation?: string;
  /** What is replaced by it. */
  readonly range: TextRange;
  /** Whether there is more to choose from behind it: values behind a key. */
  readonly goesOn?: boolean;
}

/** A completion before it is known what it replaces. */
export type Item = Omit<Completion, 'range'>;

/** An item for a name, with what is known of it. */
export function nameItem(kind: NameKind, { describe }: Pick<KnownNames, 'describe'>): (name: string) => Item {
  return name => {
    const documentation = describe(name, kind);
    return { label: name, kind, insert: name, ...(documentation === undefined ? {} : { documentation }) };
  };
}
