import assert from 'node:assert/strict';
import { join } from 'node:path';
import { listedPaths, fileUriPath, isAddress, splitFragment } from '../../src/common/path-syntax';
import { countDataset } from '../../src/data';
import { formatOfName } from '../../src/data/paths/file-formats';
import { tokenize } from '../../src/data/preprocessing/text-tokens';
import { splitOfFileName } from '../../src/data/splits';
import { enabledGlobs, excludesOf } from '../../src/extension/project/exclude-globs';
import { commentFormAt, lineBelow } from '../../src/language-service/comment-insertion';
import { completionsAt } from '../../src/language-service/completion-items';
import { cursorContextAt } from '../../src/language-service/cursor-context';
import { dataCallAt } from '../../src/language-service/data-loading-calls';
import { namesIn } from '../../src/language-service/definitions-and-references';
import { linksIn } from '../../src/language-service/document-links';
import { symbolsIn } from '../../src/language-service/document-symbols';
import {
  annotationFoldingRanges,
  indentationFoldingRanges,
  regionFoldingRanges,
} from '../../src/language-service/folding-ranges';
import { knownNames } from '../../src/language-service/known-names';
import { signatureAt } from '../../src/language-service/signature-help';
import { annotationsOf, parseText } from '../../src/language/annotated-text';
import { languageOfFile } from '../../src/language/languages/language-registry';
import { resolveProblem } from '../../src/language/resolve-problem';
import { readProjectFile } from '../../src/protocol/project-file';
import { useScratch } from '../unit/data/helpers/files';
import { assertLinear, assertLinearReading, fill } from '../unit/assert-linear';

/** Characters; where each few of them make an object, an eighth. */
const LONG = 256 * 1024;
const MANY = LONG / 8;

/** Lines that are as long as code is: longer ones are passed over. */
function inLines(part: string, size: number, length = 900): string {
  const line = fill(part, length);
  return fill(`${line}\n`, size);
}

describe('text of a stranger takes time in proportion to its length', () => {
  const scratch = useScratch();

  const CODE = [
    ...[
      'a.',
      'a . ',
      'read_csv(',
      'pd.read_csv ( ',
      '"\\',
      '"a" ',
      'let a:',
      'let a=',
      'from ',
      'from(',
      'a=',
      '\\ ',
    ],
    ...[
      'load_dataset("csv", data_files=[',
      'load_dataset("csv", data_dir=',
      'np\t.',
      '(((',
      "rb'",
      '# @dataset ',
    ],
  ];
  it('where the editor looks for code that reads data', () => {
    for (const part of CODE)
      for (const length of [900, 40])
        assertLinear(part, MANY, size => {
          const text = parseText(inLines(part, size, length), 'python');
          for (const line of [0, text.lines.length >> 1, text.lines.length - 1])
            dataCallAt(text, { line, column: 5 });
        });
  });

  const ANNOTATED = [
    ...[
      '# @dataset a task=b \\\n',
      '# @dataset ',
      '# @task t \\\n# ',
      '# a=b \\\n',
      '# "a" -> \\\n',
      '# path="\\" \\\n',
    ],
    ...['# @pipeline p: a -> b -> \\\n', '# @ \\\n', '/* @task */', '"""@task t\n', '# a==b ', '# =a '],
  ];
  it('where the editor completes, links, folds and lists annotations', () => {
    for (const part of ANNOTATED)
      assertLinear(part, MANY, size => {
        const text = parseText(`# @dataset x task=y \\\n${fill(part, size)}`, 'python');
        const problem = resolveProblem([{ file: 'f', annotations: annotationsOf(text) }]);
        const names = knownNames(problem);
        for (const line of [0, text.lines.length >> 1, text.lines.length - 1]) {
          const cursor = cursorContextAt(text, { line, column: text.lines[line]?.length ?? 0 });
          if (cursor) completionsAt(cursor, names);
          if (cursor) signatureAt(cursor);
          commentFormAt(text, line);
        }
        for (const placed of text.placed.slice(0, 3)) lineBelow(text, placed);
        for (const annotation of annotationsOf(text)) namesIn(annotation);
        linksIn(text, problem);
        symbolsIn(annotationsOf(text));
        annotationFoldingRanges(text);
      });
  });

  it('where it is folded', () => {
    for (const part of ['# ', '#\t#', '// ', '#pragma ', '# region\n', ' a\n', '\n', '  a\n a\n', '@rem '])
      assertLinear(part, LONG, size => {
        const lines = fill(part, size).split('\n');
        regionFoldingRanges(lines);
        indentationFoldingRanges(lines, 4);
      });
  });

  it('where it is a path', () => {
    for (const part of [
      ',',
      ',{',
      '},',
      '{,',
      '#',
      'a,',
      '.',
      'file://',
      'file:///%41',
      'a:',
      '*,',
      '/',
      '.gz',
      '-idx1',
    ])
      assertLinear(part, LONG, size => {
        const path = fill(part, size);
        listedPaths(path);
        isAddress(path);
        fileUriPath(`file://${path}`);
        splitFragment(path);
        formatOfName(path);
        splitOfFileName(path);
        languageOfFile(path);
        languageOfFile('a', `#!${path}`);
        languageOfFile('a.m', path);
      });
    assertLinear('line ends of a program', LONG, size => {
      languageOfFile('a.m', fill('\n', size));
      languageOfFile('a', `#! ${fill('1.', size)}x`);
    });
  });

  it('where it is a project file', () => {
    for (const part of ['{"a":', '[', '"a":1,', '\\"', '{"thresholds":{', ' '])
      assertLinear(part, LONG, size => {
        readProjectFile(`{${fill(part, size)}`);
        readProjectFile(`{"strategyAdvisor":{${fill(part, size)}`, 'strategyAdvisor');
      });
  });

  it('where it is words to be counted or learned from', () => {
    for (const part of ['a', ' ', 'a ', '.', '\u0301', '\u0301\u0323', '字', '字\u0301', '😀'])
      assertLinear(part, LONG, size => {
        tokenize(fill(part, size));
        tokenize(fill(part, size), 'pairs');
      });
  });

  it('where it is a glob that excludes files', () => {
    for (const part of ['{a,b}', '{', '{a,', '}', '**/', '*', '{a,{b,'])
      assertLinear(part, MANY, size => {
        const excluded = excludesOf(enabledGlobs({ [fill(part, size)]: true }));
        excluded('a'.repeat(200), false);
      });
  });

  it('where it is a dataset card, or it is given up', async () => {
    // What is fast is read; nested keys would take the parser hours.
    for (const [part, codes] of [
      ['a: 1\n', []],
      ['? ', ['bad-card']],
    ] as const) {
      await scratch.write(
        'card/README.md',
        `---\nother:\n  ${fill(part, LONG)}\ndataset_info:\n  ${fill(part, 4096)}\n---\n`,
      );
      await scratch.write('card/a.csv', 'a\n1\n');
      const { issues, counted } = await countDataset(join(scratch.folder, 'card'));
      assert.equal(counted?.value, 1);
      assert.deepEqual(
        issues.map(({ code }) => code),
        codes,
      );
    }
  }).timeout(120_000);

  it('where it is a table', async () => {
    for (const part of [
      'a,',
      '"',
      '"a"",',
      ',',
      '\n',
      '"\n',
      'a\n',
      '1,2\n',
      '\r',
      ';\t|,',
      '{"a":1}\n',
      '[',
      '{"a":[[',
      '{"a":',
    ])
      for (const name of ['a.csv', 'a.tsv', 'a.jsonl', 'a.txt'])
        await assertLinearReading(`${name} of ${part}`, LONG, async size => {
          await countDataset(await scratch.write(name, fill(part, size)), { label: 'a' });
        });
  }).timeout(120_000);
});
