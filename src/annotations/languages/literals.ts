import type { BlockRule, StringRule } from './syntax';

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
