/** How a string literal begins and ends. Regular-expression sources are matched within one line. */
export interface StringRule {
  readonly open: string;
  /** Literal text that ends it; the text of `open` where absent. May depend on what opened it. */
  readonly close?: string | ((open: string) => string);
  /** The character that takes the next one with it. */
  readonly escape?: '\\' | '`';
  /** Whether two closing quotes in a row stand for one and do not close. */
  readonly doubled?: boolean;
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
  /** The capture group named `tag` or `bare` is the terminator. */
  readonly open: string;
  /** `always`: the terminator may be indented; `marked`: where the group `indent` is not empty. */
  readonly indented: 'always' | 'marked';
}

/** A section in another language: a script in a page, code in a template. */
export interface SectionRule {
  readonly open: string;
  readonly close: string;
  readonly language: string;
  /** What the closing text ends, besides code: strings and comments of every kind, or line comments only. */
  readonly cuts: 'everything' | 'line-comments';
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
  /** Brackets are counted: a string inside them is an argument, never documentation. */
  readonly brackets?: {
    /** A line that begins like this cannot stand inside brackets: unclosed ones above (half-typed code) end there. */
    readonly statement: RegExp;
  };
  /** `/…/` may be a regular expression. */
  readonly regexLiterals?: boolean;
  /** Block scalars (`key: |`) hold text up to the next less-indented line. */
  readonly blockScalars?: boolean;
  /** Fenced and inline code is text. */
  readonly fences?: boolean;
  readonly sections?: readonly SectionRule[];
  readonly ignoreCase?: boolean;
}
