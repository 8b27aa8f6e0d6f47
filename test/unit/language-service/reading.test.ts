import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { cursorContextAt } from '../../../src/language-service/cursor-context';
import { linksIn } from '../../../src/language-service/document-links';
import { findSymbols, symbolsIn } from '../../../src/language-service/document-symbols';
import {
  annotationFoldingRanges,
  indentationFoldingRanges,
  regionFoldingRanges,
} from '../../../src/language-service/folding-ranges';
import { inlayHintsIn, sourceRatio } from '../../../src/language-service/inlay-hints';
import { signatureAt } from '../../../src/language-service/signature-help';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import { fileOf, problemOf, withCursor } from './support';

const RADIOLOGY = [
  '# @dataset imagenet task=objects input=image:224x224x3 num_examples=1.28M',
  '# @dataset films task=pneumonia input=image:224x224x3 splits=train:5k,test:1k',
  '# @task pneumonia target',
].join('\n');

function hintsOf(source: string): string[] {
  const problem = problemOf(source);
  const advice = advise(problem);
  return inlayHintsIn(parseText(source, 'python'), dataset =>
    sourceRatio(problem, dataset, target => advice.filter(({ task }) => task === target)),
  ).map(({ position, label }) => `${position.line}:${position.column} ${label}`);
}

describe('inlay hints', () => {
  it('write counts in full, add up splits, and compare a target with its source', () => {
    assert.deepEqual(hintsOf(RADIOLOGY), [
      '0:73 = 1,280,000',
      '1:77 = 6,000 in total',
      '1:77 objects has 256×',
    ]);
  });

  it('say nothing of what is written out', () => {
    assert.deepEqual(hintsOf('# @dataset a task=t num_examples=5000'), []);
    assert.deepEqual(hintsOf('# @dataset a task=t num_examples="5,000"'), []);
    assert.deepEqual(hintsOf('# @dataset a task=t num_examples=1.5 unit=hours'), []);
    assert.deepEqual(hintsOf('# @dataset a task=t splits=train:5'), []);
  });

  it('write a single split in full, and each of several on hover', () => {
    assert.deepEqual(hintsOf('# @dataset a task=t splits=train:80k'), ['0:36 = 80,000']);
    const text = parseText('# @dataset a task=t splits=train:80k,test:2k', 'python');
    const [total] = inlayHintsIn(text, () => undefined);
    assert.deepEqual([total?.label, total?.tooltip], ['= 82,000 in total', 'train: 80,000\ntest: 2,000']);
  });

  it('show the size of a network', () => {
    assert.deepEqual(hintsOf('# @task t target num_params=25M'), ['0:31 = 25,000,000']);
  });
});

describe('the outline', () => {
  it('lists annotations by name, with what they are', () => {
    const symbols = symbolsIn(annotationsOf(parseText(`${RADIOLOGY}\n# @pipeline t: a -> b`, 'python')));
    assert.deepEqual(
      symbols.map(({ name, detail }) => `${name} | ${detail}`),
      [
        'imagenet | @dataset objects',
        'films | @dataset pneumonia',
        'pneumonia | @task target',
        't | @pipeline a -> b',
      ],
    );
  });

  it('finds names in all files by their letters', () => {
    const files = [fileOf('a', RADIOLOGY), fileOf('b', '# @dataset speech task=words num_examples=5k')];
    const found = (query: string): string[] =>
      findSymbols(files, query).map(({ file, symbol }) => file.uri + symbol.name);
    assert.deepEqual(found('ch'), ['bspeech']);
    assert.deepEqual(found('IMG'), ['aimagenet']);
    assert.equal(found('').length, 4);
    assert.deepEqual(found('zzz'), []);
  });
});

describe('folding', () => {
  it('folds annotations that only comments stand between', () => {
    const text = parseText(
      `import x\n# @dataset a task=t\n# more\n# @dataset b \\\n#   task=t\nx = 1  # no\n# @task t target`,
      'python',
    );
    assert.deepEqual(annotationFoldingRanges(text), [{ first: 1, last: 4 }]);
  });

  it('keeps an empty line and code out of a block', () => {
    const text = parseText(
      '# @dataset a task=t\n\n# @dataset b task=t\nx = 1  # y\n# @dataset c task=t',
      'python',
    );
    assert.deepEqual(annotationFoldingRanges(text), []);
  });

  it('folds by indentation as the editor does', () => {
    const lines = ['def f():', '    a', '', '    if b:', '\tc', '', 'd', '  ', 'class E:', '  f'];
    assert.deepEqual(indentationFoldingRanges(lines, 8), [
      { first: 0, last: 4 },
      { first: 3, last: 4 },
      { first: 8, last: 9 },
    ]);
  });
});

describe('regions', () => {
  const marks: readonly (readonly [string, string])[] = [
    ['# region A', '# endregion'],
    ['#region', '#endregion A'],
    ['  //#region A', '  //#endregion'],
    ['// region A', '// endregion'],
    ['<!-- #region A -->', '<!-- #endregion -->'],
    ['/* #region A */', '/* #endregion */'],
    ['#pragma region A', '#pragma endregion'],
    ['#Region "A"', '#End Region'],
    ['-- #region A', '-- #endregion'],
    ['% region', '% endregion'],
    ['REM #region', 'REM #endregion'],
    ['(* #region *)', '(* #endregion *)'],
  ];
  for (const [begin, end] of marks)
    it(`are folded from ${begin} to ${end}`, () => {
      assert.deepEqual(regionFoldingRanges(['x', begin, 'y', end]), [{ first: 1, last: 3 }]);
    });

  it('lie in one another, and need both marks', () => {
    const lines = ['# region A', '# region B', 'x', '# endregion', '# endregion', '# region', '# x'];
    assert.deepEqual(regionFoldingRanges(lines), [
      { first: 0, last: 4 },
      { first: 1, last: 3 },
    ]);
    assert.deepEqual(regionFoldingRanges(['# endregion', '# region', '# endregion']), [
      { first: 1, last: 2 },
    ]);
  });

  it('are no words of the text', () => {
    const lines = [
      'region of interest',
      'x = 1  # region',
      '# regions',
      '# region-based',
      'end region',
      '# the region',
    ];
    assert.deepEqual(regionFoldingRanges(lines.flatMap(line => [line, '# endregion'])), []);
  });
});

describe('links', () => {
  it('lead to paths, globs and tables as written, and sources that nothing declares', () => {
    const source = [
      '# @dataset a task=t path=data/x.csv source_datasets=squad,org/name,b',
      '# @dataset b task=t path="more/**/*.png"',
      '# @dataset c task=t path=${workspaceFolder}/data.db#table',
      '# @dataset d task=t path=https://example.org/d.csv',
    ].join('\n');
    const links = linksIn(parseText(source, 'python'), problemOf(source));
    assert.deepEqual(
      links.map(link => (link.kind === 'web' ? link.url : link.path)),
      [
        'data/x.csv',
        'https://huggingface.co/datasets/squad',
        'https://huggingface.co/datasets/org/name',
        'more/**/*.png',
        '${workspaceFolder}/data.db#table',
        'https://example.org/d.csv',
      ],
    );
  });
});

describe('links to the paths of a list', () => {
  const linked = (source: string): string[] =>
    linksIn(parseText(source, 'python'), problemOf(source)).map(({ range, ...link }) => {
      const stands = source.slice(range.start.column, range.end.column);
      return `${stands} > ${link.kind === 'web' ? link.url : link.path}`;
    });

  it('stand at each of them, quoted or not', () => {
    const expected = ['a/x.csv > a/x.csv', '~/y.csv > ~/y.csv'];
    assert.deepEqual(linked('# @dataset a task=t path=a/x.csv,~/y.csv'), expected);
    assert.deepEqual(linked('# @dataset a task=t path="a/x.csv, ~/y.csv" unit=rows'), expected);
    assert.deepEqual(linked('# @dataset a task=t path=p/{x,y}.csv'), ['p/{x,y}.csv > p/{x,y}.csv']);
  });

  it('stand at the whole value where a part is written otherwise than it reads', () => {
    const value = '"a\\\\b,c"';
    assert.deepEqual(linked(`# @dataset a task=t path=${value}`), [`${value} > a\\b`, `${value} > c`]);
  });

  it('leave out addresses that no browser opens', () => {
    assert.deepEqual(linked('# @dataset a task=t path=s3://bucket/a.csv'), []);
  });
});

describe('signature help', () => {
  const active = (marked: string): string | undefined => {
    const { text, position } = withCursor(marked);
    const cursor = cursorContextAt(text, position);
    const signature = cursor && signatureAt(cursor);
    const parameter = signature?.parameters[signature.active ?? -1];
    return parameter && signature.label.slice(parameter.start, parameter.end);
  };

  it('marks what is being written', () => {
    assert.equal(active('# @dataset |'), 'name');
    assert.equal(active('# @dataset a num_examples=5|'), 'num_examples=…');
    assert.equal(active('# @task t output=|'), 'output=…');
    assert.equal(active('# @pipeline t: a -> |'), 'input -> intermediate -> output');
    assert.equal(active('# @pipeline t: a -> b engineered=|'), 'engineered=…');
    assert.equal(active('# @dataset a task=t |'), undefined);
    assert.equal(active('# @|'), undefined);
  });
});
