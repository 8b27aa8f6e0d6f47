import assert from 'node:assert/strict';
import { parseText } from '../../../src/annotations/document';
import { dataCallAt, proposeAnnotation } from '../../../src/language/data-calls';

function callIn(code: string, languageId = 'python') {
  return dataCallAt(parseText(code, languageId), 0);
}

describe('calls that read a dataset', () => {
  it('are known by the libraries that people use', () => {
    assert.deepEqual(callIn("films = pd.read_csv('data/films.csv', sep=';')"), {
      name: 'films',
      modality: 'tabular',
      path: 'data/films.csv',
    });
    assert.deepEqual(callIn('train = datasets.ImageFolder(root="data/xray", transform=t)'), {
      name: 'xray',
      modality: 'image',
      path: 'data/xray',
    });
    assert.deepEqual(callIn('ds = load_dataset("org/speech", split="train")'), {
      name: 'speech',
      modality: undefined,
      id: 'org/speech',
    });
    assert.equal(callIn('x = np.load("x.npy")')?.path, 'x.npy');
    assert.equal(callIn('ds = tf.data.experimental.make_csv_dataset("a.csv", 32)')?.modality, 'tabular');
    assert.equal(callIn('ds = tf.data.TFRecordDataset("a.tfrecord")')?.path, 'a.tfrecord');
    assert.equal(callIn('d = tfds.load("mnist")')?.id, 'mnist');
    assert.equal(callIn("const rows = tf.data.csv('data/rows.csv')", 'typescript')?.path, 'data/rows.csv');
  });

  it('are left alone where the path is not written out, or nothing is called', () => {
    for (const code of [
      'pd.read_csv(path)',
      'pd.read_csv(f"{root}/a.csv")',
      '# pd.read_csv("a.csv")',
      'my_read_csv("a.csv")',
      'x = "read_csv"',
      'load_dataset("csv", data_files="a.csv")',
      `pd.read_csv("${'a'.repeat(2000)}")`,
    ])
      assert.equal(callIn(code), undefined, code);
  });

  it('get an annotation above them that reads back', () => {
    const text = parseText('def f():\n    more = pd.read_csv("my data/more.csv")', 'python');
    const proposed = proposeAnnotation(text, 1, new Set(['more']));
    assert.equal(
      proposed?.snippet,
      '    # @dataset more-2 task=${1:task} input=tabular num_examples=${3:1k} path="my data/more.csv"\n',
    );
    const written = proposed.snippet.replace(/\$\{\d+:(\w+)\}/g, '$1');
    const [placed] = parseText(written, 'python').placed;
    assert.deepEqual(placed?.annotation.diagnostics, []);
  });
});
