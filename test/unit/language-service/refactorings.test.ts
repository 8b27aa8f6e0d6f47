import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { PUBLIC_SOURCES, sourceAnnotations } from '../../../src/advisor/public-sources';
import type { Position } from '../../../src/common/text-ranges';
import { missingTask, refactoringsAt } from '../../../src/language-service/code-actions';
import { type AnnotatedText, annotationsOf, parseText } from '../../../src/language/annotated-text';
import { trainingSize, type Problem } from '../../../src/language/learning-problem';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { withCursor } from './support';

const RADIOLOGY = [
  '# @dataset imagenet task=objects input=image:224x224x3 num_examples=1.28M',
  '# @dataset films task=pneumonia input=image:224x224x3 splits=train:5k,test:1k',
  '# @task pneumonia target',
].join('\n');

const problemIn = (text: AnnotatedText): Problem =>
  resolveProblem([{ file: 'f', annotations: annotationsOf(text) }]);

/** The whole text with an insertion, of a choice the first. */
function inserted(
  { lines }: AnnotatedText,
  { position, text }: { readonly position: Position; readonly text: string },
): string {
  const written = text.replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1');
  return lines
    .map((line, i) =>
      i === position.line ? line.slice(0, position.column) + written + line.slice(position.column) : line,
    )
    .join('\n');
}

/** The text with each of the refactorings that are offered at the cursor, by kind and tasks. */
function results(marked: string, languageId = 'python'): Record<string, string> {
  const { text, position } = withCursor(marked, languageId);
  const problem = problemIn(text);
  const advice = advise(problem);
  const on = (name: string) => advice.filter(({ task }) => task === name);
  return Object.fromEntries(
    refactoringsAt(text, position, problem, on).map(each => [
      [each.kind, ...each.others].join(' '),
      inserted(text, each),
    ]),
  );
}

/** The line of a text that holds these words. */
const lineWith = (words: string, text = ''): string | undefined =>
  text.split('\n').find(line => line.includes(words));

describe('refactorings', () => {
  it('say what the advice had to assume', () => {
    const offered = results(RADIOLOGY.replace('@task pneu', '@task pn|eu'));
    assert.deepEqual(Object.keys(offered), ['features-shared objects', 'features-not-shared']);
    const { 'features-shared objects': shared, 'features-not-shared': not } = offered;
    assert.equal(lineWith('@task', shared), '# @task pneumonia target shares_features_with=objects');
    assert.equal(lineWith('@task', not), '# @task pneumonia target shares_features_with=none');
    assert.deepEqual(
      results(RADIOLOGY.replace('@task pneumonia', '@task pn|eumonia shares_features_with=objects')),
      {},
    );
  });

  it('offer all tasks together, and each alone', () => {
    const road =
      '# @dataset road task=car,sign,bus input=image num_examples=5k\n# @task c|ar target\n# @task sign category=image-classification';
    const offered = results(road);
    assert.deepEqual(Object.keys(offered).sort(), [
      'features-not-shared',
      'features-shared bus sign',
      'features-shared-alone bus',
      'features-shared-alone sign',
    ]);
    const together = offered['features-shared bus sign'] ?? '';
    assert.equal(lineWith('@task car', together), '# @task car target shares_features_with=bus,sign');
    const [advice] = advise(problemIn(parseText(together, 'python')));
    const helps = advice?.conditions.filter(({ id }) => id === 'features-help') ?? [];
    assert.ok(helps.length > 0 && helps.every(({ status }) => status === 'met'));
  });

  it('go to the end of an annotation wherever it stands', () => {
    const [imagenet, films, task] = RADIOLOGY.replaceAll('# ', '').split('\n');
    const page = `<!-- ${imagenet} -->\n<!-- ${films} -->\n<!-- ${task?.replace('pneu', 'pn|eu')} -->`;
    assert.equal(
      lineWith('@task', results(page, 'markdown')['features-shared objects']),
      '<!-- @task pneumonia target shares_features_with=objects -->',
    );
    const behind = `# ${imagenet}\n# ${films}\nx = 1  # ${task?.replace('pneu', 'pn|eu')}`;
    assert.equal(
      lineWith('@task', results(behind)['features-not-shared']),
      'x = 1  # @task pneumonia target shares_features_with=none',
    );
    const docstring = `"""Words.\n${imagenet}\n${films}\n${task?.replace('pneu', 'pn|eu')}\n"""`;
    assert.ok(results(docstring)['features-not-shared']);
  });

  it('declare a task below the dataset that implies it, and take no advice from others', () => {
    const declared = results('    # @dataset fi|lms task=pneumonia input=image num_examples=5k')[
      'declare-task'
    ];
    assert.equal(
      declared,
      '    # @dataset films task=pneumonia input=image num_examples=5k\n    # @task pneumonia category=image-classification',
    );
    const [, task] = annotationsOf(parseText(declared, 'python'));
    assert.deepEqual(task?.diagnostics, []);
  });

  it('declare it in the comment that the dataset stands in', () => {
    const DATASET = '@dataset fi|lms task=pneumonia input=image num_examples=5k';
    const TASK = '@task pneumonia category=image-classification';
    const below = (before: string, after: string, languageId: string): string | undefined => {
      const result = results(`${before}${DATASET}${after}`, languageId)['declare-task'];
      assert.ok(result === undefined || annotationsOf(parseText(result, languageId)).length === 2, result);
      return result?.slice(before.length + DATASET.length - 1);
    };
    assert.equal(below('<!-- ', ' -->\ntext', 'markdown'), ` -->\n<!-- ${TASK} -->\ntext`);
    assert.equal(below('<!--\n', '\n-->', 'markdown'), `\n${TASK}\n-->`);
    assert.equal(below('/**\n * ', '\n */', 'typescript'), `\n * ${TASK}\n */`);
    assert.equal(below('  /* ', '\n   */', 'typescript'), `\n   * ${TASK}\n   */`);
    assert.equal(below('def f():\n  """Words.\n  ', '\n  """', 'python'), `\n  ${TASK}\n  """`);
    assert.equal(below('f(/* ', ' */ 1)', 'typescript'), undefined);
    assert.equal(below('x = 1  # ', '', 'python'), undefined);
  });

  it('write out the public data set that the advice is to start from', () => {
    const films = '# @dataset films task=pneumonia input=image num_examples=800';
    const offered = results(`${films}\n# @task pn|eumonia category=image-classification`);
    const { 'public-source ImageNet': text = '' } = offered;
    assert.equal(
      text.split('\n').slice(2).join('\n'),
      '# @dataset imagenet-1k task=imagenet-classes input=image num_examples=1.28M\n# @task imagenet-classes category=image-classification',
    );
    const annotated = parseText(text, 'python');
    assert.deepEqual(
      annotationsOf(annotated).flatMap(({ diagnostics }) => diagnostics),
      [],
    );
    // It is a source, no target of its own, and the advice is no longer on what is not annotated.
    const advice = advise(problemIn(annotated));
    assert.deepEqual(
      advice.map(({ task, recommendation, from, publicSource }) => [
        task,
        recommendation,
        from,
        publicSource,
      ]),
      [['pneumonia', 'transfer', ['imagenet-classes'], undefined]],
    );
    assert.deepEqual(Object.keys(results(text.replace('@task pneu', '@task pn|eu'))).sort(), [
      'features-not-shared',
      'features-shared imagenet-classes',
    ]);
  });

  it('write out any public source without a fault, in each unit', () => {
    for (const source of PUBLIC_SOURCES) {
      const text = parseText(
        sourceAnnotations(source)
          .map(line => `# ${line}`)
          .join('\n'),
        'python',
      );
      const { datasets, tasks, diagnostics } = problemIn(text);
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(
        annotationsOf(text).flatMap(each => each.diagnostics),
        [],
      );
      assert.deepEqual(datasets.map(trainingSize), [source.size]);
      assert.deepEqual(
        tasks.map(({ name, category }) => [name, category]),
        [[source.task, source.category]],
      );
    }
  });

  it('say nothing where there is no annotation', () => {
    assert.deepEqual(results('x| = 1'), {});
  });
});

describe('a task that no annotation mentions', () => {
  /** The text once the task of the first such diagnostic is made known; it is not reported any more. */
  function repaired(source: string): string | undefined {
    const text = parseText(source, 'python');
    const problem = problemIn(text);
    const diagnostic = problem.diagnostics.find(({ code }) => code === 'unknown-task');
    assert.ok(diagnostic);
    const missing = missingTask(text, diagnostic, problem);
    if (!missing) return undefined;
    const result = inserted(text, missing);
    assert.deepEqual(
      problemIn(parseText(result, 'python')).diagnostics.filter(({ code }) => code === 'unknown-task'),
      [],
    );
    return result;
  }

  it('is declared below', () => {
    const source = '# @dataset a task=t num_examples=5k\n# @task t target shares_features_with=shapes';
    assert.equal(repaired(source), `${source}\n# @task shapes category=image-classification`);
  });

  it('is declared even where a name is near', () => {
    const source = '# @dataset a task=pneumonja num_examples=5k\n# @task pneumonia target';
    assert.equal(lineWith('category', repaired(source)), '# @task pneumonja category=image-classification');
  });

  it('becomes one of the dataset that states its labels', () => {
    assert.equal(
      repaired('# @dataset a task=car,sign num_examples=5k labels_present=car:100%,bus:50%'),
      '# @dataset a task=car,sign,bus num_examples=5k labels_present=car:100%,bus:50%',
    );
    assert.equal(
      repaired('# @dataset a label=bus:b task="car" num_examples=5k'),
      '# @dataset a label=bus:b task="car,bus" num_examples=5k',
    );
  });

  it('is left where a line below would not be safe', () => {
    assert.equal(
      repaired('# @dataset a task=t num_examples=5k\nx = 1  # @task t target shares_features_with=shapes'),
      undefined,
    );
  });
});
