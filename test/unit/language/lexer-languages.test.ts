import assert from 'node:assert/strict';
import { expectedNames, namesIn } from './support';

const A = 'task=t';

/** Snippets in which annotations named `yes…` stand in comments, and those named `no…` in strings or code. */
const C_LIKE = `// @dataset yes-line ${A}
/* @dataset yes-block ${A} */
/**
 * @dataset yes-star ${A}
 */
int x = 1; // @dataset yes-trailing ${A}
char *s = "// @dataset no-string ${A}";
f(/* @dataset yes-inner ${A} */ 1, '"', "/* @dataset no-string ${A} */"); // @dataset yes-after ${A}
char q = '\\''; // @dataset yes-char ${A}
@dataset no-code ${A}
`;
const HASH_LIKE = `# @dataset yes-line ${A}
x = 1 # @dataset yes-trailing ${A}
s = "# @dataset no-string ${A}" # @dataset yes-after ${A}
@dataset no-code ${A}
`;
const SQL_LIKE = `-- @dataset yes-line ${A}
x = 1 -- @dataset yes-trailing ${A}
s = "-- @dataset no-string ${A}" -- @dataset yes-after ${A}
@dataset no-code ${A}
`;
const PERCENT_LIKE = `% @dataset yes-line ${A}
x = 1 % @dataset yes-trailing ${A}
s = "% @dataset no-string ${A}" % @dataset yes-after ${A}
@dataset no-code ${A}
`;
const SEMICOLON_LIKE = `; @dataset yes-line ${A}
(x 1) ; @dataset yes-trailing ${A}
(s "; @dataset no-string ${A}") ; @dataset yes-after ${A}
@dataset no-code ${A}
`;
const ML_LIKE = `(* @dataset yes-line ${A} *)
let x = 1 (* @dataset yes-trailing ${A} *)
(* outer (* inner *)
   @dataset yes-nested ${A}
*)
let s = "(* @dataset no-string ${A} *)" (* @dataset yes-after ${A} *)
let c' = '"' (* @dataset yes-char ${A} *)
@dataset no-code ${A}
`;
const MARKUP_LIKE = `<!-- @dataset yes-line ${A} -->
<p>text</p> <!-- @dataset yes-trailing ${A} -->
<!--
  @dataset yes-block ${A}
-->
@dataset no-code ${A}
`;

const SNIPPETS: Readonly<Record<string, readonly string[]>> = {
  [C_LIKE]: [
    ...['c', 'cpp', 'cuda-cpp', 'objective-c', 'java', 'csharp', 'go', 'rust', 'kotlin', 'scala', 'swift'],
    ...['javascript', 'typescript', 'typescriptreact', 'dart', 'groovy', 'd', 'proto3', 'stan', 'jsonc'],
  ],
  [HASH_LIKE]: [
    ...['python', 'ruby', 'perl', 'r', 'julia', 'elixir', 'shellscript', 'powershell', 'yaml', 'toml'],
    ...['makefile', 'cmake', 'nim', 'graphql', 'terraform', 'tcl', 'coffeescript', 'nix'],
  ],
  [SQL_LIKE]: ['sql', 'lua', 'haskell', 'ada', 'vhdl', 'elm'],
  [PERCENT_LIKE]: ['matlab', 'octave', 'erlang', 'prolog'],
  [SEMICOLON_LIKE]: ['clojure', 'lisp', 'scheme', 'racket', 'emacs-lisp', 'asm'],
  [ML_LIKE]: ['ocaml', 'fsharp', 'sml'],
  [MARKUP_LIKE]: ['html', 'vue', 'svelte', 'xml', 'markdown', 'php'],
};

describe('comments of each language', () => {
  for (const [snippet, languages] of Object.entries(SNIPPETS))
    for (const language of languages)
      it(`${language}: line, block and trailing comments, and not strings or code`, () => {
        const text = withoutCharacters(snippet, language);
        assert.deepEqual(namesIn(text, language), expectedNames(text));
      });

  it('reads lines that end in CR, LF or both alike', () => {
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      const text = C_LIKE.replaceAll('\n', lineBreak);
      assert.deepEqual(namesIn(text, 'c'), expectedNames(C_LIKE));
    }
  });
});

/** Makefiles have no strings, and some languages no literals of one character. */
function withoutCharacters(snippet: string, language: string): string {
  const kept = (part: string): string =>
    snippet
      .split('\n')
      .filter(line => !line.includes(part))
      .join('\n');
  if (language === 'makefile') return kept('no-string');
  return ['swift', 'stan'].includes(language) ? kept(`'`) : snippet;
}

const more: readonly (readonly [language: string, text: string])[] = [
  ['latex', `% @dataset yes1 ${A}\n50\\% @dataset no ${A}\nend \\\\% @dataset yes2 ${A}`],
  ['vb', `' @dataset yes1 ${A}\nx = "' @dataset no ${A}" ' @dataset yes2 ${A}\nREM @dataset yes3 ${A}`],
  ['vim', `" @dataset yes1 ${A}\nlet x = "@dataset no ${A}"`],
  ['fortran', `! @dataset yes1 ${A}\nx = '! @dataset no ${A}' ! @dataset yes2 ${A}\nc @dataset no ${A}`],
  ['FortranFixedForm', `C @dataset yes1 ${A}\n* @dataset yes2 ${A}\n      x = 1 ! @dataset yes3 ${A}`],
  [
    'bat',
    `REM @dataset yes1 ${A}\n:: @dataset yes2 ${A}\necho REM @dataset no ${A}\n@rem @dataset yes3 ${A}`,
  ],
  [
    'pascal',
    `{ @dataset yes1 ${A} }\n(* @dataset yes2 ${A} *)\nx := '{ @dataset no ${A} }'; // @dataset yes3 ${A}`,
  ],
  ['dockerfile', `# @dataset yes1 ${A}\nRUN echo # @dataset no ${A}`],
  ['ini', `; @dataset yes1 ${A}\n# @dataset yes2 ${A}\nx = 1 ; @dataset no ${A}`],
  ['restructuredtext', `.. @dataset yes1 ${A}\n@dataset no ${A}`],
  ['wolfram', `(* @dataset yes1 ${A} *)\nx = "(* @dataset no ${A} *)"`],
  ['css', `/* @dataset yes1 ${A} */\na::before { content: "/* @dataset no ${A} */" }`],
  ['scss', `// @dataset yes1 ${A}\na { background: url(http://@dataset no ${A}) }`],
  ['zig', `// @dataset yes1 ${A}\nconst s =\n  \\\\// @dataset no ${A}\n; // @dataset yes2 ${A}`],
];

describe('comments of languages with ways of their own', () => {
  for (const [language, text] of more)
    it(language, () => {
      assert.deepEqual(namesIn(text, language), expectedNames(text));
    });
});

describe('languages nobody listed', () => {
  it('have whole-line comments behind the commonest leaders only', () => {
    const text = ['#', '//', '--', ';', '%', '!', '  #']
      .map((leader, i) => `${leader} @dataset yes${i} ${A}\nx ${leader} @dataset no ${A}`)
      .join('\n');
    for (const language of ['plaintext', 'constructor', '__proto__', '', 'unheard of'])
      assert.deepEqual(namesIn(text, language), expectedNames(text));
  });

  it('have no comments behind quotes: those are strings', () => {
    assert.deepEqual(namesIn(`[\n"@dataset no ${A}",\n'@dataset no ${A}'\n]`, 'json'), []);
  });
});
