import assert from 'node:assert/strict';
import { expectedNames, namesIn } from './support';

const A = 'task=t';
const yes = (name: string): string => `@dataset yes-${name} ${A}`;
const no = `@dataset no ${A}`;

type Case = readonly [what: string, language: string, text: string];

const CASES: readonly Case[] = [
  ['a lone decorator', 'python', `@task(retries=3)\ndef f(): pass # ${yes('1')}`],
  ['a Java annotation', 'java', `@Dataset(name="x") class A {} // ${yes('1')}\n  @dataset(name="x")`],
  ['an Elixir attribute', 'elixir', `@dataset no task=1\n@doc """\n# ${no}\n"""\n# ${yes('1')}`],
  ['Elixir sigils', 'elixir', `a = ~r/"/ # ${yes('1')}\nb = ~S"""\n# ${no} \\\n"""\n# ${yes('2')}`],
  [
    'JavaScript templates',
    'javascript',
    `\`\n// ${no}\n\${ /* ${yes('1')} */ \`// ${no}\` + { a: "}" } }\n// ${no}\n\` // ${yes('2')}`,
  ],
  [
    'JavaScript regular expressions',
    'javascript',
    `a = /["'\`/*]/; // ${yes('1')}\nb = x / y; // ${yes('2')}\nreturn /[/"]\\//.test("// ${no}"); // ${yes('3')}`,
  ],
  ['a quote in JSX text', 'typescriptreact', `<p>Don't</p>\n// ${yes('1')}`],
  ['C++ raw strings', 'cpp', `auto s = R"x(\n// ${no}\n)" // ${no}\n)x"; // ${yes('1')}`],
  ['C++ digit separators', 'cpp', `int n = 1'000'000; // ${yes('1')}`],
  [
    'a continued C string',
    'c',
    `char *s = "a \\\n// ${no}"; // ${yes('1')}\nchar *t = "half-typed\n// ${yes('2')}`,
  ],
  ['C# verbatim strings', 'csharp', `var s = @"a ""b""\n// ${no}\n\\"; // ${yes('1')}`],
  ['C# raw strings', 'csharp', `var s = """"\n""" // ${no}\n""""; // ${yes('1')}`],
  ['Java text blocks', 'java', `String s = """\n// ${no} \\""" // ${no}\n"""; // ${yes('1')}`],
  ['Go raw strings and runes', 'go', `s := \`\n// ${no} \\\` // ${yes('1')}\nr := '"' // ${yes('2')}`],
  [
    'Rust raw strings, lifetimes, characters',
    'rust',
    `let s = r#"a " // ${no}\n"#; // ${yes('1')}\nfn f<'a>(x: &'a str, c: char) -> bool { c == '"' } // ${yes('2')}\nlet b = b'\\''; // ${yes('3')}\nlet m = "two\n// ${no}"; // ${yes('4')}`,
  ],
  ['Rust nested comments', 'rust', `/* a /* b */\n ${yes('1')}\n*/ let x = 1; // ${yes('2')}`],
  [
    'Swift raw strings and interpolation',
    'swift',
    `let s = #"a " // ${no}"# // ${yes('1')}\nlet t = "\\(f("// ${no}"))" // ${yes('2')}\nlet u = """\n// ${no}\n""" // ${yes('3')}`,
  ],
  [
    'Kotlin raw strings and interpolation',
    'kotlin',
    `val s = """\n// ${no} \\""" // ${yes('1')}\nval t = "\${m["// ${no}"]}" // ${yes('2')}`,
  ],
  ['Dart raw strings', 'dart', `var s = r'\\'; // ${yes('1')}\nvar t = '''\n// ${no}\n'''; // ${yes('2')}`],
  [
    'PHP outside and inside its tags',
    'php',
    `<p>Don't</p>\n<?php\n# ${yes('1')}\n$s = <<<EOT\n// ${no}\n  EOT;\n#[Attribute] // ${yes('2')}\n// x ?> # ${no} <!-- ${yes('3')} -->`,
  ],
  [
    'Ruby heredocs, blocks and interpolation',
    'ruby',
    `s = <<~EOS + "#{h["# ${no}"]}" # ${yes('1')}\n  # ${no}\n  EOS\n=begin\n${yes('2')}\n=end\nx = /["#]/ # ${yes('3')}`,
  ],
  [
    'Perl quoting and documentation',
    'perl',
    `my $n = $#a; # ${yes('1')}\n$x =~ s/"/'/g; # ${yes('2')}\nmy @w = qw(# "); # ${yes('3')}\n=pod\n\n${yes('4')}\n\n=cut\nprint <<"END";\n# ${no}\nEND\n# ${yes('5')}`,
  ],
  ['R raw strings', 'r', `s <- r"--(\n# ${no} )"\n)--" # ${yes('1')}\nx$\`a # ${no}\` # ${yes('2')}`],
  [
    'Julia transposes, comments and characters',
    'julia',
    `B = A' * '"' # ${yes('1')}\n#= a #= b =#\n${yes('2')}\n=#\ns = """\n# ${no}\n"""`,
  ],
  [
    'Lua long brackets',
    'lua',
    `s = [==[\n-- ${no} ]]\n]==] -- ${yes('1')}\n--[=[\n${yes('2')} ]]\n]=]\n-- ${yes('3')}`,
  ],
  [
    'Haskell operators and primes',
    'haskell',
    `x --> y -- ${yes('1')}\nf' '"' -- ${yes('2')}\n{- a {- b -}\n${yes('3')}\n-}`,
  ],
  ['Clojure characters', 'clojure', `[\\" \\;] ; ${yes('1')}`],
  [
    'MATLAB transposes and doubled quotes',
    'matlab',
    `b = a'; % ${yes('1')}\ns = 'it''s % ${no}'; % ${yes('2')}\n%{\n${yes('3')}\n%}\nc = [a' 'x % ${no}']; % ${yes('4')}`,
  ],
  [
    'SQL quotes',
    'sql',
    `SELECT 'it''s\n-- ${no}', "a""-- ${no}" -- ${yes('1')}\nSELECT $f$\n-- ${no}\n$f$ -- ${yes('2')}`,
  ],
  [
    'shell expansions',
    'shellscript',
    `n=$# # ${yes('1')}\nm=\${#a[@]} # ${yes('2')}\necho a#b \\" $'it\\'s' # ${yes('3')}\ns='two\n# ${no}' # ${yes('4')}`,
  ],
  [
    'shell heredocs',
    'shellscript',
    `cat <<A <<-'B' # ${yes('1')}\n# ${no}\nA\n# ${no}\n\tB\n# ${yes('2')}\nx=$((1<<y)) # ${yes('3')}\ncat <<< word # ${yes('4')}`,
  ],
  [
    'PowerShell backticks and here-strings',
    'powershell',
    `$s = "say \`"# ${no}\`"" # ${yes('1')}\n$t = @"\n# ${no} "@\n"@ # ${yes('2')}\n<#\n${yes('3')}\n#>`,
  ],
  [
    'YAML quotes in plain text',
    'yaml',
    `a: it's a 5" disk # ${yes('1')}\nb: 'it''s # ${no}' # ${yes('2')}\nc: [ "# ${no}", 'x' ] # ${yes('3')}\nd: a#b # ${yes('4')}\ne: rock 'n roll # ${yes('5')}`,
  ],
  [
    'YAML block scalars',
    'yaml',
    `a: | # ${yes('1')}\n  # ${no}\n\n  # ${no}\n# ${yes('2')}\n- k: >-\n    # ${no}\n  l: 1 # ${yes('3')}\n- |\n  # ${no}\n- !!str |\n  # ${no}\n- x # ${yes('4')}`,
  ],
  ['TOML strings', 'toml', `a = """\n# ${no}\n""" # ${yes('1')}\nb = 'C:\\' # ${yes('2')}`],
  ['CMake bracket arguments', 'cmake', `set(x [=[\n# ${no} ]]\n]=]) # ${yes('1')}\n#[[\n${yes('2')}\n]]`],
  [
    'OCaml quoted strings',
    'ocaml',
    `let s = {x|(* ${no} *)|x} (* ${yes('1')} *)\nlet t = (*) (* ${yes('2')} *)`,
  ],
  ['XML character data', 'xml', `<![CDATA[\n<!-- ${no} -->\n]]> <!-- ${yes('1')} -->`],
  ['CoffeeScript blocks', 'coffeescript', `###\n${yes('1')}\n###\ns = "#{h["# ${no}"]}" # ${yes('2')}`],
];

describe('strings and code of each language', () => {
  for (const [what, language, text] of CASES)
    it(`${language}: ${what}`, () => {
      assert.deepEqual(namesIn(text, language), expectedNames(text));
    });
});
