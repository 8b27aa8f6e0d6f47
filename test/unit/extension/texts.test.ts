import assert from 'node:assert/strict';
import { CITATIONS, type CitationId } from '../../../src/advisor/citations';
import { advicePage } from '../../../src/extension/features/advice/advice-page-markdown';
import { annotationHover } from '../../../src/extension/features/hover/hover-markdown';
import { placeAdvice } from '../../../src/extension/project/advice-placement';
import { type NamedFile, type Resolution, resolve } from '../../../src/extension/project/project-resolution';
import { annotationsOf, diagnosticsOf, parseText } from '../../../src/language/annotated-text';
import { lensTitle } from '../../../src/messages/advice-summary';
import { citationLink, shortCitation } from '../../../src/messages/condition-markdown';
import { escape, link } from '../../../src/messages/markdown';

function file(name: string, text: string): NamedFile {
  const parsed = parseText(text, 'python');
  return {
    name,
    uri: `file:///${name}`,
    annotations: annotationsOf(parsed),
    diagnostics: diagnosticsOf(parsed),
  };
}

const problem = (...texts: readonly string[]): Resolution =>
  resolve(
    texts.map((text, i) => file(`${'abc'[i] ?? ''}.py`, text)),
    {},
  );

function hover(resolution: Resolution, name: string): string {
  const annotation = resolution.files
    .flatMap(({ annotations }) => annotations)
    .find(each => each.name?.value === name);
  assert.ok(annotation);
  const content = annotationHover(annotation, resolution);
  return content ? `${content.title}\n${content.reasons}` : '';
}

const all = ({ files }: Resolution): ReadonlySet<string> => new Set(files.map(({ uri }) => uri));

const XRAY = [
  '# @dataset photos task=things input=image:224x224x3 num_examples=1.2M',
  '# @dataset films task=pneumonia input=image:224x224x3 num_examples=5k',
  '# @task pneumonia target shares_features_with=things',
].join('\n');

const SPEECH = [
  '# @pipeline words: audio -> phonemes -> words',
  '# @dataset calls task=audio->words input=audio num_examples=30 unit=hours',
  '# @dataset timit task=audio->phonemes input=audio num_examples=5k unit=hours',
  '# @dataset lexicon task=phonemes->words input=text num_examples=2M unit=words',
].join('\n');

describe('Markdown', () => {
  it('keeps a text as it reads', () => {
    assert.equal(escape('a_b *c* [d](e) <f> & `g`'), 'a\\_b \\*c\\* \\[d\\]\\(e\\) &lt;f&gt; &amp; \\`g\\`');
  });

  it('makes no icon of a text', () => {
    assert.equal(escape('$(error)'), '\\\\$\\(error\\)');
  });

  it('ends no link early', () => {
    assert.equal(
      link('x', 'https://a.org/b (c)', 'say "d"'),
      '[x](https://a.org/b%20%28c%29 "say &quot;d&quot;")',
    );
  });
});

describe('sources', () => {
  it('are called by their first author and year', () => {
    const names = (Object.keys(CITATIONS) as CitationId[]).map(shortCitation);
    for (const name of names) assert.match(name, /^(?:\p{Lu}[\p{L}-]+ \d{4}|wav2vec.*|heuristic)$/u);
    assert.equal(shortCitation('he2018'), 'He 2018');
  });

  it('are linked, with the citation to point at', () => {
    assert.match(
      citationLink('liu2019'),
      /^\[Liu 2019\]\(https:\/\/arxiv\.org\/abs\/1901\.11504 "Liu et al\., .*"\)$/,
    );
    assert.equal(citationLink('choice'), 'heuristic');
  });
});

describe('lenses', () => {
  const titles = (resolution: Resolution): string[] =>
    placeAdvice(resolution, all(resolution)).map(
      ({ uri, line, advice, isNamed }) => `${uri}:${line} ${lensTitle(advice, isNamed)}`,
    );

  it('stand at the task, in whichever file it is', () => {
    const [data = '', own = '', task = ''] = XRAY.split('\n');
    const [title = '', ...others] = titles(problem(`${data}\n${own}`, `\n\n${task}`));
    assert.match(
      title,
      /^file:\/\/\/b\.py:2 \$\(git-merge\)\u00a0transfer learning from things · high confidence$/,
    );
    assert.deepEqual(others, []);
  });

  it('stand at the beginning of an annotation that goes on below', () => {
    const [title = ''] = titles(
      problem('# @dataset films input=image \\\n#   num_examples=5k \\\n#   task=pneumonia'),
    );
    assert.match(title, /^file:\/\/\/a\.py:0 .*pneumonia: transfer learning from a checkpoint of ImageNet/);
  });

  it('are one for each target and line', () => {
    const places = placeAdvice(problem(SPEECH), new Set(['file:///a.py'])).map(
      ({ uri, line, task }) => `${uri}:${line} ${task}`,
    );
    assert.equal(new Set(places).size, places.length);
    assert.deepEqual(places, ['file:///a.py:0 words', 'file:///a.py:2 words', 'file:///a.py:3 words']);
  });

  it('are worked out for the files that are asked for', () => {
    const resolution = problem('# @dataset a task=t input=text', '# @dataset b task=u input=text');
    const places = placeAdvice(resolution, new Set(['file:///b.py']));
    assert.deepEqual(
      places.map(({ task }) => task),
      ['u'],
    );
  });

  it('keep two stages that share a dataset in one', () => {
    const text =
      '# @pipeline c: a -> b -> c\n# @dataset d task=a->b,b->c input=text num_examples=2M unit=words';
    const last = titles(problem(text)).at(-1) ?? '';
    assert.match(last, /a->b: .* · b->c: .* confidence$/);
  });
});

describe('the hover', () => {
  it('puts the recommended strategy first, others in a line each', () => {
    const text = hover(problem(XRAY), 'pneumonia');
    const lines = text.split('\n');
    assert.match(lines[0] ?? '', /\*\*pneumonia\*\*: transfer learning from things · /);
    assert.match(text, /^By published results, /m);
    assert.match(
      lines.find(line => line.startsWith('<span')) ?? '',
      /<span style="color:var\(--vscode-testing-iconPassed\);">\$\(pass\)<\/span> met · /,
    );
    assert.equal(lines.filter(line => /\*\*(multitask|single\\-task)/.test(line)).length, 2);
    assert.ok(text.indexOf('The advice changes at') < text.indexOf('**multitask learning**'));
  });

  it('says of a source task whom it serves', () => {
    const text = hover(problem(`${XRAY}\n# @task things category=image-classification`), 'things');
    assert.match(
      text,
      /\*\*things\*\* · not marked as a target[^]*\*\*pneumonia\*\*: source for transfer learning/,
    );
  });

  it('says of a dataset that serves nobody that it does', () => {
    const text = hover(problem(`${XRAY}\n# @dataset sounds task=bark input=audio num_examples=5`), 'sounds');
    assert.match(text, /\*\*sounds\*\* · 5 examples\nWith the current advice, no target uses it/);
  });

  it('shows a stage’s own advice on its declaration', () => {
    const text = hover(problem(`${SPEECH}\n# @task audio->phonemes category=audio-classification`), 'words');
    assert.match(text, /\*\*words\*\*: .*\n.*\*\*audio\\-&gt;phonemes\*\*: /);
  });

  it('has nothing on an annotation without a name', () => {
    const resolution = problem('# @dataset task=t num_examples=5');
    const [annotation] = resolution.files[0]?.annotations ?? [];
    assert.equal(annotation && annotationHover(annotation, resolution), undefined);
  });
});

describe('the page of all advice', () => {
  it('has every strategy with every condition, its places and source', () => {
    const resolution = problem(XRAY);
    const page = advicePage('pneumonia', resolution);
    assert.match(page, /^# pneumonia\n\n## Training strategy for pneumonia\n/);
    assert.match(
      page,
      /### transfer learning \\\(recommended\\\)[^]*### multitask learning[^]*### single\\-task training/,
    );
    const [advice] = resolution.advice();
    assert.equal(page.match(/^- [✓✗≈?] /gmu)?.length, advice?.conditions.length);
    assert.match(page, /— a\.py:2, a\.py:1 · \[Ng 2018\]/);
  });

  it('says where there is no advice', () => {
    assert.match(advicePage('other', problem(XRAY)), /No advice for other\. Mark it as a target/);
  });
});
