import {
  CAPITAL_HEREDOC,
  CHARACTER,
  C_BLOCK,
  HTML_BLOCK,
  HTML_SECTIONS,
  LINE_STRING,
  LONG_PLAIN_SINGLE,
  LONG_PLAIN_STRING,
  LONG_SINGLE,
  LONG_STRING,
  RAW_TEXT_BLOCK,
  SINGLE_STRING,
  SINGLE_TEXT_BLOCK,
  type StringRule,
  type Syntax,
  TEXT_BLOCK,
  closeLongBracket,
  heredocName,
} from './syntax-definition';

const pythonString = (prefix: string, quote: string): StringRule => ({
  open: `${prefix}${quote}`,
  close: quote,
  escape: '\\',
  lines: quote.length === 3 ? 'many' : 'continued',
});
/** Only strings that are text can be documentation: `f"""` and `b"""` are values. */
const PYTHON_STRINGS: readonly StringRule[] = [
  { ...pythonString('(?<!\\w)[rRuU]?', '"""'), docstring: true },
  { ...pythonString('(?<!\\w)[rRuU]?', "'''"), docstring: true },
  pythonString('', '"""'),
  pythonString('', "'''"),
  LINE_STRING,
  SINGLE_STRING,
];

/** Not inside `(( … ))`, where `<<` shifts, and not `<<<`. */
const SHELL_HEREDOC = `(?=<<)(?<!<|\\(\\([^)]{0,100})<<(?<indent>-?)\\s{0,9}\\\\?${heredocName('"\'', '[A-Za-z_]')}`;

/** `m/…/`, `s{…}{…}`, `qw(…)`: what they hold may look like quotes and comments. */
const PERL_QUOTES: readonly string[] = [
  '(?<![\\w$@%&>-])(?:m|qr)(?:/(?:\\\\.|[^/\\\\]){0,300}/|\\{[^{}]{0,300}\\})',
  '(?<![\\w$@%&>-])(?:s|tr|y)(?:/(?:\\\\.|[^/\\\\]){0,300}/(?:\\\\.|[^/\\\\]){0,300}/|\\{[^{}]{0,300}\\}\\s{0,9}\\{[^{}]{0,300}\\})',
  '(?<![\\w$@%&>-])q[qw]?(?:\\([^()]{0,300}\\)|\\{[^{}]{0,300}\\}|\\[[^\\[\\]]{0,300}\\]|/[^/]{0,300}/)',
  '[$@]#',
];

/** Scripting languages and shells. */
export const SCRIPTING: readonly Syntax[] = [
  {
    ids: ['python', 'cython', 'mojo', 'starlark', 'snakemake'],
    files: [
      '.py',
      '.pyi',
      '.pyw',
      '.pyx',
      '.pxd',
      '.mojo',
      '.🔥',
      '.bzl',
      '.bazel',
      '.star',
      '.smk',
      'Snakefile',
    ],
    line: ['#'],
    strings: PYTHON_STRINGS,
    brackets: { statement: /^\s*(?:async\s+def|def|class)\s/ },
  },
  {
    ids: ['php'],
    files: ['.php', '.phtml'],
    block: [HTML_BLOCK],
    sections: [
      { open: '<\\?(?:php\\b|=)?', close: '?>', language: 'php code', cuts: 'line-comments' },
      ...HTML_SECTIONS,
    ],
    ignoreCase: true,
  },
  {
    ids: ['php code'],
    files: [],
    line: ['//', '#(?!\\[)'],
    block: [C_BLOCK],
    strings: [LONG_STRING, LONG_SINGLE],
    heredocs: [{ open: `<<<\\s{0,9}${heredocName('"\'', '[A-Za-z_]')}`, indented: 'always' }],
  },
  {
    ids: ['ruby', 'crystal'],
    files: ['.rb', '.rake', '.gemspec', '.cr', 'Gemfile', 'Rakefile'],
    line: ['(?<![$?])#'],
    block: [{ open: '^=begin\\b', close: '\n=end' }],
    strings: [{ ...LONG_STRING, interpolation: '#{' }, LONG_SINGLE, { open: '`', escape: '\\' }],
    regexLiterals: true,
    atoms: ['\\?["\'#]'],
    heredocs: [{ open: CAPITAL_HEREDOC, indented: 'marked' }],
  },
  {
    ids: ['perl', 'perl6', 'raku'],
    files: ['.pl', '.pm', '.t', '.raku'],
    line: ['(?<![$\\w])#'],
    block: [{ open: '^=(?:pod|head\\d|over|item|begin|for|encoding)\\b', close: '\n=cut' }],
    atoms: PERL_QUOTES,
    regexLiterals: true,
    strings: [LONG_STRING, LONG_SINGLE],
    heredocs: [{ open: CAPITAL_HEREDOC, indented: 'marked' }],
  },
  {
    ids: ['lua', 'luau'],
    files: ['.lua', '.luau'],
    line: ['--'],
    block: [{ open: '--\\[=*\\[', close: open => closeLongBracket(open) }],
    strings: [{ open: '\\[=*\\[', close: closeLongBracket, lines: 'many' }, LINE_STRING, SINGLE_STRING],
  },
  {
    ids: ['elixir'],
    files: ['.ex', '.exs'],
    line: ['#'],
    strings: [
      { open: '~[A-Z]"""', close: '"""', lines: 'many' },
      { open: "~[A-Z]'''", close: "'''", lines: 'many' },
      { ...TEXT_BLOCK, interpolation: '#{' },
      { ...SINGLE_TEXT_BLOCK, interpolation: '#{' },
      { ...LONG_STRING, interpolation: '#{' },
      LONG_SINGLE,
    ],
    atoms: ['\\?\\\\?["\'#]', '~[a-zA-Z](?:/(?:\\\\.|[^/\\\\]){0,500}/|\\|(?:\\\\.|[^|\\\\]){0,500}\\|)'],
  },
  {
    ids: ['erlang'],
    files: ['.erl', '.hrl'],
    line: ['%'],
    strings: [LONG_STRING, SINGLE_STRING],
    atoms: ['\\$\\\\?["\'%]'],
  },
  {
    ids: ['shellscript', 'bash', 'zsh', 'fish', 'ksh'],
    files: ['.sh', '.bash', '.zsh', '.ksh', '.fish', '.bashrc', '.zshrc', '.profile', '.sbatch', '.slurm'],
    line: ['(?<![^\\s;|&()])#'],
    strings: [
      LONG_STRING,
      { open: "\\$'", close: "'", escape: '\\', lines: 'many' },
      { open: "'", lines: 'many' },
    ],
    atoms: ['\\\\.'],
    heredocs: [{ open: SHELL_HEREDOC, indented: 'marked' }],
  },
  {
    ids: ['powershell'],
    files: ['.ps1', '.psm1', '.psd1'],
    line: ['(?<![\\w`])#(?!>)'],
    block: [{ open: '<#', close: '#>' }],
    strings: [
      { open: '@"\\s*$', close: '\n"@', lines: 'many' },
      { open: "@'\\s*$", close: "\n'@", lines: 'many' },
      { ...LONG_PLAIN_STRING, escape: '`' },
      LONG_PLAIN_SINGLE,
    ],
    atoms: ['`["\'#]'],
  },
  { ids: ['bat'], files: ['.bat', '.cmd'], line: ['^\\s*@?rem\\b', '^\\s*::'], ignoreCase: true },
  {
    ids: ['coffeescript'],
    files: ['.coffee'],
    line: ['#'],
    block: [{ open: '###(?!#)', close: '###' }],
    regexLiterals: true,
    strings: [
      TEXT_BLOCK,
      { open: "'''", escape: '\\', lines: 'many' },
      { ...LONG_STRING, interpolation: '#{' },
      LONG_SINGLE,
    ],
  },
  {
    ids: ['tcl', 'awk', 'gnuplot', 'bitbake', 'meson', 'just', 'vimrc-hash'],
    files: ['.tcl', '.awk', '.gp', '.plt', 'meson.build', 'justfile', 'Justfile'],
    line: ['(?<!\\S)#'],
    strings: [LINE_STRING],
  },
  {
    ids: ['nim'],
    files: ['.nim', '.nims'],
    line: ['#(?!\\[)'],
    block: [{ open: '##?\\[', close: open => `]${'#'.repeat(open.length - 1)}`, nested: true }],
    strings: [RAW_TEXT_BLOCK, LINE_STRING],
    atoms: [CHARACTER],
  },
  { ids: ['vim', 'viml'], files: ['.vim', '.vimrc'], line: ['^\\s*"'] },
];
