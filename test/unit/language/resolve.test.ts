import assert from 'node:assert/strict';
import { datasetSize, trainingSize } from '../../../src/language/learning-problem';
import { convertSize, sameDimension } from '../../../src/language/size-units';
import { resolve, resolvedProblems } from './support';

describe('a problem of many files', () => {
  it('resolves names across files, in their order', () => {
    const problem = resolve({
      'a.py': '# @task x target num_params=1M\n# @dataset d1 task=x num_examples=5k',
      'b.py': '# @dataset d2 task=y num_examples=1.2M\n# @task z shares_features_with=y',
    });
    assert.deepEqual(
      problem.datasets.map(({ name }) => name),
      ['d1', 'd2'],
    );
    assert.deepEqual(
      problem.tasks.map(({ name, declared, target }) => [name, declared, target]),
      [
        ['x', true, true],
        ['z', true, false],
        ['y', false, false],
      ],
    );
    assert.deepEqual(problem.diagnostics, []);
  });

  it('infers tasks from datasets and pipelines, not from steps, and says where they are first named', () => {
    const problem = resolve({
      'a.py': '# @dataset d task=a,b,a\n# @dataset e task=x->y\n# @pipeline y: x -> y',
    });
    assert.deepEqual(problem.tasks.map(({ name }) => name).sort(), ['a', 'b', 'y']);
    const [, b] = [...problem.tasks].sort((p, q) => p.name.localeCompare(q.name));
    assert.deepEqual(b?.reference.range.start, { line: 0, column: 20 });
    assert.deepEqual(
      problem.datasets.map(({ tasks }) => tasks),
      [['a', 'b'], ['x->y']],
    );
  });

  it('keeps the first of several declarations and reports the others, where they are', () => {
    const files = {
      'a.py': '# @dataset d task=a num_examples=1',
      'b.py': '# @dataset d task=b num_examples=2\n# @task d target\n# @task d category=x',
    };
    assert.equal(resolve(files).datasets[0]?.numExamples, 1);
    assert.deepEqual(resolvedProblems(files), ['b.py: duplicate-name "d"', 'b.py: duplicate-name "d"']);
    const [again] = resolve(files).diagnostics;
    assert.ok(again?.code === 'duplicate-name');
    assert.deepEqual([again.directive, again.name, again.first], ['dataset', 'd', 'a.py:1']);
  });

  it('leaves out annotations without a name', () => {
    const problem = resolve({ 'a.py': '# @dataset task=a\n# @task num_params=1' });
    assert.deepEqual([problem.datasets, problem.tasks], [[], []]);
  });

  it('keeps units, and takes no size in an unreadable one for examples', () => {
    const { datasets } = resolve({
      'a.py':
        '# @dataset a task=t num_examples=300 unit=hours\n# @dataset b task=t num_examples=300\n# @dataset c task=t num_examples=300 unit=parsecs splits=train:5',
    });
    assert.deepEqual(datasets.map(datasetSize), [
      { value: 300, unit: 'hours' },
      { value: 300, unit: 'examples' },
      undefined,
    ]);
  });

  it('compares only units of one dimension', () => {
    assert.equal(convertSize({ value: 90, unit: 'minutes' }, 'hours'), 1.5);
    assert.equal(convertSize({ value: 2, unit: 'hours' }, 'seconds'), 7200);
    assert.equal(convertSize({ value: 2, unit: 'hours' }, 'examples'), undefined);
    assert.ok(!sameDimension('words', 'tokens'));
  });

  it('adds up splits, and trains on what is not held out', () => {
    const [d] = resolve({ 'a.py': '# @dataset d task=t splits=train:80k,val:5k,test:20k,extra:1k' }).datasets;
    assert.ok(d);
    assert.deepEqual(datasetSize(d), { value: 106_000, unit: 'examples' });
    assert.deepEqual(trainingSize(d), { value: 81_000, unit: 'examples' });
  });

  it('gives one share or column to all tasks, or one to each', () => {
    const { datasets } = resolve({
      'a.py':
        '# @dataset a task=x,y labels_present=60% label=c\n# @dataset b task=x,y labels_present=y:50% label=x:1,y:2',
    });
    assert.deepEqual(datasets[0]?.labelsPresent, { x: 0.6, y: 0.6 });
    assert.deepEqual(datasets[0].labels, { x: 'c', y: 'c' });
    assert.deepEqual(datasets[1]?.labelsPresent, { y: 0.5 });
    assert.deepEqual(datasets[1].labels, { x: '1', y: '2' });
  });

  it('holds names that objects have of themselves', () => {
    const { tasks, datasets } = resolve({
      'a.py':
        '# @dataset constructor task=__proto__,toString labels_present=__proto__:50% splits=__proto__:5',
    });
    assert.deepEqual(
      tasks.map(({ name }) => name),
      ['__proto__', 'toString'],
    );
    assert.deepEqual(Object.entries(datasets[0]?.labelsPresent ?? {}), [['__proto__', 0.5]]);
    assert.deepEqual(Object.entries(datasets[0]?.splits ?? {}), [['__proto__', 5]]);
  });
});

describe('what is wrong between annotations', () => {
  const cases: Readonly<Record<string, readonly [text: string, problems: readonly string[]]>> = {
    'labels of tasks the dataset has not': [
      '# @dataset d task=car,bus labels_present=cat:5% label=lorry:x',
      ['a.py: unknown-task "cat"', 'a.py: unknown-task "lorry"'],
    ],
    'features shared with tasks nobody mentions': [
      '# @task t shares_features_with=u,imagenet\n# @dataset d task=u',
      ['a.py: unknown-task "imagenet"'],
    ],
    'data for a slip of a declared task': [
      '# @task pneumonia target\n# @dataset d task=pnuemonia',
      ['a.py: unknown-task "pnuemonia"'],
    ],
    'nothing, where both tasks have data': [
      '# @task task1 target\n# @dataset d task=task1\n# @dataset e task=task2',
      [],
    ],
    'slips of source datasets': [
      '# @dataset imagenet task=a\n# @dataset d task=b source_datasets=imagenett,cifar10',
      ['a.py: unknown-dataset "imagenett"'],
    ],
    'nothing, where names differ in their digits': [
      '# @dataset cifar10 task=a\n# @dataset d task=b source_datasets=cifar100',
      [],
    ],
    'a size that its splits do not add up to': [
      '# @dataset d task=t num_examples=100k splits=train:80k,test:10k\n# @dataset e task=t num_examples=0.3 splits=a:0.1,b:0.2 unit=hours',
      ['a.py: size-mismatch "100k"'],
    ],
    'pipelines that end elsewhere': ['# @pipeline t: a -> b', ['a.py: pipeline-disconnected "b"']],
    'pipelines that turn round': ['# @pipeline t: a -> b -> a -> t', ['a.py: pipeline-disconnected "a"']],
    'engineered steps a pipeline has not': [
      '# @pipeline t: a -> b -> t engineered=a->b,a->t,b->a',
      ['a.py: unknown-step "a->t"', 'a.py: unknown-step "b->a"'],
    ],
    'data for steps no pipeline has': [
      '# @pipeline t: a -> b -> c -> t\n# @dataset d task=a->b\n# @dataset e task=b->t\n# @dataset f task=a->t\n# @dataset g task=b->a\n# @dataset h task=x->y',
      ['a.py: unknown-step "b->a"', 'a.py: unknown-step "x->y"'],
    ],
    'steps where there is no pipeline': ['# @dataset d task=a->b', ['a.py: unknown-step "a->b"']],
  };
  for (const [what, [text, problems]] of Object.entries(cases))
    it(what, () => {
      assert.deepEqual(resolvedProblems({ 'a.py': text }), problems);
    });

  it('is repaired by its fix', () => {
    const files = {
      'a.py': '# @task pneumonia target\n# @dataset d task=pnuemonia num_examples=5 splits=a:6',
    };
    assert.deepEqual(
      resolve(files).diagnostics.map(({ fix }) => fix?.newText),
      ['pneumonia', '6'],
    );
  });
});
