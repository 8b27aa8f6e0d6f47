import assert from 'node:assert/strict';
import { readOutput } from '../../../src/experiments/programs/program-output';
import { splitCommand } from '../../../src/experiments/programs/split-command';

describe('the command of a training program', () => {
  for (const [text, words] of [
    ['python train.py --x', ['python', 'train.py', '--x']],
    [`"my python" 'a b' c"d e"f`, ['my python', 'a b', 'cd ef']],
    [`a "" ''`, ['a', '', '']],
    ['python "say \\"hi\\"" \'it is\'', ['python', 'say "hi"', 'it is']],
    ['C:\\py\\python.exe t.py', ['C:\\py\\python.exe', 't.py']],
    ['echo $HOME `ls` a;b | c > d *.py', ['echo', '$HOME', '`ls`', 'a;b', '|', 'c', '>', 'd', '*.py']],
  ] as const)
    it(`is divided as a shell would, and nothing more: ${text}`, () => {
      assert.deepEqual(splitCommand(text), words);
    });

  it('is refused where a quote is open or nothing is named', () => {
    assert.throws(() => splitCommand('python "train.py'), /unclosed quote/);
    assert.throws(() => splitCommand('  '), /train= is empty/);
  });
});

describe('the output of a training program', () => {
  it('is metrics, points of training, predictions, and whatever else it prints', () => {
    const reader = readOutput();
    const lines = [
      'epoch 1',
      '{"step": 3, "loss": 0.5, "validation": {"accuracy": 0.7}}',
      '{"metric": "accuracy", "value": 0.1}',
      '{"metric": "accuracy", "value": 0.9}',
      '{"predictions": [0, 1], "labels": [0, 0]}',
      '{"predictions": [1], "labels": []}',
      '{"half": ',
    ];
    assert.deepEqual(
      lines.map(line => reader.read(line, 7)),
      [
        undefined,
        { t: 7, phase: 'train', step: 3, loss: 0.5, validation: { accuracy: 0.7 } },
        'metric',
        'metric',
        'metric',
        undefined,
        undefined,
      ],
    );
    const { metrics, predictions } = reader.output();
    assert.deepEqual([...metrics], [['accuracy', 0.9]]);
    assert.deepEqual(predictions, { kind: 'classes', labels: [0, 0], predictions: [0, 1] });
  });

  it('may be what Python writes for no number, which is not taken for a figure that is missing', () => {
    const reader = readOutput();
    reader.read('{"metric": "mae", "value": NaN}', 0);
    assert.deepEqual([...reader.output().metrics], [['mae', NaN]]);
  });
});
