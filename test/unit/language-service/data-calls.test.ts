import assert from 'node:assert/strict';
import { formatOfName } from '../../../src/data/paths/file-formats';
import { type DataCall, dataCallAt } from '../../../src/language-service/data-loading-calls';
import { proposeAnnotation } from '../../../src/language-service/propose-annotation';
import { parseText } from '../../../src/language/annotated-text';
import { withCursor } from './support';

function callIn(code: string, languageId = 'python') {
  return dataCallAt(parseText(code, languageId), { line: 0, column: 0 });
}

/** The call around the `|`. */
function callAt(marked: string, languageId = 'python'): DataCall | undefined {
  const { text, position } = withCursor(marked, languageId);
  return dataCallAt(text, position);
}

describe('calls that read a dataset', () => {
  it('are known by the libraries that people use', () => {
    assert.deepEqual(callIn("films = pd.read_csv('data/films.csv', sep=';')"), {
      name: 'films',
      modality: 'tabular',
      path: 'data/films.csv',
      line: 0,
    });
    assert.deepEqual(callIn('train = datasets.ImageFolder(root="data/xray", transform=t)'), {
      name: 'xray',
      modality: 'image',
      path: 'data/xray',
      line: 0,
    });
    assert.deepEqual(callIn('ds = load_dataset("org/speech", split="train")'), {
      name: 'speech',
      modality: undefined,
      id: 'org/speech',
      line: 0,
    });
    assert.equal(callIn('x = np.load("x.npy")')?.path, 'x.npy');
    assert.equal(callIn('ds = tf.data.experimental.make_csv_dataset("a.csv", 32)')?.modality, 'tabular');
    assert.equal(callIn('ds = tf.data.TFRecordDataset("a.tfrecord")')?.path, 'a.tfrecord');
    assert.equal(callIn('d = tfds.load("mnist")')?.id, 'mnist');
    assert.equal(callIn("const rows = tf.data.csv('data/rows.csv')", 'typescript')?.path, 'data/rows.csv');
  });

  it('are known where a path is put together, whole or not at all', () => {
    for (const [code, path] of [
      ['a = pd.read_csv(os.path.join("data", "raw", "train.csv"))', 'data/raw/train.csv'],
      ['b = pd.read_csv(Path("data") / "raw" / "train.csv", sep=";")', 'data/raw/train.csv'],
      ['d = TFRecordDataset(["data/a.tfrecord", "data/b.tfrecord"])', 'data/a.tfrecord,data/b.tfrecord'],
      ['e = pd.read_csv("data" + "/" + "train.csv")', 'data/train.csv'],
      ['f = pd.read_csv(str(pathlib.Path("data/") / "x.csv"))', 'data/x.csv'],
      ['g = pd.read_csv(Path("data").joinpath("raw", "x.csv").resolve())', 'data/raw/x.csv'],
      ['h = pd.read_csv("data/" "long/" "x.csv")', 'data/long/x.csv'],
      ['i <- read_csv(here::here("data", "x.csv"))', 'data/x.csv'],
      ['j = pd.read_csv(os.path.join("data", "/abs", "x.csv"))', '/abs/x.csv'],
    ] as const)
      assert.equal(callIn(code)?.path, path, code);
    for (const code of [
      'pd.read_csv(os.path.join(root, "train.csv"))',
      'pd.read_csv(root / "train.csv")',
      'pd.read_csv(Path("data") / name)',
      'pd.read_csv("data/" + name)',
      'pd.read_csv("data/%s.csv" % name)',
      'pd.read_csv("data/x.csv".format(1))',
      'pd.read_csv(Path(root, "a.csv"))',
      'TFRecordDataset(["a.tfrecord", name])',
    ])
      assert.equal(callIn(code), undefined, code);
  });

  it('are known by a text in a path that is put together, whole or not at all', () => {
    for (const [code, path] of [
      ['c = sorted(Path("data/raw").glob("*.p|ng"))', 'data/raw/*.png'],
      ['c = sorted(Path("data/r|aw").rglob("*.png"))', 'data/raw/**/*.png'],
      ['c = glob.glob(os.path.join("data", "*.j|pg"))', 'data/*.jpg'],
      ['files = ["data/a.csv", "data/b.c|sv"]', 'data/b.csv'],
      ['open("data/a.c|sv")', 'data/a.csv'],
    ] as const)
      assert.equal(callAt(code)?.path, path, code);
    for (const code of [
      'open(os.path.join(root, "a.c|sv"))',
      'open(root + "/a.c|sv")',
      'c = sorted(root.glob("*.p|ng"))',
      'x = root / "a.c|sv"',
      'x = "a.c|sv" if y else z',
    ])
      assert.equal(callAt(code), undefined, code);
  });

  it('are left alone where the path is not written out, or nothing is called', () => {
    for (const code of [
      'pd.read_csv(path)',
      'pd.read_csv(f"{root}/a.csv")',
      '# pd.read_csv("a.csv")',
      'my_read_csv("a.csv")',
      'x = "read_csv"',
      'load_dataset("csv", data_files=files)',
      'load_dataset("csv")',
      'load_dataset("csv", data_files={"train": f"{root}/a.csv"})',
      `pd.read_csv("${'a'.repeat(2000)}")`,
    ])
      assert.equal(callIn(code), undefined, code);
  });

  it('are known where tf.data and load_dataset read files', () => {
    assert.deepEqual(callIn('ds = tf.data.Dataset.list_files("flowers/*/*.jpg", shuffle=True)'), {
      name: 'flowers',
      modality: 'image',
      path: 'flowers/*/*.jpg',
      line: 0,
    });
    assert.equal(callIn('ds = tf.data.Dataset.load("saved/speech")')?.path, 'saved/speech');
    assert.equal(callIn('ds = tf.data.experimental.load("saved/speech")')?.name, 'speech');
    const files = (rest: string): string | undefined => callIn(`d = load_dataset(${rest})`)?.path;
    assert.equal(files('"csv", data_files="data/a.csv"'), 'data/a.csv');
    assert.equal(files('"json", split="train", data_files=["a.jsonl", \'b.jsonl\']'), 'a.jsonl,b.jsonl');
    assert.equal(
      files('"csv", data_files={"train": "tr.csv", "test": ["te.csv", "te.csv"]}'),
      'tr.csv,te.csv',
    );
    assert.equal(files('"imagefolder", data_dir="data/xray"'), 'data/xray');
    assert.equal(files('"csv", data_dir="data", data_files="a.csv"'), 'data/a.csv');
    assert.equal(files('"./data/mine"'), './data/mine');
    assert.equal(callIn('d = load_dataset("imagefolder", data_dir="data/xray")')?.modality, 'image');
    assert.equal(callIn('d = load_dataset("org/name", data_files="a.csv")')?.id, 'org/name');
  });

  it('are found wherever the cursor is in a call of several lines', () => {
    const code = [
      'def f():',
      '    films = pd.read_csv(',
      '        # the large one',
      '        "data/films.csv",',
      '        sep=";",',
      '    )',
      '    other()',
    ];
    const at = (line: number): DataCall | undefined =>
      callAt(code.map((each, i) => (i === line ? `${each}|` : each)).join('\n'));
    for (const line of [1, 2, 3, 4, 5])
      assert.deepEqual(
        at(line),
        { name: 'films', modality: 'tabular', path: 'data/films.csv', line: 1 },
        String(line),
      );
    assert.equal(at(0), undefined);
    assert.equal(at(6), undefined);
    assert.equal(callAt('films = \\\n  pd.read_csv("a.csv|")')?.line, 0);
    assert.equal(callAt('pd.concat([\n  pd.read_csv("a.csv"),\n  pd.read_csv("b.csv|"),\n])')?.path, 'b.csv');
    assert.equal(callAt("const d = tf.data\n  .csv('a.csv|')", 'typescript')?.line, 0);
    assert.equal(callAt('"""\npd.read_csv("a.csv|")\n"""'), undefined);
  });

  it('may be no calls: a path alone, at the cursor', () => {
    assert.deepEqual(callAt('FILES = ["data/tr|ain.csv", "b.csv"]'), {
      name: 'train',
      modality: 'tabular',
      path: 'data/train.csv',
      line: 0,
    });
    assert.equal(callAt('x = open("rows.jso|nl")')?.isFolder, undefined);
    assert.equal(callAt('x = glob("images/|*.png")')?.modality, 'image');
    assert.deepEqual(callAt("ROOT = 'data/|xray'"), {
      name: 'xray',
      modality: undefined,
      path: 'data/xray',
      isFolder: true,
      line: 0,
    });
    assert.equal(callAt('ROOT = "da|ta"')?.isFolder, true);
    for (const code of [
      'FILES = ["data/train.csv"] + mo|re',
      'x["dat|a"]',
      '# "data/tr|ain.csv"',
      'logo = "logo.p|ng" + x',
      'open("READ|ME.txt")',
      'x = "https://example.org/tr|ain.csv"',
      'x = "two wor|ds."+ y',
      `x = f"{root}/tr|ain.csv"`,
    ]) {
      const found = callAt(code);
      assert.ok(found === undefined || found.isFolder === true, code);
    }
    assert.equal(callAt('import { a } from "./da|ta"', 'typescript'), undefined);
    assert.equal(callAt('const a = require("./da|ta")', 'typescript'), undefined);
  });

  it('count what is taken for a file of data', () => {
    const counted = ['csv', 'tsv', 'jsonl', 'ndjson', 'parquet', 'arrow', 'feather', 'npy', 'npz', 'sqlite'];
    for (const ending of counted) {
      assert.notEqual(formatOfName(`a.${ending}`), undefined, ending);
      assert.equal(callAt(`f("a|.${ending}")`)?.path, `a.${ending}`);
    }
  });
});

describe('the annotation of data that code reads', () => {
  const propose = (
    source: string,
    line: number,
    size?: { value: number; splits?: Record<string, number> },
    languageId = 'python',
  ): string | undefined => {
    const text = parseText(source, languageId);
    const call = dataCallAt(text, { line, column: 0 });
    assert.ok(call);
    return proposeAnnotation(text, call, new Set(['more']), size)?.snippet;
  };

  it('stands above the call and reads back', () => {
    const snippet = propose('def f():\n    more = pd.read_csv("my data/more.csv")', 1);
    assert.equal(
      snippet,
      '    # @dataset more-2 task=${1:task} input=tabular num_examples=${3:1k} path="my data/more.csv"\n',
    );
    const written = snippet.replace(/\$\{\d+:(\w+)\}/g, '$1');
    const [placed] = parseText(written, 'python').placed;
    assert.deepEqual(placed?.annotation.diagnostics, []);
  });

  it('states what was counted', () => {
    const code = 'x = pd.read_csv("a.csv")';
    assert.match(propose(code, 0, { value: 5216 }) ?? '', / num_examples=5216 path=a\.csv$/m);
    const splits = { train: 4000, test: 1216 };
    assert.match(propose(code, 0, { value: 5216, splits }) ?? '', / splits=train:4000,test:1216 path/);
    assert.match(propose(code, 0, { value: 6000, splits }) ?? '', / num_examples=6000 path/);
  });

  it('is a comment of the place', () => {
    assert.match(
      propose("const a = tf.data.csv('a.csv')", 0, undefined, 'typescript') ?? '',
      /^\/\/ @dataset a /,
    );
    const page = "<script>\nconst a = tf.data.csv('a.csv')\n</script>";
    assert.match(propose(page, 1, undefined, 'html') ?? '', /^\/\/ @dataset a /);
  });

  it('keeps what a snippet would read: dollars and braces', () => {
    const text = parseText('x', 'python');
    const call: DataCall = {
      name: 'a',
      modality: 'tabular',
      path: '${workspaceFolder}/data/a.csv',
      line: 0,
    };
    const { snippet = '' } = proposeAnnotation(text, call, new Set()) ?? {};
    assert.ok(snippet.includes('path=\\${workspaceFolder\\}/data/a.csv'), snippet);
  });
});
