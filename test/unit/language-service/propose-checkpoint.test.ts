import assert from 'node:assert/strict';
import { parseText } from '../../../src/language/annotated-text';
import { proposeCheckpoint } from '../../../src/language-service/propose-checkpoint';
import { problemOf } from './support';

const CODE = [
  'import timm',
  'def build():',
  '    return timm.create_model(',
  '        "resnet50", pretrained=True)',
  '',
];

describe('the annotation of a checkpoint that code loads', () => {
  const propose = (annotations: string, names: readonly [string, ...string[]], data?: string) => {
    const insertion = proposeCheckpoint(
      parseText(CODE.join('\n'), 'python'),
      { names, data, line: 2 },
      problemOf(annotations),
    );
    return insertion && [insertion.position.line, insertion.text];
  };

  it('stands above the statement, as a source named by its data', () => {
    assert.deepEqual(propose('', ['timm/resnet50.a1_in1k'], 'imagenet-1k'), [
      2,
      '    # @task imagenet-1k checkpoint=timm/resnet50.a1_in1k\n',
    ]);
    assert.deepEqual(propose('', ['own/my model']), [
      2,
      '    # @task own-my-model checkpoint="own/my model"\n',
    ]);
    assert.deepEqual(propose('# @dataset imagenet-1k task=a', ['resnet50'], 'imagenet-1k'), [
      2,
      '    # @task imagenet-1k-2 checkpoint=resnet50\n',
    ]);
    assert.equal(propose('', ['->'])?.[1], '    # @task source checkpoint=->\n');
  });

  it('is none where any of its names is annotated', () => {
    assert.equal(propose('# @task a checkpoint=resnet50', ['timm/resnet50', 'resnet50']), undefined);
    assert.equal(propose('# @dataset a task=b model=resnet50 checkpoint=resnet50', ['resnet50']), undefined);
  });
});
