import type { BlockRule, StringRule, Syntax } from './syntax';

const C_BLOCK: BlockRule = { open: '/\\*', close: '*/' };
const NESTED_C_BLOCK: BlockRule = { ...C_BLOCK, nested: true };
const ML_BLOCK: BlockRule = { open: '\\(\\*(?!\\))', close: '*)', nested: true };
const HTML_BLOCK: BlockRule = { open: '<!--', close: '-->' };
const LINE_STRING: StringRule = { open: '"', escapes: true, lines: 'continued' };
const LONG_STRING: StringRule = { open: '"', escapes: true, lines: 'many' };
const PLAIN_STRING: StringRule = { open: '"', lines: 'one' };
const PLAIN_SINGLE: StringRule = { open: "'", lines: 'one' };
const SINGLE_STRING: StringRule = { open: "'", escapes: true, lines: 'continued' };
const LONG_SINGLE: StringRule = { open: "'", escapes: true, lines: 'many' };
const TEXT_BLOCK: StringRule = { open: '"""', escapes: true, lines: 'many' };
const RAW_TEXT_BLOCK: StringRule = { open: '"""', lines: 'many' };
const RAW_BACKTICK: StringRule = { open: '`', lines: 'many' };
const TEMPLATE: StringRule = { open: '`', escapes: true, lines: 'many', interpolation: '${' };
/** `'"'`, `'\n'`, `'\u{1F600}'`: one character, not a string; a lone `'` (a lifetime, a separator) is no start. */
const CHARACTER = "'(?:\\\\.[^'\\\\]{0,10}|[^'\\\\])'";
const SHELL_HEREDOC =
  '(?<!<)<<(?<indent>-?)\\s*(?:(?<quote>["\'])(?<tag>[A-Za-z_]\\w*)\\k<quote>|\\\\?(?<bare>[A-Za-z_]\\w*))';
const UPPER_HEREDOC =
  '<<(?<indent>[~-]?)(?:(?<quote>["\'`])(?<tag>[A-Za-z_]\\w*)\\k<quote>|(?<bare>[A-Z_][A-Z0-9_]*))';

const pythonString = (prefix: string, quote: string): StringRule => ({
  open: `(?<!\\w)${prefix}${quote}`,
  close: quote,
  escapes: true,
  lines: quote.length === 3 ? 'many' : 'continued',
});
const PYTHON_STRINGS: readonly StringRule[] = [
  { ...pythonString('[rRuU]?', '"""'), docstring: true },
  { ...pythonString('[rRuU]?', "'''"), docstring: true },
  pythonString('[a-zA-Z]{0,2}', '"""'),
  pythonString('[a-zA-Z]{0,2}', "'''"),
  { ...LINE_STRING },
  { ...SINGLE_STRING },
];
/** Lua, CMake: `[==[ … ]==]`. */
const closeLongBracket = (open: string): string => `]${'='.repeat(open.split('=').length - 1)}]`;
const HTML_EMBEDDED = [
  { open: '<script\\b[^>]{0,500}>', close: '</script', language: 'typescript' },
  { open: '<style\\b[^>]{0,500}>', close: '</style', language: 'css' },
];

/** Every language whose comments are read, by what its files and editors call it. */
export const SYNTAXES: readonly Syntax[] = [
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
    brackets: true,
  },
  {
    ids: ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'],
    files: ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [LINE_STRING, SINGLE_STRING, TEMPLATE],
    regexLiterals: true,
  },
  {
    ids: ['java'],
    files: ['.java'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [TEXT_BLOCK, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: [
      'c',
      'cpp',
      'cuda-cpp',
      'cuda',
      'objective-c',
      'objective-cpp',
      'glsl',
      'hlsl',
      'metal',
      'opencl',
      'arduino',
    ],
    files: [
      '.c',
      '.h',
      '.cc',
      '.cpp',
      '.cxx',
      '.hh',
      '.hpp',
      '.hxx',
      '.cu',
      '.cuh',
      '.m',
      '.mm',
      '.metal',
      '.cl',
      '.ino',
    ],
    line: ['//'],
    block: [C_BLOCK],
    strings: [
      { open: 'R"[^\\s()\\\\"]{0,16}\\(', close: open => `)${open.slice(2, -1)}"`, lines: 'many' },
      LINE_STRING,
    ],
    atoms: [CHARACTER],
  },
  {
    ids: ['csharp'],
    files: ['.cs', '.csx'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [RAW_TEXT_BLOCK, { open: '(?:@\\$?|\\$@)"', close: '"', lines: 'many' }, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['go'],
    files: ['.go'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [LINE_STRING, RAW_BACKTICK],
    atoms: [CHARACTER],
  },
  {
    ids: ['rust'],
    files: ['.rs'],
    line: ['//'],
    block: [NESTED_C_BLOCK],
    strings: [{ open: 'r#{0,8}"', close: open => `"${open.slice(1, -1)}`, lines: 'many' }, LONG_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['swift'],
    files: ['.swift'],
    line: ['//'],
    block: [NESTED_C_BLOCK],
    strings: [
      { open: '#{1,4}"(?!"")', close: open => `"${open.slice(0, -1)}`, lines: 'one' },
      { open: '#{1,4}"""', close: open => `"""${open.slice(0, -3)}`, lines: 'many' },
      TEXT_BLOCK,
      LINE_STRING,
    ],
  },
  {
    ids: ['kotlin', 'scala'],
    files: ['.kt', '.kts', '.scala', '.sc'],
    line: ['//'],
    block: [NESTED_C_BLOCK],
    strings: [RAW_TEXT_BLOCK, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['dart', 'groovy'],
    files: ['.dart', '.groovy', '.gradle', 'Jenkinsfile'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [TEXT_BLOCK, { open: "'''", escapes: true, lines: 'many' }, LINE_STRING, SINGLE_STRING],
  },
  {
    ids: ['php'],
    files: ['.php', '.phtml'],
    line: ['//', '#(?!\\[)'],
    block: [C_BLOCK],
    strings: [LONG_STRING, LONG_SINGLE],
    heredocs: [
      { open: '<<<(?<indent>)\\s*(?:(?<quote>["\'])(?<tag>[A-Za-z_]\\w*)\\k<quote>|(?<bare>[A-Za-z_]\\w*))' },
    ],
  },
  {
    ids: ['ruby', 'crystal'],
    files: ['.rb', '.rake', '.gemspec', '.cr', 'Gemfile', 'Rakefile'],
    line: ['(?<![$?])#'],
    block: [{ open: '^=begin\\b', close: '\n=end' }],
    strings: [LONG_STRING, LONG_SINGLE],
    atoms: ['\\?["\'#]'],
    heredocs: [{ open: UPPER_HEREDOC }],
  },
  {
    ids: ['perl', 'perl6', 'raku'],
    files: ['.pl', '.pm', '.t', '.raku'],
    line: ['(?<![$\\w])#'],
    block: [{ open: '^=(?:pod|head\\d|over|item|begin|for|encoding)\\b', close: '\n=cut' }],
    strings: [LONG_STRING, LONG_SINGLE],
    heredocs: [{ open: UPPER_HEREDOC }],
  },
  {
    ids: ['r'],
    files: ['.r', '.R', '.Rprofile'],
    line: ['#'],
    strings: [
      { open: '[rR]"-{0,8}[([{]', close: closeRawR, lines: 'many' },
      { open: "[rR]'-{0,8}[([{]", close: closeRawR, lines: 'many' },
      LONG_STRING,
      LONG_SINGLE,
      { open: '`', lines: 'one' },
    ],
  },
  {
    ids: ['julia'],
    files: ['.jl'],
    line: ['#(?!=)'],
    block: [{ open: '#=', close: '=#', nested: true }],
    strings: [{ ...TEXT_BLOCK, docstring: true }, LONG_STRING, RAW_BACKTICK],
    atoms: [CHARACTER],
    brackets: true,
  },
  {
    ids: ['lua', 'luau'],
    files: ['.lua', '.luau'],
    line: ['--'],
    block: [{ open: '--\\[=*\\[', close: open => closeLongBracket(open) }],
    strings: [{ open: '\\[=*\\[', close: closeLongBracket, lines: 'many' }, LINE_STRING, SINGLE_STRING],
  },
  {
    ids: ['haskell', 'purescript', 'elm', 'idris', 'agda'],
    files: ['.hs', '.purs', '.elm', '.idr', '.agda'],
    line: ['--(?![!#$%&*+./<=>?@\\\\^|~:])', '-- ?\\|'],
    block: [{ open: '\\{-', close: '-}', nested: true }],
    strings: [RAW_TEXT_BLOCK, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['elixir'],
    files: ['.ex', '.exs'],
    line: ['#'],
    strings: [TEXT_BLOCK, LONG_STRING, LONG_SINGLE],
    atoms: ['\\?\\\\?["\'#]'],
  },
  {
    ids: ['erlang'],
    files: ['.erl', '.hrl'],
    line: ['%'],
    strings: [LONG_STRING, SINGLE_STRING],
    atoms: ['\\$\\\\?["\'%]'],
  },
  {
    ids: ['clojure', 'lisp', 'commonlisp', 'scheme', 'racket', 'emacs-lisp', 'fennel', 'hy'],
    files: [
      '.clj',
      '.cljs',
      '.cljc',
      '.edn',
      '.lisp',
      '.lsp',
      '.cl',
      '.scm',
      '.ss',
      '.rkt',
      '.el',
      '.fnl',
      '.hy',
    ],
    line: [';'],
    block: [{ open: '#\\|', close: '|#', nested: true }],
    strings: [LONG_STRING],
    atoms: ['#?\\\\["|;#]'],
  },
  {
    ids: ['matlab', 'octave'],
    files: ['.mlx', '.octave'],
    line: ['%', '#(?=\\s)'],
    block: [{ open: '^\\s*[%#]\\{\\s*$', close: '%}' }],
    strings: [{ open: "(?<![\\w)\\]}'.])'", close: "'", lines: 'one' }, PLAIN_STRING],
  },
  {
    ids: ['fortran', 'FortranFreeForm', 'fortran-modern'],
    files: ['.f90', '.f95', '.f03', '.f08'],
    line: ['!'],
    strings: [PLAIN_STRING, PLAIN_SINGLE],
  },
  {
    ids: ['FortranFixedForm', 'fortran_fixed-form'],
    files: ['.f', '.for', '.f77'],
    line: ['^[cC*]', '!'],
    strings: [PLAIN_STRING, PLAIN_SINGLE],
  },
  {
    ids: ['sql', 'mysql', 'postgres', 'plsql', 'hql', 'bigquery'],
    files: ['.sql', '.ddl', '.psql', '.hql'],
    line: ['--'],
    block: [C_BLOCK],
    strings: [
      { open: "'", lines: 'many' },
      { open: '"', lines: 'many' },
      { open: '\\$\\w*\\$', lines: 'many' },
    ],
  },
  {
    ids: ['shellscript', 'bash', 'zsh', 'fish', 'ksh'],
    files: ['.sh', '.bash', '.zsh', '.ksh', '.fish', '.bashrc', '.zshrc', '.profile', '.sbatch', '.slurm'],
    line: ['(?<![^\\s;|&(){}])#'],
    strings: [
      LONG_STRING,
      { open: "\\$'", close: "'", escapes: true, lines: 'many' },
      { open: "'", lines: 'many' },
    ],
    atoms: ['\\\\.'],
    heredocs: [{ open: SHELL_HEREDOC }],
  },
  {
    ids: ['powershell'],
    files: ['.ps1', '.psm1', '.psd1'],
    line: ['(?<![\\w`])#(?!>)'],
    block: [{ open: '<#', close: '#>' }],
    strings: [
      { open: '@"\\s*$', close: '"@', lines: 'many' },
      { open: "@'\\s*$", close: "'@", lines: 'many' },
      { open: '"', lines: 'many' },
      { open: "'", lines: 'many' },
    ],
    atoms: ['`["\'#]'],
  },
  { ids: ['bat'], files: ['.bat', '.cmd'], line: ['^\\s*@?rem\\b', '^\\s*::'], ignoreCase: true },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'azure-pipelines'],
    files: ['.yaml', '.yml'],
    line: ['(?<!\\S)#'],
    strings: [
      { ...LONG_STRING, open: '(?<![^\\s[{,:])"', close: '"' },
      { open: "(?<![^\\s[{,:])'", close: "'", lines: 'many' },
    ],
    blockScalars: true,
  },
  {
    ids: ['toml'],
    files: ['.toml', 'Pipfile', 'poetry.lock'],
    line: ['#'],
    strings: [TEXT_BLOCK, { open: "'''", lines: 'many' }, { open: '"', escapes: true }, PLAIN_SINGLE],
  },
  {
    ids: ['ini', 'properties', 'dotenv', 'ignore', 'editorconfig', 'pip-requirements', 'dockerfile'],
    files: [
      '.ini',
      '.cfg',
      '.conf',
      '.properties',
      '.env',
      '.gin',
      '.gitignore',
      '.dockerignore',
      '.editorconfig',
      'requirements.txt',
      'Dockerfile',
      '.dockerfile',
    ],
    line: ['^\\s*[#;]'],
  },
  { ids: ['makefile'], files: ['Makefile', 'makefile', 'GNUmakefile', '.mk', '.mak'], line: ['(?<!\\\\)#'] },
  {
    ids: ['cmake'],
    files: ['.cmake', 'CMakeLists.txt'],
    line: ['#(?!\\[=*\\[)'],
    block: [{ open: '#\\[=*\\[', close: closeLongBracket }],
    strings: [LONG_STRING, { open: '\\[=*\\[', close: closeLongBracket, lines: 'many' }],
  },
  {
    ids: ['html', 'vue', 'svelte', 'astro', 'handlebars'],
    files: ['.html', '.htm', '.xhtml', '.vue', '.svelte', '.astro', '.hbs'],
    block: [HTML_BLOCK],
    embedded: HTML_EMBEDDED,
    ignoreCase: true,
  },
  {
    ids: ['xml', 'xsl', 'svg'],
    files: ['.xml', '.xsl', '.xslt', '.svg', '.urdf', '.xacro', '.launch'],
    block: [HTML_BLOCK],
    strings: [{ open: '<!\\[CDATA\\[', close: ']]>', lines: 'many' }],
  },
  {
    ids: ['markdown', 'mdx', 'quarto', 'rmd'],
    files: ['.md', '.markdown', '.mdx', '.qmd', '.Rmd', '.rmd'],
    block: [HTML_BLOCK],
    fences: true,
  },
  { ids: ['css'], files: ['.css'], block: [C_BLOCK], strings: [LINE_STRING, SINGLE_STRING] },
  {
    ids: ['scss', 'less', 'stylus'],
    files: ['.scss', '.less', '.styl'],
    line: ['(?<!:)//'],
    block: [C_BLOCK],
    strings: [LINE_STRING, SINGLE_STRING],
  },
  {
    ids: ['latex', 'tex', 'bibtex', 'context'],
    files: ['.tex', '.sty', '.cls', '.ltx'],
    line: ['(?<!\\\\)%'],
  },
  {
    ids: ['fsharp'],
    files: ['.fs', '.fsi', '.fsx'],
    line: ['//'],
    block: [ML_BLOCK],
    strings: [RAW_TEXT_BLOCK, { open: '@"', close: '"', lines: 'many' }, LONG_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['ocaml', 'reason', 'coq', 'sml'],
    files: ['.ml', '.mli', '.v', '.sml'],
    block: [ML_BLOCK],
    strings: [LONG_STRING, { open: '\\{[a-z_]*\\|', close: open => `|${open.slice(1, -1)}}`, lines: 'many' }],
    atoms: [CHARACTER],
  },
  {
    ids: ['vb', 'vba'],
    files: ['.vb', '.bas', '.vbs'],
    line: ["'", '^\\s*rem\\b'],
    strings: [PLAIN_STRING],
    ignoreCase: true,
  },
  {
    ids: ['nix'],
    files: ['.nix'],
    line: ['#'],
    block: [C_BLOCK],
    strings: [{ open: "''", lines: 'many' }, LONG_STRING],
  },
  {
    ids: ['zig'],
    files: ['.zig'],
    line: ['//'],
    strings: [{ open: '\\\\\\\\', close: '\n', lines: 'one' }, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['nim'],
    files: ['.nim', '.nims'],
    line: ['#(?!\\[)'],
    block: [{ open: '##?\\[', close: open => `]${'#'.repeat(open.length - 1)}`, nested: true }],
    strings: [RAW_TEXT_BLOCK, LINE_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['d'],
    files: ['.d'],
    line: ['//'],
    block: [C_BLOCK, { open: '/\\+', close: '+/', nested: true }],
    strings: [RAW_BACKTICK, LONG_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['ada', 'vhdl'],
    files: ['.adb', '.ads', '.vhd', '.vhdl'],
    line: ['--'],
    strings: [PLAIN_STRING],
    atoms: [CHARACTER],
  },
  {
    ids: ['pascal', 'objectpascal'],
    files: ['.pas', '.pp', '.dpr'],
    line: ['//'],
    block: [
      { open: '\\{', close: '}' },
      { open: '\\(\\*', close: '*)' },
    ],
    strings: [PLAIN_SINGLE],
  },
  {
    ids: ['prolog'],
    files: ['.pro', '.prolog'],
    line: ['%'],
    block: [C_BLOCK],
    strings: [LONG_STRING, LONG_SINGLE],
    atoms: ["0'."],
  },
  {
    ids: ['terraform', 'hcl'],
    files: ['.tf', '.tfvars', '.hcl'],
    line: ['#', '//'],
    block: [C_BLOCK],
    strings: [LINE_STRING],
    heredocs: [{ open: UPPER_HEREDOC }],
  },
  {
    ids: ['proto3', 'proto', 'thrift', 'flatbuffers', 'stan', 'systemverilog', 'verilog', 'solidity'],
    files: ['.proto', '.thrift', '.fbs', '.stan', '.sv', '.sol'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [LINE_STRING],
  },
  { ids: ['graphql'], files: ['.graphql', '.gql'], line: ['#'], strings: [TEXT_BLOCK, LINE_STRING] },
  {
    ids: ['jsonc', 'json5'],
    files: ['.jsonc', '.json5'],
    line: ['//'],
    block: [C_BLOCK],
    strings: [LINE_STRING],
  },
  {
    ids: ['coffeescript'],
    files: ['.coffee'],
    line: ['#'],
    block: [{ open: '###(?!#)', close: '###' }],
    strings: [TEXT_BLOCK, { open: "'''", escapes: true, lines: 'many' }, LONG_STRING, LONG_SINGLE],
  },
  {
    ids: ['tcl', 'awk', 'gnuplot', 'bitbake', 'meson', 'just', 'vimrc-hash'],
    files: ['.tcl', '.awk', '.gp', '.plt', 'meson.build', 'justfile', 'Justfile'],
    line: ['(?<!\\S)#'],
    strings: [LINE_STRING],
  },
  {
    ids: ['postscript', 'asm-intel-x86-generic', 'nasm', 'asm', 'llvm'],
    files: ['.asm', '.nasm', '.s', '.ll'],
    line: [';'],
    strings: [PLAIN_STRING],
  },
];

/** R's raw strings: `r"---( … )---"`. */
function closeRawR(open: string): string {
  const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
  const bracket = open.slice(-1);
  return `${brackets[bracket] ?? bracket}${open.slice(2, -1)}${open.charAt(1)}`;
}

/**
 * A language nobody listed: only whole-line comments behind the commonest leaders count, so that a
 * string or a line of code is never taken for one.
 */
export const UNLISTED: Syntax = { ids: [], files: [], line: ['^\\s*(?:#|//|--|;|%|\'|"|!)'] };
