import assert from 'node:assert/strict';
import { adviseTarget, targetsOf } from '../../../src/advisor/advisor';
import { withCheckpointData } from '../../../src/catalogue/checkpoints-as-sources';
import type { Problem } from '../../../src/language/learning-problem';
import { resolve } from '../language/support';

const problemOf = (...lines: readonly string[]): Problem =>
  resolve({ 'a.py': lines.map(line => `# ${line}`).join('\n') });

function adviceOf(problem: Problem): readonly (readonly unknown[])[] {
  return targetsOf(problem).flatMap(task =>
    adviseTarget(problem, task).map(({ task: name, recommendation, from }) => [name, recommendation, from]),
  );
}

describe('a checkpoint as a source', () => {
  it('counts with what it was trained on, as if that were annotated', () => {
    const annotated = problemOf(
      '@dataset imagenet-1k task=objects input=image:224x224x3 num_examples=1281167',
      '@task objects category=image-classification',
      '@dataset xray task=pneumonia input=image num_examples=2000',
      '@task pneumonia target category=image-classification',
    );
    const named = problemOf(
      '@task objects checkpoint=resnet50',
      '@dataset xray task=pneumonia input=image num_examples=2000',
      '@task pneumonia target category=image-classification',
    );
    assert.deepEqual(adviceOf(withCheckpointData(named)), adviceOf(annotated));
    assert.deepEqual(adviceOf(annotated), [['pneumonia', 'transfer', ['objects']]]);
    assert.notDeepEqual(adviceOf(named), adviceOf(annotated));
  });

  it('of a dataset tells its size, unless that is stated', () => {
    const sizes = (line: string): readonly unknown[] =>
      withCheckpointData(problemOf(line)).datasets.map(({ numExamples, unit, input }) => [
        numExamples,
        unit,
        input?.modality,
      ]);
    assert.deepEqual(sizes('@dataset speech task=words checkpoint=facebook/wav2vec2-base'), [
      [960, 'hours', 'audio'],
    ]);
    assert.deepEqual(sizes('@dataset mine task=words num_examples=5 checkpoint=resnet50'), [
      [5, 'examples', undefined],
    ]);
  });

  it('of a target is one more source, and no target', () => {
    for (const mark of ['target', '']) {
      const problem = withCheckpointData(
        problemOf(
          '@dataset xray task=pneumonia input=image:224x224x3 num_examples=2000',
          `@task pneumonia ${mark} checkpoint=resnet50`,
        ),
      );
      assert.deepEqual(adviceOf(problem), [['pneumonia', 'transfer', ['imagenet-1k']]]);
    }
  });

  it('takes no name that is annotated', () => {
    const { datasets } = withCheckpointData(
      problemOf(
        '@dataset imagenet-1k task=pneumonia num_examples=2k',
        '@task pneumonia target checkpoint=resnet50',
      ),
    );
    assert.deepEqual(
      datasets.map(({ name }) => name),
      ['imagenet-1k', 'imagenet-1k-3'],
    );
  });

  it('changes nothing without one, or with a file', () => {
    const plain = problemOf('@dataset a task=b num_examples=5');
    assert.equal(withCheckpointData(plain), plain);
    const file = problemOf('@task b checkpoint=models/own.onnx', '@dataset a task=b num_examples=5');
    assert.deepEqual(withCheckpointData(file), file);
  });
});
