import assert from 'node:assert/strict';
import { highlighted, tokenize, tokenizePlain } from './tokenizer';

/** How a comment looks: what stands before it, its leader, and code that may follow on the next line. */
interface LineComment {
  readonly scope: string;
  readonly before?: string;
  readonly leader: string;
  readonly code: string;
}

const LINE_COMMENTS: readonly LineComment[] = [
  { scope: 'source.python', leader: '#', code: 'x = 1' },
  { scope: 'source.python', before: 'x = 1  ', leader: '#', code: 'y = 2' },
  { scope: 'source.julia', leader: '#', code: 'x = 1' },
  { scope: 'source.r', leader: '#', code: 'x <- 1' },
  { scope: 'source.r', leader: "#'", code: 'x <- 1' },
  { scope: 'source.r', before: 'x <- 1 ', leader: '#', code: 'y <- 1' },
  { scope: 'source.shell', leader: '#', code: 'x=1' },
  { scope: 'source.shell', before: '  ', leader: '#', code: 'x=1' },
  { scope: 'source.shell', before: 'x=1 ', leader: '#', code: 'y=1' },
  { scope: 'source.yaml', leader: '#', code: 'a: b' },
  { scope: 'source.yaml', before: 'a: b ', leader: '#', code: 'c: d' },
  { scope: 'source.toml', before: 'a = 1 ', leader: '#', code: 'b = 2' },
  { scope: 'source.ruby', leader: '#', code: 'x = 1' },
  { scope: 'source.perl', leader: '#', code: '$x = 1;' },
  { scope: 'source.elixir', leader: '#', code: 'x = 1' },
  { scope: 'source.powershell', leader: '#', code: '$x = 1' },
  { scope: 'source.dockerfile', leader: '#', code: 'FROM scratch' },
  { scope: 'source.makefile', leader: '#', code: 'x = 1' },
  { scope: 'source.makefile', before: '\t', leader: '#', code: '\tx = 1' },
  { scope: 'source.ini', leader: '#', code: 'x = 1' },
  { scope: 'source.ini', leader: ';', code: 'x = 1' },
  { scope: 'source.coffee', leader: '#', code: 'x = 1' },
  { scope: 'source.cmake', leader: '#', code: 'set(x 1)' },
  { scope: 'source.ts', leader: '//', code: 'const x = 1;' },
  { scope: 'source.ts', before: 'const y = 1; ', leader: '//', code: 'const x = 1;' },
  { scope: 'source.tsx', leader: '//', code: 'const x = <p>1</p>;' },
  { scope: 'source.js', leader: '//', code: 'const x = 1;' },
  { scope: 'source.js.jsx', leader: '//', code: 'const x = 1;' },
  { scope: 'source.c', before: '  ', leader: '//', code: 'int x = 1;' },
  { scope: 'source.cpp', leader: '//', code: 'int x = 1;' },
  { scope: 'source.cpp', before: 'int y;  ', leader: '///', code: 'int x = 1;' },
  { scope: 'source.objc', leader: '//', code: 'int x = 1;' },
  { scope: 'source.cs', leader: '///', code: 'int x = 1;' },
  { scope: 'source.java', leader: '//', code: 'int x = 1;' },
  { scope: 'source.java', before: '    ', leader: '//', code: 'int x = 1;' },
  { scope: 'source.go', before: '\t', leader: '//', code: 'x := 1' },
  { scope: 'source.rust', leader: '//', code: 'let x = 1;' },
  { scope: 'source.rust', leader: '///', code: 'let x = 1;' },
  { scope: 'source.rust', leader: '//!', code: 'let x = 1;' },
  { scope: 'source.swift', leader: '//', code: 'let x = 1' },
  { scope: 'source.kotlin', leader: '//', code: 'val x = 1' },
  { scope: 'source.scala', leader: '//', code: 'val x = 1' },
  { scope: 'source.dart', leader: '///', code: 'int x = 1;' },
  { scope: 'source.php', leader: '//', code: '$x = 1;' },
  { scope: 'source.php', leader: '#', code: '$x = 1;' },
  { scope: 'source.json.comments', leader: '//', code: '{"x": 1}' },
  { scope: 'source.css.scss', leader: '//', code: 'a { b: c }' },
  { scope: 'source.css.less', leader: '//', code: 'a { b: c }' },
  { scope: 'source.hlsl', leader: '//', code: 'float x = 1;' },
  { scope: 'source.sql', leader: '--', code: 'SELECT 1' },
  { scope: 'source.lua', leader: '--', code: 'x = 1' },
  { scope: 'source.lua', leader: '---', code: 'x = 1' },
  { scope: 'source.haskell', leader: '--', code: 'x = 1' },
  { scope: 'source.haskell', leader: '-- |', code: 'x = 1' },
  { scope: 'source.matlab', leader: '%', code: 'x = 1;' },
  { scope: 'source.matlab', before: 'x = 1; ', leader: '%', code: 'y = 1;' },
  { scope: 'text.tex.latex', leader: '%', code: '\\section{x}' },
  { scope: 'source.erlang', leader: '%%', code: 'x() -> 1.' },
  { scope: 'source.clojure', leader: ';;', code: '(def x 1)' },
  { scope: 'source.fsharp', leader: '//', code: 'let x = 1' },
  { scope: 'source.asp.vb.net', leader: "'", code: 'x = 1' },
  { scope: 'source.batchfile', leader: 'REM', code: 'set x=1' },
  { scope: 'source.batchfile', leader: '::', code: 'set x=1' },
  { scope: 'source.fortran.free', leader: '!', code: 'x = 1' },
];

/** What opens and closes a comment of several lines. */
const BLOCK_COMMENTS: readonly (readonly [scope: string, open: string, lead: string, close: string])[] = [
  ['source.ts', '/**', ' * ', ' */'],
  ['source.js', '/*', '', '*/'],
  ['source.cpp', '/*', ' * ', ' */'],
  ['source.c', '/**', ' * ', ' */'],
  ['source.java', '/**', '   * ', '   */'],
  ['source.go', '/*', '', '*/'],
  ['source.rust', '/*', ' * ', ' */'],
  ['source.sql', '/*', ' * ', ' */'],
  ['source.css', '/*', ' * ', ' */'],
  ['source.hlsl', '/*', ' * ', ' */'],
  ['source.julia', '#=', '', '=#'],
  ['source.lua', '--[[', '  ', ']]'],
  ['source.haskell', '{-', '  ', '-}'],
  ['source.ocaml', '(*', '  ', '*)'],
  ['source.powershell', '<#', '  ', '#>'],
  ['source.matlab', '%{', '', '%}'],
  ['source.ruby', '=begin', '', '=end'],
  ['source.perl', '=pod', '', '=cut'],
  ['text.html.basic', '<!--', '  ', '-->'],
  ['text.html.derivative', '<!--', '  ', '-->'],
  ['text.html.markdown', '<!--', '', '-->'],
  ['text.html.vue', '<!--', '  ', '-->'],
  ['text.xml', '<!--', '  ', '-->'],
];

const ANNOTATION = '@dataset speech task=audio->text num_examples=300 unit=hours';
const marked = (column: number): readonly string[] => [
  `${column} @ keyword.control.directive punctuation.definition.directive`,
  `${column + 1} dataset keyword.control.directive`,
  `${column + 9} speech entity.name.type.annotation`,
  `${column + 16} task support.type.property-name`,
  `${column + 20} = keyword.operator.assignment`,
  `${column + 21} audio variable.other.name`,
  `${column + 26} -> keyword.operator.arrow`,
  `${column + 28} text variable.other.name`,
  `${column + 33} num_examples support.type.property-name`,
  `${column + 45} = keyword.operator.assignment`,
  `${column + 46} 300 constant.numeric`,
  `${column + 50} unit support.type.property-name`,
  `${column + 54} = keyword.operator.assignment`,
  `${column + 55} hours keyword.other.unit`,
];

describe('annotation highlighting in line comments', () => {
  for (const { scope, before = '', leader, code } of LINE_COMMENTS) {
    const start = `${before}${leader}`;

    it(`${scope}: ${JSON.stringify(start)} and the code behind it`, async () => {
      const text = `${start} ${ANNOTATION}\n${code}`;
      const [annotation = [], next = []] = await tokenize(scope, text);
      assert.deepEqual(highlighted(annotation), [
        `${before.length} ${leader} punctuation.definition.comment`,
        ...marked(start.length + 1),
      ]);
      const last = annotation.at(-1);
      assert.ok(last?.scopes.some(name => name.startsWith('comment.line')));
      const plain = await tokenizePlain(scope, `${start} words\n${code}`);
      assert.deepEqual(next, plain[1], 'the next line is the same as behind any comment');
    });

    it(`${scope}: ${JSON.stringify(start)} continued`, async () => {
      const indent = /^\s*/.exec(before)?.[0] ?? '';
      const [, second = [], third = []] = await tokenize(
        scope,
        `${start} @dataset speech task=a \\\n${indent}${leader} unit=hours\n${code}`,
      );
      const column = indent.length + leader.length + 1;
      assert.deepEqual(highlighted(second).slice(-3), [
        `${column} unit support.type.property-name`,
        `${column + 4} = keyword.operator.assignment`,
        `${column + 5} hours keyword.other.unit`,
      ]);
      assert.deepEqual(highlighted(third), []);
    });
  }
});

describe('annotation highlighting in block comments', () => {
  for (const [scope, open, lead, close] of BLOCK_COMMENTS)
    it(`${scope}: ${open} ${close}`, async () => {
      const text = `${open}\n${lead}${ANNOTATION} \\\n${lead}  sensor=x\nwords unit=hours\n${close}\nk=3`;
      const lines = await tokenize(scope, text);
      assert.deepEqual(highlighted(lines[1] ?? []), [
        ...marked(lead.length),
        `${lead.length + 61} \\ punctuation.separator.continuation`,
      ]);
      assert.deepEqual(highlighted(lines[2] ?? []), [
        `${lead.length + 2} sensor support.type.property-name`,
        `${lead.length + 8} = keyword.operator.assignment`,
        `${lead.length + 9} x string.unquoted`,
      ]);
      assert.deepEqual(
        [lines[3], lines[4], lines[5]].flatMap(tokens => highlighted(tokens ?? [])),
        [],
      );
      const plain = await tokenizePlain(scope, `${open}\nwords\n${close}\nk=3`);
      assert.deepEqual(lines.slice(4), plain.slice(2), 'the comment ends where it did');
    });

  for (const [scope, text] of [
    ['source.ts', '/* @task x target */ let k = 3;'],
    ['source.ts', '/* @dataset x path="a b" */ let k = 3;'],
    ['source.cpp', '/* @dataset x num_examples=5*/ int k = 3;'],
    ['source.lua', '--[[ @task x target ]] k = 3'],
    ['source.haskell', '{- @task x target -} k = 3'],
    ['source.julia', '#= @task x target =# k = 3'],
    ['source.coffee', '### @task x target ###'],
    ['text.html.markdown', '<!-- @task x target -->'],
  ] as const)
    it(`${scope}: ends with the comment in ${text}`, async () => {
      const [tokens = []] = await tokenize(scope, text);
      const close = /(?: \*\/|\*\/|\]\]|-\}|=#|###$|-->)/.exec(text.slice(4));
      const end = (close?.index ?? 0) + 4;
      const pieces = highlighted(tokens);
      assert.ok(pieces.length >= 4, 'highlighted');
      assert.ok(pieces.every(piece => Number(piece.split(' ')[0]) < end));
      const [plain = []] = await tokenizePlain(
        scope,
        text.replace(/@\w+/, word => 'x'.repeat(word.length)),
      );
      const after = (list: typeof tokens) => list.filter(token => token.column > end);
      assert.deepEqual(after(tokens), after(plain));
    });
});
