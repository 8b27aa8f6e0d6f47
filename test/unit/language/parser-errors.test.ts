import assert from 'node:assert/strict';
import { diagnosticsOf, parseText } from '../../../src/language/annotated-text';
import { diagnosticMessage } from '../../../src/messages/diagnostic-messages';
import { described, problemsOf, read, replaceAt } from './support';

type Case = readonly [line: string, problems: readonly string[], fixed?: string];

const CASES: readonly Case[] = [
  ['@dataset d task=t num_examples=many', ['bad-number "many"']],
  [
    '@dataset d task=t num_examples=5k, path=x',
    ['bad-number "5k,"'],
    '@dataset d task=t num_examples=5k path=x',
  ],
  [
    '@dataset d task=t num_examples=1.000.000',
    ['bad-number "1.000.000"'],
    '@dataset d task=t num_examples=1000000',
  ],
  ['@dataset d task=t num_examples=1.5', ['bad-number "1.5"']],
  ['@dataset d task=t num_examples=.5', ['bad-number ".5"']],
  [
    '@dataset d task=t unit=hours num_examples=.5',
    ['bad-number ".5"'],
    '@dataset d task=t unit=hours num_examples=0.5',
  ],
  ['@dataset d task=t instances_per_example=0', ['bad-number "0"']],
  ['@dataset d task=t unit=Hour', ['bad-unit "Hour"'], '@dataset d task=t unit=hours'],
  ['@dataset d task=t unit=Hours', ['bad-unit "Hours"'], '@dataset d task=t unit=hours'],
  ['@dataset d task=t unit=parsecs num_examples=1.5', ['bad-unit "parsecs"']],
  [
    '@dataset d task=t input=imgae:28x28x1',
    ['bad-input "imgae:28x28x1"'],
    '@dataset d task=t input=image:28x28x1',
  ],
  ['@dataset d task=t input=image:28x', ['bad-input "image:28x"']],
  ['@dataset d task=t input=image:0x1x1', ['bad-input "image:0x1x1"']],
  ['@dataset d task=t input=audio:16', ['bad-input "audio:16"']],
  ['@dataset d task=t splits=train', ['bad-split "train"']],
  ['@dataset d task=t splits=train:x,test:5', ['bad-number "x"']],
  ['@dataset d task=t splits=train:1.5', ['bad-number "1.5"']],
  ['@dataset d task=t splits=train:1,train:2', ['duplicate-key "train"']],
  ['@dataset d task=t splits=train:', ['bad-number "train:"']],
  ['@dataset d task=t labels_present=80', ['bad-share "80"'], '@dataset d task=t labels_present=80%'],
  ['@dataset d task=t labels_present=t:180%', ['bad-share "180%"']],
  ['@dataset d task=t,u labels_present=80%,70%', ['missing-task "80%"', 'missing-task "70%"']],
  ['@dataset d task=t,u label=t:a,t:b', ['duplicate-key "t"']],
  ['@dataset d task=t,,u', ['bad-list ","'], '@dataset d task=t,u'],
  ['@dataset d task=t, , u,', ['bad-list ","', 'bad-list ","'], '@dataset d task=t,  u,'],
  ['@dataset d task=t splits="a:1,,b:2"', ['bad-list ","'], '@dataset d task=t splits="a:1,b:2"'],
  ['@dataset d task=t source_datasets=a,"",b', ['bad-list """"']],
  ['@dataset d task=t label=t:', ['bad-list "t:"']],
  ['@dataset d task=t labels_present=t:', ['bad-share "t:"']],
  ['@dataset d task=t!', ['bad-name "t!"']],
  ['@dataset d task=a->', ['bad-name "a->"']],
  ['@dataset d task=t source_datasets="a b"', ['bad-name "a b"']],
  ['@dataset d tsak=t', ['missing-key "@dataset"', 'unknown-key "tsak"'], '@dataset d task=t'],
  ['@dataset d task=t num-examples=5', ['unknown-key "num-examples"'], '@dataset d task=t num_examples=5'],
  ['@dataset d task=t Task=t', ['unknown-key "Task"'], '@dataset d task=t task=t'],
  ['@dataset d task=t whatever=1', ['unknown-key "whatever"']],
  ['@dataset d task=t size=5 num_examples=6', ['duplicate-key "num_examples"']],
  ['@dataset d task=t path= unit=hours', ['missing-value "path"']],
  ['@dataset d task=t path=""', ['missing-value "path"']],
  ['@dataset d task=t path="', ['missing-value "path"']],
  [
    '@dataset d task=t path="a b unit=hours',
    ['unclosed-quote ""a b"'],
    '@dataset d task=t path="a b" unit=hours',
  ],
  [
    '@dataset d task=t path="C:\\a\\ unit=hours',
    ['unclosed-quote ""C:\\a\\"'],
    '@dataset d task=t path="C:\\a\\\\" unit=hours',
  ],
  ['@dataset d task=t hello', ['unexpected-word "hello"']],
  ['@dataset task=t', ['missing-name "@dataset"']],
  ['@dataset d/x task=t', ['bad-name "d/x"']],
  ['@dataset d: task=t', ['bad-name "d:"'], '@dataset d task=t'],
  ['@dataset d:x task=t', ['bad-name "d:x"']],
  ['@dataset "d x" task=t', ['bad-name ""d"', 'unexpected-word "x""']],
  ['@dataset d num_examples=5', ['missing-key "@dataset"']],
  ['@task t target=yes', ['unexpected-word "target"']],
  [
    '@task t category=image-clasification',
    ['bad-category "image-clasification"'],
    '@task t category=image-classification',
  ],
  ['@task t output=class:x', ['bad-output "class:x"']],
  ['@task t output=box:1', ['bad-output "box:1"']],
  ['@task t num_params=1.5', ['bad-number "1.5"']],
  ['@task t shares_features_with=,', ['bad-list ","'], '@task t shares_features_with='],
  ['@pipeline t: a ->', ['pipeline-too-short "a"', 'pipeline-disconnected "->"']],
  ['@pipeline t: -> t', ['pipeline-disconnected "->"', 'pipeline-too-short "t"']],
  ['@pipeline t: a -> -> t', ['pipeline-disconnected "->"']],
  ['@pipeline t: a b -> t', ['unexpected-word "b"']],
  ['@pipeline t: a! -> b -> t', ['bad-name "a!"']],
  ['@pipeline : a -> t', ['missing-name ":"']],
  ['@pipeline t: a -> t engineered=a', ['unknown-step "a"']],
];

describe('what is wrong with an annotation', () => {
  for (const [line, problems, fixed] of CASES)
    it(line, () => {
      const text = `x = 1  # ${line}`;
      assert.deepEqual(problemsOf(text), problems);
      const diagnostics = diagnosticsOf(parseText(text, 'python'));
      for (const diagnostic of diagnostics) assert.ok(diagnosticMessage(diagnostic).length > 10);
      const fixable = diagnostics.find(diagnostic => diagnostic.fix);
      assert.equal(
        fixable?.fix && replaceAt(text, fixable.fix.range, fixable.fix.newText),
        fixed && `x = 1  # ${fixed}`,
      );
    });

  it('is reported all at once, each at its own characters', () => {
    const text =
      '# @dataset d! task=a,,b num_examples=x unit=y input=z splits=q labels_present=2 oops key=1 path=';
    assert.deepEqual(problemsOf(text), [
      'bad-name "d!"',
      'bad-list ","',
      'bad-number "x"',
      'bad-unit "y"',
      'bad-input "z"',
      'bad-split "q"',
      'bad-share "2"',
      'unexpected-word "oops"',
      'unknown-key "key"',
      'missing-value "path"',
    ]);
  });

  it('does not hide what is right', () => {
    const { fields } = read(
      '# @dataset d task=a,!,b num_examples=x path=p splits=train:5,test:y labels_present=a:50%,b:no',
    );
    assert.deepEqual(Object.keys(fields), ['task', 'splits', 'labels_present', 'path']);
  });

  it('goes away where its fix is applied, on continued lines too', () => {
    let text = '# @dataset d tsak=t unti=Hour \\\n# num_examples=5k, labels_present=80 \\';
    for (let i = 0; i < 10; i++) {
      const found = diagnosticsOf(parseText(text, 'python'));
      const [first] = found.filter(diagnostic => diagnostic.fix);
      if (!first?.fix) break;
      text = replaceAt(text, first.fix.range, first.fix.newText);
      const left = diagnosticsOf(parseText(text, 'python')).map(diagnostic => described(text, diagnostic));
      assert.ok(!left.includes(described(text, first)));
    }
    assert.deepEqual(problemsOf(text), []);
    assert.equal(text.trimEnd(), '# @dataset d task=t unit=hours \\\n# num_examples=5k labels_present=80%');
  });
});
