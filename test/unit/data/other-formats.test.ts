import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countDataset } from '../../../src/data';
import { openRawDataset } from '../../../src/data/dataset/open-raw-dataset';
import { createIssueLog } from '../../../src/data/issues';
import { useScratch } from './helpers/files';
import { TABLES, zip } from './helpers/readers';

/** What `test/fixtures/tables/make.py` wrote. */
interface Expected {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly string[];
  readonly notes: readonly (string | null)[];
  readonly matlab: Readonly<Record<string, readonly unknown[]>>;
  readonly excel: readonly (readonly (string | number | boolean | null)[])[];
  readonly svmlight: {
    readonly features: readonly (readonly number[])[];
    readonly labels: readonly number[];
  };
}

/** All cells of the tables at a path: numbers of arrays, else texts. */
async function cellsOf(path: string): Promise<{ columns: string[]; cells: unknown[][]; issues: string[] }> {
  const issues = createIssueLog();
  const { parts } = await openRawDataset(path, { issues });
  const cells: unknown[][] = [];
  for (const { table } of parts)
    for await (const block of table.blocks({ issues }))
      for (let row = 0; row < block.rows; row++)
        cells.push(
          table.columns.map(({ shape }, column) =>
            shape ? Array.from(block.vector(row, column) ?? []) : block.text(row, column),
          ),
        );
  const columns = parts[0]?.table.columns.map(({ name }) => name) ?? [];
  return { columns, cells, issues: issues.list().map(({ message }) => message) };
}

describe('data: ARFF, svmlight and TFRecord', () => {
  const scratch = useScratch();
  let expected: Expected;

  before(async () => {
    expected = JSON.parse(await readFile(join(TABLES, 'expected.json'), 'utf8')) as Expected;
  });

  it('reads ARFF that liac-arff wrote', async () => {
    const path = join(TABLES, 'iris.arff');
    const { columns, cells, issues } = await cellsOf(path);
    assert.deepEqual(columns.slice(3), ['petal width (cm)', 'kind of iris', 'note']);
    assert.deepEqual(
      cells.map(row => row.slice(0, 4).map(Number)),
      expected.x,
    );
    assert.deepEqual(
      cells.map(row => row[4]),
      expected.y,
    );
    assert.deepEqual(
      cells.map(row => row[5] ?? null),
      expected.notes,
    );
    assert.deepEqual(issues, []);
    const { counted } = await countDataset(path, { label: 'kind of iris' });
    assert.deepEqual(
      [counted?.value, counted?.classes],
      [150, { setosa: 50, versicolor: 50, virginica: 50 }],
    );
  });

  it('reads sparse rows, weights and quotes, and skips rows that are no rows', async () => {
    const path = await scratch.write(
      'a.arff',
      [
        '% a note',
        "@relation 'a b'",
        '@attribute size NUMERIC',
        `@ATTRIBUTE 'the kind' { "no", yes, 'may be' }`,
        '@attribute\tday\tDATE "yyyy-MM-dd"',
        '@data',
        '{0 2.5, 1 yes}',
        '{1 \'may be\', 2 "2024-01-02"}',
        '{}',
        "1e3 , 'may be', ? , {0.5}",
        '1,yes',
        '{7 1}',
        '% no row',
        '',
      ].join('\r\n'),
    );
    const { columns, cells, issues } = await cellsOf(path);
    assert.deepEqual(columns, ['size', 'the kind', 'day']);
    assert.deepEqual(cells, [
      ['2.5', 'yes', '0'],
      ['0', 'may be', '2024-01-02'],
      ['0', 'no', '0'],
      ['1e3', 'may be', undefined],
    ]);
    assert.deepEqual(issues, [`${path} contains rows that do not have 3 values; they are skipped`]);
    assert.equal((await countDataset(path)).counted?.value, 4);
  });

  it('reads svmlight files of scikit-learn, with features from 0 and from 1', async () => {
    for (const [name, columns] of [
      ['one.svm', ['label', 'features']],
      ['zero.svm', ['label', 'qid', 'features']],
    ] as const) {
      const found = await cellsOf(join(TABLES, name));
      assert.deepEqual(found.columns, columns);
      assert.deepEqual(
        found.cells.map(row => row.at(-1)),
        expected.svmlight.features,
      );
      assert.deepEqual(
        found.cells.map(row => Number(row[0])),
        expected.svmlight.labels,
      );
    }
    const path = await scratch.write('a.libsvm', '+1 3:0.5 # one\n-1,2 1:1\nnone\n1 2:\n\n');
    const { cells, issues } = await cellsOf(path);
    assert.deepEqual(cells, [
      ['+1', [0, 0, 0.5]],
      ['-1,2', [1, 0, 0]],
    ]);
    assert.equal(issues.length, 1);
  });

  it('counts TFRecord files of TensorBoard, and sees damage', async () => {
    for (const name of ['a.tfrecord', 'a.tfrecord.gz'])
      assert.equal((await countDataset(join(TABLES, name))).counted?.value, 300);
    const bytes = await readFile(join(TABLES, 'a.tfrecord'));
    const shard = await scratch.write('train.tfrecord-00000-of-00001', bytes);
    assert.deepEqual((await countDataset(shard)).counted?.from, 'TFRecord headers');
    const damaged = Buffer.from(bytes);
    damaged[16] = 99;
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['cut.tfrecord', bytes.subarray(0, -3), /truncated within record 300;/],
      ['damaged.tfrecord', damaged, /damaged: the checksum of record 2 does not match/],
      ['other.tfrecord', Buffer.from('id,label\n'.repeat(9)), /is not a TFRecord file/],
    ];
    for (const [name, content, said] of cases) {
      const { counted, issues } = await countDataset(await scratch.write(name, content));
      assert.equal(counted, undefined);
      assert.match(issues[0]?.message ?? '', said);
    }
    await assert.rejects(cellsOf(shard), /counted, but their contents are not read/);
  });

  it('refuses by name what is none of them, or too wide', async () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['b.arff', 'a,b\n1,2\n', /is not an ARFF file/],
      ['c.arff', '@relation x\n@attribute a\n@data\n', /line 2 declares no attribute/],
      ['d.arff', '@attribute a relational\n@data\n', /attribute "a" contains tables/],
      ['e.arff', '@attribute a real\n'.repeat(20_001), /declares more than 20,000 attributes/],
      ['b.svm', 'a text\nof lines\n', /is not in svmlight/],
      ['c.svm', '1 99999999:1\n', /has 99,999,999 features, more than the 16,384/],
    ];
    for (const [name, text, said] of cases)
      await assert.rejects(cellsOf(await scratch.write(name, text)), said);
  });
});

describe('data: MATLAB and HDF5', () => {
  const scratch = useScratch();
  let expected: Expected['matlab'];

  before(async () => {
    ({ matlab: expected } = JSON.parse(await readFile(join(TABLES, 'expected.json'), 'utf8')) as Expected);
  });

  /** A column as SciPy has it: rows of numbers, numbers, or texts. */
  const column = (cells: readonly unknown[][], place: number): unknown[] =>
    cells.map(row => {
      const cell = row[place];
      return typeof cell === 'string' && cell.trim() !== '' && Number.isFinite(Number(cell))
        ? Number(cell)
        : cell;
    });

  it('reads MATLAB files of SciPy, compressed or not', async () => {
    for (const name of ['packed.mat', 'plain.mat']) {
      const { columns, cells } = await cellsOf(join(TABLES, name));
      assert.deepEqual(columns, Object.keys(expected));
      for (const [place, each] of columns.entries())
        assert.deepEqual(
          column(cells, place).map(cell => cell ?? ''),
          expected[each],
          `${name}: ${each}`,
        );
      const { counted, issues } = await countDataset(join(TABLES, name), { label: 'even' });
      assert.equal(counted?.value, 24);
      assert.deepEqual(
        issues.map(({ message }) => message.replace(/.*: /, '')),
        ['wave, about/note, other'],
      );
    }
  });

  it('reads MATLAB 7.3, whose axes are in reverse', async () => {
    const { columns, cells } = await cellsOf(join(TABLES, 'v73.mat'));
    assert.deepEqual(columns, ['X', 'y']);
    assert.deepEqual(column(cells, 0), expected['X']);
    assert.deepEqual(column(cells, 1), expected['y']);
  });

  it('reads HDF5 of h5py: groups of splits, filters, texts, records', async () => {
    const path = join(TABLES, 'groups.h5');
    const { columns, cells } = await cellsOf(path);
    const at = (name: string): number => columns.indexOf(name);
    const rows = [...Array.from({ length: 16 }, (_, i) => i + 8), ...Array.from({ length: 8 }, (_, i) => i)];
    assert.equal(cells.length, 24);
    assert.deepEqual(columns.toSorted(), [
      'bytes',
      'flags',
      'images',
      'labels',
      'records/id',
      'records/name',
      'records/size',
      'weights',
      'words',
    ]);
    // The test split comes first by name.
    const order = [...rows.slice(0, 8).map(row => row + 8), ...Array.from({ length: 16 }, (_, i) => i)];
    for (const [name, of] of [
      ['images', 'X'],
      ['labels', 'y'],
    ] as const)
      assert.deepEqual(
        column(cells, at(name)),
        order.map(row => expected[of]?.[row]),
        name,
      );
    assert.deepEqual(
      cells.map(row => row[at('words')] ?? ''),
      order.map(row => expected['words']?.[row]),
    );
    assert.deepEqual(
      cells.map(row => row[at('records/id')]),
      order.map(String),
    );
    assert.deepEqual(cells[0]?.[at('bytes')], 'ab');
    const { counted, issues } = await countDataset(path, { label: 'labels' });
    assert.deepEqual(counted?.splits, { train: 16, test: 8 });
    assert.match(issues[0]?.message ?? '', /not read, .*: class_names$/);
    assert.equal((await countDataset(`${path}#train`)).counted?.value, 16);
  });

  it('refuses by name what cannot be read', async () => {
    const packed = await readFile(join(TABLES, 'packed.mat'));
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['a.h5', Buffer.from('PK'), /is not an HDF5 file/],
      [
        'b.h5',
        (await readFile(join(TABLES, 'groups.h5'))).subarray(0, 2000),
        /cannot be read as an HDF5 file/,
      ],
      ['a.mat', await readFile(join(TABLES, 'level4.mat')), /of level 4, .* save it again with -v7/],
      ['b.mat', packed.subarray(0, 900), /truncated|complete/],
      ['c.mat', Buffer.from('a text'), /not a complete MATLAB file/],
    ];
    for (const [name, bytes, said] of cases)
      await assert.rejects(cellsOf(await scratch.write(name, bytes)), said, name);
  });
});

describe('data: Excel', () => {
  const scratch = useScratch();

  it('reads workbooks of openpyxl, under titles and beside empty columns', async () => {
    const { excel } = JSON.parse(await readFile(join(TABLES, 'expected.json'), 'utf8')) as Expected;
    const path = join(TABLES, 'titled.xlsx');
    const { columns, cells } = await cellsOf(path);
    assert.deepEqual(columns, ['size', 'kind', 'when', 'seen', 'note']);
    assert.deepEqual(
      cells,
      excel.map(row => row.map(cell => (cell === null ? undefined : String(cell)))),
    );
    const { counted, issues } = await countDataset(path, { label: 'kind' });
    assert.deepEqual([counted?.value, counted?.classes], [60, { setosa: 20, versicolor: 20, virginica: 20 }]);
    assert.match(issues[0]?.message ?? '', /"flowers" is read; .*: notes$/);
  });

  it('keeps no cell that is not there, and refuses by name what is no workbook', async () => {
    const relation = '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>';
    const book = (sheet: string): Buffer =>
      zip({
        'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="s" r:id="a"/></sheets></workbook>'),
        'xl/_rels/workbook.xml.rels': Buffer.from(relation),
        'xl/worksheets/s.xml': Buffer.from(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
      });
    const far =
      '<row><c t="str"><v>a</v></c></row><row r="1048576"><c r="XFD1048576"><v>7</v></c></row><row><c><v>1e400</v></c></row>';
    const { columns, cells } = await cellsOf(await scratch.write('far.xlsx', book(far)));
    assert.deepEqual([columns.length, cells.length], [16_384, 3]);
    const wide = '<row><c r="XFD1"><v>7</v></c></row>'.repeat(1300);
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      [
        'a.xls',
        Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
        /binary format \(\.xls\); save it as \.xlsx/,
      ],
      ['b.xlsx', zip({ 'a.txt': Buffer.from('a') }), /not a complete Excel workbook/],
      ['c.xlsx', book('<row>'), /not a complete Excel workbook/],
      ['d.xlsx', book('<row><c><v>1</v></c></row>'), /no visible sheet with a table/],
      ['e.xlsx', book(wide), /more than 20,000,000 cells; save it as CSV/],
      ['f.xlsx', Buffer.from('a,b\n1,2\n'), /zip archive/],
    ];
    for (const [name, bytes, said] of cases)
      await assert.rejects(cellsOf(await scratch.write(name, bytes)), said, name);
  });
});

describe('data: formats by name', () => {
  const scratch = useScratch();

  it('counts what Hugging Face datasets saved to disk, by splits', async () => {
    const { counted, issues } = await countDataset(join(TABLES, 'saved'), { label: 'kind' });
    assert.deepEqual(counted?.splits, { train: 120, test: 50 });
    assert.deepEqual(issues, []);
    const { columns, cells } = await cellsOf(join(TABLES, 'saved', 'train'));
    assert.deepEqual([columns, cells.length, cells[119]], [['size', 'kind'], 120, ['6', '2']]);
  });

  it('says what is read where a format is not', async () => {
    const { issues } = await countDataset(await scratch.write('a.pkl', 'x'));
    assert.match(
      issues[0]?.message ?? '',
      /^a\.pkl is in a format that is not read\. These are read: tables \(CSV, .*Excel.*\), arrays \(.*HDF5/,
    );
    await scratch.write('folder/a.rds', 'x');
    const folder = await countDataset(join(scratch.folder, 'folder'));
    assert.match(
      folder.issues.map(({ message }) => message).join('\n'),
      /no file in a format that is read.*HDF5/,
    );
  });
});
