/** How a string literal begins and ends. Regular-expression sources are matched within one line. */
export interface StringRule {
  readonly open: string;
  /** Literal text that ends it; the text of `open` where absent. May depend on what opened it. */
  readonly close?: string | ((open: string) => string);
  /** Whether a backslash takes the next character with it. */
  readonly escapes?: boolean;
  /** `one`: ends with its line; `continued`: a final backslash carries it on; `many`: spans lines. */
  readonly lines?: 'one' | 'continued' | 'many';
  /** Opens code inside the string: `${`. */
  readonly interpolation?: string;
  /** A string that stands alone as a statement is documentation, not a value (Python, Julia). */
  readonly docstring?: boolean;
}

export interface BlockRule {
  readonly open: string;
  readonly close: string | ((open: string) => string);
  readonly nested?: boolean;
}

export interface HeredocRule {
  /** Its last capture group named `tag` is the terminator; `indent` is present where it may be indented. */
  readonly open: string;
}

/** The lexical facts of a language that decide what is a comment. */
export interface Syntax {
  /** Editor language ids. */
  readonly ids: readonly string[];
  /** File-name endings (`.py`) or whole names (`Makefile`). */
  readonly files: readonly string[];
  readonly line?: readonly string[];
  readonly block?: readonly BlockRule[];
  readonly strings?: readonly StringRule[];
  /** Literals that could be mistaken for the start of a string or comment: characters, escaped leaders. */
  readonly atoms?: readonly string[];
  readonly heredocs?: readonly HeredocRule[];
  /** Count brackets: a string inside them is an argument, never documentation. */
  readonly brackets?: boolean;
  /** `/…/` may be a regular expression. */
  readonly regexLiterals?: boolean;
  /** Block scalars (`key: |`) hold text up to the next less-indented line. */
  readonly blockScalars?: boolean;
  /** Fenced and inline code is text. */
  readonly fences?: boolean;
  /** Sections in another language. */
  readonly embedded?: readonly { readonly open: string; readonly close: string; readonly language: string }[];
  readonly ignoreCase?: boolean;
}
