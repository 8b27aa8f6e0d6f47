import {
  CAPITAL_HEREDOC,
  C_BLOCK,
  HTML_BLOCK,
  HTML_SECTIONS,
  LINE_STRING,
  LONG_PLAIN_SINGLE,
  LONG_STRING,
  PLAIN_SINGLE,
  type SectionRule,
  type Syntax,
  TEXT_BLOCK,
  closeLongBracket,
} from './syntax-definition';

/** Behind a key, a dash, an opening bracket, a comma or a tag, or at the beginning of a line. */
const YAML_VALUE = '(?<=(?:^|[:?-]\\s|[[{,]|[!&][^\\s]{1,40}\\s)\\s{0,100})';

const MARKDOWN = { block: [HTML_BLOCK], fences: true, atoms: ['\\\\[`<\\\\]'] } as const;

/** Code that is run, unlike that of other fences: `{r, echo = FALSE}` behind three backticks or more. */
function chunkOf(names: string, language: string): SectionRule {
  const open = `^[ \\t>]{0,99}\`{3,}[ \\t]{0,9}\\{(?:${names})\\b[^}\`]{0,500}\\}[ \\t]{0,99}$`;
  return { open, close: '\n```', language, cuts: 'everything' };
}

/** Markup, configuration and build files. */
export const MARKUP: readonly Syntax[] = [
  {
    ids: ['html', 'vue', 'svelte', 'astro', 'handlebars'],
    files: ['.html', '.htm', '.xhtml', '.vue', '.svelte', '.astro', '.hbs'],
    block: [HTML_BLOCK],
    sections: HTML_SECTIONS,
    ignoreCase: true,
  },
  {
    ids: ['xml', 'xsl', 'svg'],
    files: ['.xml', '.xsl', '.xslt', '.svg', '.urdf', '.xacro', '.launch'],
    block: [HTML_BLOCK],
    strings: [{ open: '<!\\[CDATA\\[', close: ']]>', lines: 'many' }],
  },
  {
    ids: ['markdown', 'mdx'],
    files: ['.md', '.markdown', '.mdx'],
    ...MARKDOWN,
  },
  {
    ids: ['quarto', 'rmd'],
    files: ['.qmd', '.Rmd', '.rmd'],
    ...MARKDOWN,
    sections: [
      chunkOf('python', 'python'),
      chunkOf('r', 'r'),
      chunkOf('julia', 'julia'),
      chunkOf('sql', 'sql'),
      chunkOf('bash|sh|zsh', 'shellscript'),
      chunkOf('js|ojs|javascript|typescript', 'typescript'),
      chunkOf('rust', 'rust'),
      chunkOf('Rcpp|cpp', 'cpp'),
      chunkOf('scala', 'scala'),
    ],
    ignoreCase: true,
  },
  {
    ids: ['latex', 'tex', 'bibtex', 'context'],
    files: ['.tex', '.sty', '.cls', '.ltx'],
    line: ['%'],
    atoms: ['\\\\.'],
  },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'azure-pipelines'],
    files: ['.yaml', '.yml'],
    line: ['(?<!\\S)#'],
    // A quote opens a string only where a value begins: `it's` and `a 5" disk` are plain text.
    strings: [
      { ...LONG_STRING, open: `(?=")${YAML_VALUE}"`, close: '"' },
      { ...LONG_PLAIN_SINGLE, open: `(?=')${YAML_VALUE}'`, close: "'" },
    ],
    blockScalars: true,
  },
  {
    ids: ['toml'],
    files: ['.toml', 'Pipfile', 'poetry.lock'],
    line: ['#'],
    strings: [TEXT_BLOCK, { open: "'''", lines: 'many' }, { open: '"', escape: '\\' }, PLAIN_SINGLE],
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
    ids: ['terraform', 'hcl'],
    files: ['.tf', '.tfvars', '.hcl'],
    line: ['#', '//'],
    block: [C_BLOCK],
    strings: [LINE_STRING],
    heredocs: [{ open: CAPITAL_HEREDOC, indented: 'marked' }],
  },
  { ids: ['graphql'], files: ['.graphql', '.gql'], line: ['#'], strings: [TEXT_BLOCK, LINE_STRING] },
  { ids: ['restructuredtext'], files: ['.rst'], line: ['^\\s*\\.\\.(?=\\s)'] },
];
