import assert from 'node:assert/strict';
import { highlighted, tokenize, tokenizePlain } from './tokenizer';

const ANNOTATION = '@dataset x num_examples=5k';

/** Comments that only look like annotations, without their leader. */
const PROSE = [
  '@task fix the parser later',
  '@task {string} name=x',
  '@task',
  '@task make sure that x=1 holds',
  '@task target',
  '@task x target practice',
  '@dataset imagenet',
  '@dataset docs are at https://example.org?a=b',
  '@dataset x a==b',
  '@dataset num_examples=5k',
  '@datasets x num_examples=5k',
  '@Dataset x num_examples=5k',
  '@pipeline transcript: audio',
  '@pipeline transcript:audio->text',
  'see @dataset docs a=b',
  'me@dataset.org a=b',
  'me @dataset x num_examples=5k',
  '"@dataset x num_examples=5k"',
  'num_examples=5k unit=hours',
];

/** Annotations inside strings or code, by language. */
const NOT_COMMENTS: readonly (readonly [scope: string, text: string])[] = [
  ['source.ts', `const s = "// ${ANNOTATION}";`],
  ['source.ts', `const s = \`\n// ${ANNOTATION}\n\`;`],
  ['source.ts', `const s = \`\n/* ${ANNOTATION} */\n\`;`],
  ['source.ts', `class A { x = 1; @dataset name = 1 }`],
  ['source.ts', `# ${ANNOTATION}`],
  ['source.js', `const r = /\\/\\/ ${ANNOTATION}/;`],
  ['source.tsx', `const p = <p>text ${ANNOTATION}</p>;`],
  ['source.cpp', `auto s = "// ${ANNOTATION}";`],
  ['source.cpp', `auto s = R"(\n// ${ANNOTATION}\n)";`],
  ['source.java', `String s = """\n  // ${ANNOTATION}\n  """;`],
  ['source.java', `@Dataset(name = "x") class A {}`],
  ['source.go', `s := \`\n// ${ANNOTATION}\n\``],
  ['source.rust', `let s = r#"\n// ${ANNOTATION}\n"#;`],
  ['source.julia', `s = "# ${ANNOTATION}"`],
  ['source.r', `s <- "\n# ${ANNOTATION}\n"`],
  ['source.lua', `s = [[\n-- ${ANNOTATION}\n]]`],
  ['source.shell', `echo "\n# ${ANNOTATION}\n"`],
  ['source.shell', `cat <<EOF\n# ${ANNOTATION}\nEOF`],
  ['source.shell', `echo a# ${ANNOTATION}`],
  ['source.yaml', `a: "# ${ANNOTATION}"`],
  ['source.yaml', `a: |\n  # ${ANNOTATION}\nb: c`],
  ['source.ruby', `s = "# ${ANNOTATION}"`],
  ['source.ruby', `s = <<~EOF\n  # ${ANNOTATION}\nEOF`],
  ['source.sql', `SELECT '-- ${ANNOTATION}'`],
  ['source.haskell', `s = "-- ${ANNOTATION}"`],
  ['source.matlab', `s = '% ${ANNOTATION}';`],
  ['source.toml', `s = """\n# ${ANNOTATION}\n"""`],
  ['text.html.basic', `<p title="<!-- ${ANNOTATION} -->">${ANNOTATION}</p>`],
  ['text.html.markdown', `${ANNOTATION}\n\n# ${ANNOTATION}`],
  ['text.html.markdown', `\`\`\`python\n# ${ANNOTATION}\n\`\`\``],
  ['text.html.markdown', `\`\`\`html\n<!-- ${ANNOTATION} -->\n\`\`\``],
];

const COMMENTS: readonly (readonly [scope: string, open: string, close: string])[] = [
  ['source.python', '# ', ''],
  ['source.python', '"""', '"""'],
  ['source.ts', '// ', ''],
  ['source.ts', '/** ', ' */'],
  ['source.cpp', '// ', ''],
  ['source.java', '/** ', ' */'],
  ['source.rust', '/// ', ''],
  ['source.lua', '-- ', ''],
  ['source.matlab', '% ', ''],
  ['source.clojure', '; ', ''],
  ['text.html.markdown', '<!-- ', ' -->'],
];

describe('what annotation highlighting leaves alone', () => {
  for (const [scope, open, close] of COMMENTS)
    it(`prose in ${scope} ${open}${close}`, async () => {
      for (const prose of PROSE) {
        const text = open + prose + close;
        assert.deepEqual(await tokenize(scope, text), await tokenizePlain(scope, text), text);
      }
    });

  for (const [scope, text] of NOT_COMMENTS)
    it(`${scope}: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await tokenize(scope, text), await tokenizePlain(scope, text));
    });

  it('does read the scripts of a page', async () => {
    const [, script = []] = await tokenize('text.html.basic', `<script>\n  // ${ANNOTATION}\n</script>`);
    assert.equal(highlighted(script)[2], '6 dataset keyword.control.directive');
  });
});
