import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { Database } from 'node-sqlite3-wasm';
import { type DatasetRequest, type InputArray, openDataset } from '../../../src/data';
import { encode as encodePng } from 'fast-png';
import { exportOnnx } from '../../../src/engine';
import { createEncoder } from '../../../src/training/architectures/encoders';
import { composePredictor, createHead } from '../../../src/training/architectures/network';
import { predictScript } from '../../../src/training/artifacts/predict-script';
import { useScratch } from '../data/helpers/files';
import { python } from '../data/helpers/python';
import { TABLES, zip } from '../data/helpers/readers';
import { wav } from '../data/helpers/wav';

/** Pictures and recordings of every kind that is read, made by other programs. */
const FIXTURES = join(__dirname, '../../fixtures');

/** One kind of data: how it is written, and what training reads of it. */
interface DataCase {
  readonly name: string;
  /** Python packages without which it is passed over, by name. */
  readonly needs?: readonly string[];
  readonly request: Omit<DatasetRequest, 'shares'>;
  /** How far numbers may be apart, where decoders round in other ways. */
  readonly near?: number;
  /** Writes the data; gives its path. */
  readonly write: (folder: string) => Promise<string>;
}

const label = { labels: { t: { column: 'label' } } };
const text = { ...label, input: { text: {} } };
const byFolder = { labels: { t: { column: 'class' } } };

/** A number, money, a date, a category with a quote in it, many categories, something missing, and the label. */
const CELLS = Array.from({ length: 200 }, (_, i) => [
  i % 11 === 0 ? '' : String(((i * 37) % 101) / 8 - 3),
  `$${(i * 731) % 9000}.50`,
  `2024-0${1 + (i % 9)}-1${i % 7} 0${i % 10}:30`,
  ['plain', 'a "b"', 'naïve é', 'Ω'][i % 4] ?? '',
  `city ${i % 90}`,
  i % 2 === 0 ? 'yes' : 'no',
]);
const NAMES = ['number', 'price', 'when', 'kind', 'town', 'label'];

function csv(
  rows: readonly (readonly string[])[],
  delimiter = ',',
  {
    quote = '"',
    names = NAMES,
    end = '\n',
  }: { quote?: string; names?: readonly string[]; end?: string } = {},
): string {
  const cell = (value: string): string =>
    new RegExp(`[${delimiter === ' ' ? '\\s' : delimiter}${quote}\\n]`).test(value) ||
    (delimiter === ' ' && value === '')
      ? `${quote}${value.replaceAll(quote, quote + quote)}${quote}`
      : value;
  return [...(names.length > 0 ? [names] : []), ...rows]
    .map(row => row.map(cell).join(delimiter) + end)
    .join('');
}

/** An array of 64-bit floats as NumPy writes it. */
function npy(shape: readonly number[], values: readonly number[]): Buffer {
  const sizes = shape.length === 1 ? `${shape.join()},` : shape.join(', ');
  const text = `${`{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`.padEnd(117)}\n`;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, Buffer.from(text), Buffer.from(Float64Array.from(values).buffer)]);
}

const file =
  (name: string, content: string | Uint8Array) =>
  async (folder: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

const objects = CELLS.map((row, i) => ({
  number: row[0] === '' ? null : Number(row[0]),
  price: row[1],
  when: row[2],
  kind: i % 3 === 0 ? 0.5 : i % 3 === 1 ? true : 1e-7,
  town: row[4],
  label: row[5],
}));
const TEXTS = [
  'Where is my card?',
  "It's lost… WHY, ÉCOLE",
  '早上走廊吵闹了15次',
  'ไม่ดีเลย',
  'हिन्दी में, ﾊﾟｿｺﾝ ＡＢＣ',
  'e\u0301te\u0301\u00a0x\u2028y \u001c z',
  'İstanbul ΟΔΟΣ 한국어',
];
const texts = (i: number): string => TEXTS[i % TEXTS.length] ?? '';

const CASES: readonly DataCase[] = [
  { name: 'CSV', request: label, write: file('d.csv', csv(CELLS)) },
  { name: 'CSV with semicolons', request: label, write: file('d.csv', csv(CELLS, ';')) },
  {
    name: 'CSV in apostrophes, with carriage returns',
    request: label,
    write: file('d.csv', csv(CELLS, ',', { quote: "'", end: '\r\n' })),
  },
  {
    name: 'CSV without a header',
    request: { labels: { t: { column: '5' } } },
    write: file('d.csv', csv(CELLS, ',', { names: [] })),
  },
  {
    name: 'CSV with blanks behind delimiters',
    request: label,
    write: file('d.csv', csv(CELLS).replaceAll(/,(?! )/g, ', ')),
  },
  {
    name: 'CSV in windows-1252',
    request: label,
    write: file('d.csv', Buffer.from(csv(CELLS).replaceAll('Ω', 'ö'), 'latin1')),
  },
  {
    name: 'CSV in UTF-16',
    request: label,
    write: file('d.csv', Buffer.from(`\ufeff${csv(CELLS)}`, 'utf16le')),
  },
  {
    name: 'CSV with decimal commas',
    request: label,
    write: file(
      'd.csv',
      csv(
        CELLS.map(([n = '', ...rest]) => [n.replace('.', ','), ...rest]),
        ';',
      ),
    ),
  },
  {
    name: 'CSV with comments and totals',
    request: label,
    write: file('d.csv', `# a note\n# another\n${csv(CELLS)}Total,,,,,\n`),
  },
  {
    name: 'columns of blanks',
    request: { labels: { t: { column: '2' } } },
    write: file('d.csv', CELLS.map((_, i) => ` ${(i * 7) % 13}   ${i / 4}  ${i % 2}\n`).join('')),
  },
  ...['a.csv.bz2', 'a.csv.xz'].map(name => ({
    name,
    request: { labels: { t: { column: 'y' } } },
    write: compressed(name),
  })),
  {
    name: 'a.csv.zst',
    needs: ['zstandard'],
    request: { labels: { t: { column: 'y' } } },
    write: compressed('a.csv.zst'),
  },
  {
    name: 'a zip archive with other files in it',
    request: label,
    write: file('d.zip', zip({ 'README.txt': Buffer.from('hello'), 'data/d.csv': Buffer.from(csv(CELLS)) })),
  },
  { name: 'TSV', request: label, write: file('d.tsv', csv(CELLS, '\t')) },
  {
    name: 'JSON Lines',
    request: label,
    write: file('d.jsonl', objects.map(each => JSON.stringify(each)).join('\n')),
  },
  { name: 'JSON', request: label, write: file('d.json', JSON.stringify({ about: 'x', data: objects })) },
  {
    name: 'nested JSON Lines',
    request: { labels: { t: { column: 'of.label' } } },
    write: file(
      'd.jsonl',
      objects.map(({ label: of, ...each }) => JSON.stringify({ each, of: { label: of } })).join('\n'),
    ),
  },
  { name: 'ARFF', request: { labels: { t: { column: 'kind of iris' } } }, write: copyOf('iris.arff') },
  {
    name: 'MATLAB',
    request: { labels: { t: { column: 'y' } } },
    needs: ['scipy.io'],
    write: copyOf('packed.mat'),
  },
  {
    name: 'text in MATLAB cells',
    request: { labels: { t: { column: 'y' } }, input: { columns: ['words', 'even', 'about/deep/row'] } },
    needs: ['scipy.io'],
    write: copyOf('plain.mat'),
  },
  {
    name: 'HDF5',
    request: { labels: { t: { column: 'labels' } }, table: 'train' },
    needs: ['h5py'],
    write: copyOf('groups.h5'),
  },
  {
    name: 'columns in HDF5',
    request: {
      labels: { t: { column: 'labels' } },
      table: 'train',
      input: { columns: ['words', 'bytes', 'weights', 'flags', 'records/size'] },
    },
    needs: ['h5py'],
    write: copyOf('groups.h5'),
  },
  {
    name: 'MATLAB 7.3',
    request: { labels: { t: { column: 'y' } } },
    needs: ['h5py'],
    write: copyOf('v73.mat'),
  },
  {
    name: 'Excel',
    request: { labels: { t: { column: 'kind' } } },
    needs: ['openpyxl'],
    write: copyOf('titled.xlsx'),
  },
  { name: 'svmlight', request: label, write: copyOf('zero.svm') },
  { name: 'SQLite', request: { ...label, table: 'd' }, write: sqlite },
  { name: 'Parquet', request: label, needs: ['pyarrow'], write: parquet },
  { name: 'Arrow', request: label, needs: ['pyarrow'], write: arrow },
  {
    name: 'text in CSV',
    request: text,
    write: file(
      'd.csv',
      csv(
        CELLS.map((row, i) => [texts(i), texts(i + 1), String(row.at(-1))]),
        ',',
        { names: ['title', 'body', 'label'] },
      ),
    ),
  },
  {
    name: 'text in JSON Lines',
    request: text,
    write: file(
      'd.jsonl',
      CELLS.map((row, i) => JSON.stringify({ text: texts(i), label: row.at(-1) })).join('\n'),
    ),
  },
  {
    name: 'NPZ',
    request: label,
    needs: ['numpy'],
    write: file(
      'd.npz',
      zip({
        'x.npy': npy(
          [40, 3],
          Array.from({ length: 120 }, (_, i) => (i % 17 === 0 ? NaN : Math.sin(i) * 100)),
        ),
        'label.npy': npy(
          [40],
          Array.from({ length: 40 }, (_, i) => i % 3),
        ),
      }),
    ),
  },
  { name: 'IDX', request: { labels: { t: { column: 'label' } } }, needs: ['numpy'], write: idx },
  { name: 'class folders of texts', request: byFolder, write: texts2folders },
  { name: 'class folders of images', request: byFolder, needs: ['numpy', 'PIL'], write: images, near: 0.02 },
  {
    name: 'class folders of images of all kinds',
    request: byFolder,
    needs: ['numpy', 'PIL'],
    write: folder => allKinds(folder, 'images', /\.(?:bmp|gif|tif|jpg)$/),
    near: 0.06,
  },
  {
    name: 'class folders of FLAC, mu-law and A-law',
    request: { ...byFolder, input: { audio: { sampleRate: 6000 } } },
    needs: ['numpy', 'soundfile'],
    write: folder => allKinds(folder, 'recordings', /\.flac$|law\.wav$/),
    near: 0.05,
  },
  {
    name: 'class folders of recordings',
    request: { ...byFolder, input: { audio: { sampleRate: 6000 } } },
    needs: ['numpy'],
    write: recordings,
    near: 0.01,
  },
];

/** What another program wrote. */
function copyOf(name: string): DataCase['write'] {
  return async folder => {
    await copyFile(join(TABLES, name), join(folder, name));
    return join(folder, name);
  };
}

function sqlite(folder: string): Promise<string> {
  const database = new Database(join(folder, 'd.db'));
  database.exec('CREATE TABLE d (number REAL, price TEXT, "when" TEXT, kind, town TEXT, label TEXT)');
  database.exec('CREATE TABLE other (x)');
  objects.forEach(({ number, price, when, kind, town, label: of }) => {
    database.run('INSERT INTO d VALUES (?, ?, ?, ?, ?, ?)', [
      number,
      price ?? null,
      when ?? null,
      Number(kind),
      town ?? null,
      of ?? null,
    ]);
  });
  database.close();
  return Promise.resolve(join(folder, 'd.db'));
}

async function parquet(folder: string): Promise<string> {
  const column = (name: string, data: unknown[]): { name: string; data: unknown[] } => ({ name, data });
  const bytes = parquetWriteBuffer({
    columnData: [
      column(
        'number',
        objects.map(({ number }) => number),
      ),
      column(
        'when',
        objects.map((_, i) => new Date(Date.UTC(2024, i % 12, 1 + (i % 28), i % 24))),
      ),
      column(
        'price',
        objects.map(({ price }) => price),
      ),
      column(
        'flag',
        objects.map((_, i) => i % 2 === 0),
      ),
      column(
        'label',
        objects.map(({ label: of }) => of),
      ),
    ],
  });
  return file('d.parquet', Buffer.from(bytes))(folder);
}

async function arrow(folder: string): Promise<string> {
  const table = new Table({
    number: vectorFromArray(objects.map(({ number }) => number)),
    whole: vectorFromArray(Int32Array.from(objects, (_, i) => i * 3)),
    town: vectorFromArray(objects.map(({ town }) => town ?? '')),
    label: vectorFromArray(objects.map(({ label: of }) => of ?? '')),
  });
  return file('d.arrow', Buffer.from(tableToIPC(table, 'file')))(folder);
}

async function idx(folder: string): Promise<string> {
  const head = (...sizes: number[]): Buffer => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    bytes.set([0, 0, 8, sizes.length]);
    sizes.forEach((size, i) => bytes.writeUInt32BE(size, 4 + 4 * i));
    return bytes;
  };
  const pixels = Buffer.from(Array.from({ length: 30 * 16 }, (_, i) => (i * 37) % 256));
  await file('train-images-idx3-ubyte', Buffer.concat([head(30, 4, 4), pixels]))(folder);
  await file(
    'train-labels-idx1-ubyte',
    Buffer.concat([head(30), Buffer.from(pixels.map(each => each % 3).subarray(0, 30))]),
  )(folder);
  return folder;
}

async function inFolders(
  folder: string,
  count: number,
  name: string,
  content: (i: number) => string | Uint8Array,
): Promise<string> {
  for (const each of ['b', 'a']) await mkdir(join(folder, 'data', each), { recursive: true });
  for (let i = 0; i < count; i++)
    await writeFile(join(folder, 'data', 'ab'[i % 2] ?? '', `${i}${name}`), content(i));
  return join(folder, 'data');
}

function texts2folders(folder: string): Promise<string> {
  return inFolders(folder, 20, '.txt', i => (i === 3 ? Buffer.from('caf\xe9 au lait', 'latin1') : texts(i)));
}

function images(folder: string): Promise<string> {
  return inFolders(folder, 12, '.png', i =>
    encodePng({
      width: 9 + i,
      height: 11,
      channels: 3,
      data: Uint8Array.from({ length: (9 + i) * 11 * 3 }, (_, at) => (at * (7 + i)) % 256),
    }),
  );
}

async function allKinds(folder: string, from: string, ending: RegExp): Promise<string> {
  const names = readdirSync(join(FIXTURES, from)).filter(name => ending.test(name));
  for (const [i, name] of names.sort().entries()) {
    const place = join(folder, 'data', 'ab'[i % 2] ?? '');
    await mkdir(place, { recursive: true });
    await copyFile(join(FIXTURES, from, name), join(place, name));
  }
  return join(folder, 'data');
}

/** A table that another program has compressed, under its own name. */
function compressed(name: string) {
  return async (folder: string): Promise<string> => {
    await copyFile(join(FIXTURES, 'tables', name), join(folder, name));
    return join(folder, name);
  };
}

function recordings(folder: string): Promise<string> {
  return inFolders(folder, 6, '.wav', i =>
    wav(
      Array.from({ length: 4000 + 100 * i }, (_, at) => Math.round(9000 * Math.sin((at * (i + 1)) / 9))),
      8000,
    ),
  );
}

/** What a script is to agree with. */
interface Prepared {
  readonly of: DataCase;
  readonly folder: string;
  readonly data: string;
  readonly inputs: InputArray;
  readonly width: number;
  readonly predictions: Float32Array;
}

describe('predict.py', () => {
  const scratch = useScratch();
  const prepared: Prepared[] = [];

  before(async function () {
    this.timeout(60_000);
    for (const [i, each] of CASES.entries())
      prepared.push(await prepare(each, join(scratch.folder, String(i))));
  });

  /** Asks all scripts of some cases at once. */
  const ask = (
    test: Mocha.Context,
    modules: readonly string[],
    cases: readonly Prepared[],
    of: string,
  ): readonly (readonly (readonly number[])[])[] => {
    const folders = cases.map(({ folder, data }) => [folder, data]);
    const answer = python(
      test,
      ['json', ...modules],
      `import importlib.util, json
answers = []
for i, (folder, data) in enumerate(json.loads(r'''${JSON.stringify(folders)}''')):
    spec = importlib.util.spec_from_file_location(f"predict{i}", folder + "/predict.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    def numbers(example):
        ${of}
    answers.append([numbers(example) for example in script.examples(data)])
print(json.dumps(answers))`,
    );
    return JSON.parse(answer) as (readonly (readonly number[])[])[];
  };

  const assertNear = (
    found: readonly number[],
    expected: ArrayLike<number>,
    near: number,
    of: string,
  ): void => {
    assert.equal(found.length, expected.length, `${of}: how many`);
    found.forEach((value, i) => {
      assert.ok(
        Math.abs(value - (expected[i] ?? NaN)) <= near,
        `${of}, place ${i}: ${value}, not ${expected[i]}`,
      );
    });
  };

  const encodes = (title: string, modules: readonly string[]): void => {
    it(title, function () {
      this.timeout(60_000);
      const cases = prepared.filter(({ of }) => JSON.stringify(of.needs ?? []) === JSON.stringify(modules));
      assert.ok(cases.length > 0);
      const flat =
        "return [float(each) for row in [script.encode(script.PIPELINE['input'], example)] for each in getattr(row, 'ravel', lambda: row)()]";
      const answers = ask(this, modules, cases, flat);
      cases.forEach(({ of, inputs, width }, i) => {
        const found = answers[i] ?? [];
        assert.equal(found.length, inputs.length / width, `${of.name}: examples`);
        assertNear(found.flat(), inputs, of.near ?? 1e-4, of.name);
      });
    });
  };

  encodes('reads tables and texts as training did, with Python alone', []);
  encodes('reads arrays, and resamples recordings', ['numpy']);
  encodes('reads Parquet and Arrow', ['pyarrow']);
  encodes('reads MATLAB files', ['scipy.io']);
  encodes('reads HDF5', ['h5py']);
  encodes('reads Excel', ['openpyxl']);
  encodes('reads images', ['numpy', 'PIL']);
  encodes('reads compressed recordings', ['numpy', 'soundfile']);
  encodes('reads Zstandard', ['zstandard']);

  it('gives every prediction that the network gives', function () {
    this.timeout(120_000);
    const answers = ask(
      this,
      ['onnxruntime', 'numpy', 'pyarrow', 'PIL', 'soundfile', 'zstandard', 'scipy.io', 'h5py', 'openpyxl'],
      prepared,
      'return next(iter(script.predict(example).values())),',
    );
    prepared.forEach(({ of, predictions }, i) => {
      assertNear(answers[i]?.flat() ?? [], predictions, of.near ?? 1e-4, of.name);
    });
  });

  it('says in one sentence what it cannot read', async function () {
    this.timeout(60_000);
    const of = (name: string): string => prepared.find(each => each.of.name === name)?.folder ?? '';
    const [semicolons, lines] = [of('CSV with semicolons'), of('JSON Lines')];
    const commas = await scratch.write('commas.csv', csv(CELLS));
    const longer = await scratch.write('longer.csv', 'a;b\n1,5;2\n2,5;3\n');
    const fewer = await scratch.write('fewer.csv', 'price;kind\n$5.50;plain\n');
    const calls = [
      [semicolons, '--help'],
      [semicolons, join(scratch.folder, 'none.csv')],
      [semicolons, commas],
      [of('CSV'), longer],
      [lines, commas],
    ];
    const answer = python(
      this,
      ['json'],
      `import json, subprocess, sys
def run(*call):
    done = subprocess.run([sys.executable, *call], capture_output=True, text=True)
    return [done.returncode, done.stdout, done.stderr]
answers = [run(folder + "/predict.py", data) for folder, data in json.loads(r'''${JSON.stringify(calls)}''')]
folder, data = json.loads(r'''${JSON.stringify([semicolons, fewer])}''')
answers.append(run("-c", f"import sys; sys.path.insert(0, {folder!r}); import predict; print(len(list(predict.with_inputs({data!r}, predict.examples({data!r})))))"))
print(json.dumps(answers))`,
    );
    const [help, none, other, uneven, noJson, some] = JSON.parse(answer) as [number, string, string][];
    assert.match(help?.[1] ?? '', /^Predicts with model\.onnx\. Usage: /);
    assert.equal(help?.[0], 0);
    for (const [found, said] of [
      [none, /none\.csv does not exist\n$/],
      [
        other,
        /commas\.csv has no column that the model was trained on \(number, price, when, kind, town\), /,
      ],
      [uneven, /longer\.csv: 2 rows .* cells .*: the training data was separated by ','\n$/],
      [noJson, /commas\.csv is not JSON, as the training data was\n$/],
    ] as const) {
      assert.deepEqual([found?.[0], found?.[1]], [1, '']);
      assert.match(found?.[2] ?? '', said);
      assert.equal(found?.[2].split('\n').length, 2);
    }
    assert.deepEqual(some?.slice(0, 2), [0, '1\n']);
    assert.match(some[2], /^.*fewer\.csv: missing columns are taken as empty: number, when, town\n$/);
  });

  it('says what it needs, and reads what earlier releases trained', () => {
    const script = predictScript({
      version: 1,
      input: { kind: 'text', column: 'text', vocabulary: ['a'], length: 2 },
      labels: {},
    });
    assert.match(script, /python predict\.py texts\.txt/);
    assert.match(script, /pip install onnxruntime\n/);
  });
});

async function prepare(of: DataCase, folder: string): Promise<Prepared> {
  await mkdir(folder, { recursive: true });
  const data = await of.write(folder);
  const dataset = await openDataset(data, { ...of.request, shares: { train: 1, validation: 0, test: 0 } });
  const { pipeline, shape } = dataset;
  const parts: number[] = [];
  for await (const { inputs } of dataset.read('train')) for (const value of inputs) parts.push(value);
  const width = shape.reduce((product, axis) => product * axis, 1);
  const inputs = pipeline.input.kind === 'text' ? Int32Array.from(parts) : Float32Array.from(parts);
  const { t: encoding } = pipeline.labels;
  assert.ok(encoding);
  const model = composePredictor(createEncoder(pipeline.input, 1), createHead('t', encoding, 1));
  const given = tensor(
    inputs,
    [parts.length / width, ...shape],
    pipeline.input.kind === 'text' ? 'int32' : 'float32',
  );
  const output = model.predict(given) as Tensor;
  const classes = output.shape[1] ?? 1;
  const scores = Float32Array.from(output.dataSync());
  const predictions = Float32Array.from({ length: parts.length / width }, (_, i) =>
    Math.max(...scores.subarray(i * classes, (i + 1) * classes)),
  );
  await exportOnnx(model, join(folder, 'model.onnx'), {});
  await writeFile(join(folder, 'preprocessing.json'), JSON.stringify(pipeline));
  await writeFile(join(folder, 'predict.py'), predictScript(pipeline));
  given.dispose();
  output.dispose();
  const asked = of.name === 'SQLite' ? `${data}#${of.request.table}` : data;
  return {
    of,
    folder,
    data: of.name === 'IDX' ? join(data, 'train-images-idx3-ubyte') : asked,
    inputs,
    width,
    predictions,
  };
}
