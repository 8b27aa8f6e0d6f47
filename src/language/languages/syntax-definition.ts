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
  /** One that begins with a line break stands at the beginning of a line. */
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
  /** Fenced and inline code is text, but for fences that open a section. */
  readonly fences?: boolean;
  readonly sections?: readonly SectionRule[];
  readonly ignoreCase?: boolean;
}

/** Comments and literals that many languages have in common. */

export const C_BLOCK: BlockRule = { open: '/\\*', close: '*/' };
export const NESTED_C_BLOCK: BlockRule = { ...C_BLOCK, nested: true };
export const ML_BLOCK: BlockRule = { open: '\\(\\*(?!\\))', close: '*)', nested: true };
export const HTML_BLOCK: BlockRule = { open: '<!--', close: '-->' };

/** Ends with its line unless a backslash carries it on. */
export const LINE_STRING: StringRule = { open: '"', escape: '\\', lines: 'continued' };
export const SINGLE_STRING: StringRule = { ...LINE_STRING, open: "'" };
/** Spans lines. */
export const LONG_STRING: StringRule = { open: '"', escape: '\\', lines: 'many' };
export const LONG_SINGLE: StringRule = { ...LONG_STRING, open: "'" };
/** A doubled quote is the only escape. */
export const PLAIN_STRING: StringRule = { open: '"', lines: 'one', doubled: true };
export const PLAIN_SINGLE: StringRule = { ...PLAIN_STRING, open: "'" };
export const LONG_PLAIN_STRING: StringRule = { open: '"', lines: 'many', doubled: true };
export const LONG_PLAIN_SINGLE: StringRule = { ...LONG_PLAIN_STRING, open: "'" };
export const TEXT_BLOCK: StringRule = { open: '"""', escape: '\\', lines: 'many' };
export const SINGLE_TEXT_BLOCK: StringRule = { ...TEXT_BLOCK, open: "'''" };
export const RAW_TEXT_BLOCK: StringRule = { open: '"""', lines: 'many' };
export const RAW_BACKTICK: StringRule = { open: '`', lines: 'many' };

/** `'"'`, `'\n'`, `'\u{1F600}'`: one character, not a string; a lone `'` (a lifetime, a separator) is no start. */
export const CHARACTER = "'(?:\\\\.[^'\\\\]{0,10}|[^'\\\\])'";
/** The same where names may end in `'` or `'` may follow a value: `x'`, `A'`, `Character'('"')`. */
export const CHARACTER_APART = `(?<![\\w)\\]}'.])${CHARACTER}`;

/** The quoted and the bare name of a heredoc's end. */
export const heredocName = (quotes: string, bare: string): string =>
  `(?:(?<quote>[${quotes}])(?<tag>[A-Za-z_]\\w{0,100})\\k<quote>|(?<bare>${bare}\\w{0,100}))`;
/** Ruby, Perl, Terraform: bare names begin with a capital, for `a <<b` shifts. */
export const CAPITAL_HEREDOC = `<<(?<indent>[~-]?)${heredocName('"\'`', '[A-Z_]')}`;

/** Lua, CMake: `[==[ … ]==]`. */
export const closeLongBracket = (open: string): string => `]${'='.repeat(open.split('=').length - 1)}]`;

export const HTML_SECTIONS = [
  // An opening tag holds no other: stopping there keeps the search short.
  { open: '<script\\b[^<>]{0,500}>', close: '</script', language: 'typescript', cuts: 'everything' },
  { open: '<style\\b[^<>]{0,500}>', close: '</style', language: 'css', cuts: 'everything' },
] as const;
