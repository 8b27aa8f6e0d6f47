import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type CountResult, countDataset } from '../../../src/data';
import { openCsv } from '../../../src/data/formats/csv';
import { layoutOf } from '../../../src/data/formats/csv-layout';
import { createIssueLog } from '../../../src/data/issues';
import { useScratch } from './helpers/files';

interface Found {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly count: number;
  readonly codes: readonly string[];
}

describe('data: tables as they are published', () => {
  const scratch = useScratch();
  let files = 0;

  async function read(text: string, name = 'd.csv'): Promise<Found> {
    const path = await scratch.write(`${files++}/${name}`, text);
    const table = await openCsv(path);
    const issues = createIssueLog();
    const count = await table.count({ issues });
    const rows: (string | undefined)[][] = [];
    for await (const block of table.blocks({ issues: createIssueLog() }))
      for (let row = 0; row < block.rows; row++) rows.push(table.columns.map((_, i) => block.text(row, i)));
    assert.equal(count, rows.length, text);
    return {
      columns: table.columns.map(({ name: each }) => each),
      rows,
      count,
      codes: issues.list().map(({ code }) => code),
    };
  }

  async function numbers(text: string): Promise<number[][]> {
    const table = await openCsv(await scratch.write(`${files++}/n.csv`, text));
    const rows: number[][] = [];
    for await (const block of table.blocks({ issues: createIssueLog() }))
      for (let row = 0; row < block.rows; row++) rows.push(table.columns.map((_, i) => block.number(row, i)));
    return rows;
  }

  it('may have decimal commas, which are no delimiters', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},125;-0,5;w${i % 3}`);
    const { columns, count } = await read(['a;b;y', ...rows].join('\n'));
    assert.deepEqual([columns, count], [['a', 'b', 'y'], 30]);
    assert.deepEqual((await numbers(['a;b;y', ...rows].join('\n')))[3]?.slice(0, 2), [3.125, -0.5]);
    assert.deepEqual(await numbers('x\ty\n1.234,5\t2\n0,25\t3\n'), [
      [1234.5, 2],
      [0.25, 3],
    ]);
  });

  it('may have commas for thousands, which are no decimals', async () => {
    assert.deepEqual(await numbers('a\tb\n"1,234"\t2\n"5,678"\t3\n'), [
      [NaN, 2],
      [NaN, 3],
    ]);
  });

  it('may be quoted with apostrophes', async () => {
    const { rows } = await read("Art;'a, b; c'\nArt;'it said \"no\"; then, yes'\nSport;'x'\n");
    assert.deepEqual(rows, [
      ['Art', 'a, b; c'],
      ['Art', 'it said "no"; then, yes'],
      ['Sport', 'x'],
    ]);
    const plain = await read("name,n\n'tis,1\ncan't,2\n");
    assert.deepEqual(plain.rows, [
      ["'tis", '1'],
      ["can't", '2'],
    ]);
  });

  it('may have a wider or narrower row at the top, which does not decide the width', async () => {
    const { count, codes, columns } = await read('1,2\n' + '1,2,3\n'.repeat(20));
    assert.deepEqual([count, codes, columns.length], [20, ['uneven-rows'], 3]);
  });

  it('may end its rows in delimiters, with and without the header', async () => {
    for (const header of ['a,b,y', 'a,b,y,']) {
      const { columns, count, codes } = await read(`${header}\n1,2,x,\n3,4,y,\n5,6,y,\n`);
      assert.deepEqual([columns, count, codes], [['a', 'b', 'y'], 3, []], header);
    }
    const some = await read('a,b\n1,2\n3,4,,\n5,6\n');
    assert.deepEqual([some.count, some.codes], [3, []]);
  });

  it('may have comments, titles and notes around it', async () => {
    const body = 'x,y,kind\n1,2,a\n3,4,b\n5,6,b\n';
    const expected = [['x', 'y', 'kind'], 3];
    for (const above of [
      '# log 7\n# made, by, hand, yesterday\n',
      '% from the lab\n\n',
      'Report of 2020\n\n',
      'Title: a, b\nMade by me\n',
      'Report,,\n,,\n',
    ]) {
      const { columns, count, codes } = await read(above + body);
      assert.deepEqual([columns, count, codes], [...expected, []], above);
    }
    const within = await read('#a\nx,y,kind\n1,2,a\n#b,c,d\n3,4,b\n5,6,b\n');
    assert.deepEqual([within.columns, within.count], expected);
    const years = Array.from({ length: 9 }, (_, i) => 2000 + i).join();
    const indicators = await read(
      `"Data Source","World",,,,,,,,\n\n"Last Updated","2020",,,,,,,,\n\nName,${years}\na,1,2,3,4,5,6,7,8,9\nb,1,2,3,4,5,6,7,8,9\n`,
    );
    assert.deepEqual([indicators.columns.join(), indicators.count], [`Name,${years}`, 2]);
    const named = await read('# x y kind\n1 2 a\n3 4 b\n5 6 b\n', 'd.dat');
    assert.deepEqual([named.columns, named.count], expected);
    const marked = await read('#id,color\n1,red\n2,blue\n');
    assert.deepEqual([marked.columns, marked.count], [['id', 'color'], 2]);
    const colors = await read('color,n\n#ff0000,1\n#00ff00,2\n#0000ff,3\n');
    assert.deepEqual([colors.columns, colors.count], [['color', 'n'], 3]);
  });

  it('may have comments above it that are longer than what is looked at first', async () => {
    const line = `# measured in the year 2020, by hand, in room ${'x'.repeat(60)}\n`;
    for (const times of [1200, 1300, 5000, 60_000]) {
      const comments = line.repeat(times);
      const plain = await read(`${comments}x,y,kind\n1,2,a\n3,4,b\n5,6,b\n`);
      assert.deepEqual([plain.columns, plain.count, plain.codes], [['x', 'y', 'kind'], 3, []], `${times}`);
    }
    const named = await read(`${line.repeat(3000)}# x y kind\r\n1 2 a\r\n3 4 b\r\n5 6 b\r\n`, 'd.dat');
    assert.deepEqual([named.columns, named.count], [['x', 'y', 'kind'], 3]);
    const tags = Array.from({ length: 30_000 }, (_, i) => `#tag${i}`).join('\n');
    assert.ok((await read(tags, 'tags.csv')).count >= 29_999);
  });

  it('may leave out the last cells of most rows', async () => {
    const { columns, rows } = await read('a,b,c,y\n1,2,3,x\n4,5\n6,7\n8,9\n');
    assert.deepEqual(
      [columns, rows[1]],
      [
        ['a', 'b', 'c', 'y'],
        ['4', '5', undefined, undefined],
      ],
    );
    assert.equal(rows.length, 4);
  });

  it('may have lines that are longer than what is read of others', async () => {
    const names = Array.from({ length: 30_000 }, (_, i) => `gene${i}`).join();
    const cells = Array.from({ length: 30_000 }, () => '0.5').join();
    const { columns, count } = await read(`${names}\n${cells}\n${cells}\n`);
    assert.deepEqual([columns.length, count], [30_000, 2]);
    const path = await scratch.write('one.csv', cells);
    assert.equal((await countDataset(path)).counted?.value, 1);
  });

  it('may end in a row of totals, which is said', async () => {
    for (const last of ['Total,6,', '"Grand Total",6,x\n\n', 'Total,6,\r\n']) {
      const { count, codes } = await read(`k,n,y\na,1,x\nb,2,x\nc,3,x\n${last}`);
      assert.deepEqual([count, codes], [3, ['bad-row']], last);
    }
    assert.equal((await read('k,n\nTotal,1\nb,2\n')).count, 2);
  });

  it('may name its delimiter in a first line, as Excel does', async () => {
    const { columns, count } = await read('sep=;\na;b\n1;2\n3;4\n');
    assert.deepEqual([columns, count], [['a', 'b'], 2]);
  });

  it('may have row names without a name, as R writes them', async () => {
    const { columns, rows } = await read('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Fiat 128" 32.4 4\n', 'cars.txt');
    assert.deepEqual(
      [columns, rows[0]],
      [
        ['mpg', 'cyl'],
        ['21', '6'],
      ],
    );
    const commas = await read('mpg,cyl\nMazda,21,6\nFiat,32.4,4\n');
    assert.deepEqual(
      [commas.columns, commas.rows[1]],
      [
        ['mpg', 'cyl'],
        ['32.4', '4'],
      ],
    );
  });

  it('may be quoted with apostrophes between blanks', async () => {
    const { columns, rows } = await read(
      "'No' 'Full name' 'y'\n1 'Ann Lee' 0.5\n2 'Bo ''B'' Ek' 1\n",
      'd.csv',
    );
    assert.deepEqual(columns, ['No', 'Full name', 'y']);
    assert.deepEqual(rows, [
      ['1', 'Ann Lee', '0.5'],
      ['2', "Bo 'B' Ek", '1'],
    ]);
    const words = await read("x y\n1 'tis\n2 'twas\n", 'words.csv');
    assert.deepEqual(words.rows, [
      ['1', "'tis"],
      ['2', "'twas"],
    ]);
  });

  it('may have blanks between cells, and after delimiters', async () => {
    const blanks = await read('  1.5   2  a\n -0.5  10  b\n  3.0   7  a\n', 'd.dat');
    assert.deepEqual(blanks.rows, [
      ['1.5', '2', 'a'],
      ['-0.5', '10', 'b'],
      ['3.0', '7', 'a'],
    ]);
    const after = await read('39, "State, gov", <=50K\n50, ?, >50K\n');
    assert.deepEqual(after.rows, [
      ['39', 'State, gov', '<=50K'],
      ['50', undefined, '>50K'],
    ]);
    const text = await read('comment\nall was well\nnot at all well\nwell well well\n');
    assert.deepEqual([text.columns, text.count], [['comment'], 3]);
  });

  it('may have numbers for names', async () => {
    for (const header of [
      'country,2019,2020,label',
      'inf,nan,x,label',
      'name,0,1,2',
      'id,1,2,3',
      '0,1,2,3',
    ]) {
      const { columns, count } = await read(`${header}\na,1.5,2.5,7\nb,3.5,-1.5,8\nc,0.5,1.25,9\n`);
      assert.deepEqual([columns.join(), count], [header, 3]);
    }
    for (const first of ['5.1,3.5,0.2,setosa', 'inf,1.5,2,x', '2019,4,5,x', '1,2,4,x'])
      assert.equal((await read(`${first}\n2018,3,1,y\n2020,7,1,z\n2020,7,1,z\n`)).count, 4, first);
    for (const header of ['"","1.5","2.5"', '"","word","1960"']) {
      const corner = await read(`${header}\n"a",1.5,0\n"b",0,7\n`);
      assert.deepEqual([corner.columns[0], corner.count], ['_0', 2], header);
    }
    const empty = await read('name,code,1960,1961\nx,XX,1.5,\ny,YY,2.5,\n');
    assert.deepEqual([empty.columns[3], empty.count], ['1961', 2]);
    const sizes = await read('3,2,setosa\n5.1,3.5,0\n4.9,3.0,1\n4.7,3.2,1\n');
    assert.equal(sizes.count, 3);
  });

  it('of which no row is understood is an error, and has no size', async () => {
    // The sample has rows of three cells; behind it, and after what it ends in, all have two.
    const layout = layoutOf(
      { bytes: Buffer.from('a,b,c\n1,2,3\n'), whole: true },
      { name: 'utf-8', bom: 0 },
      'd.csv',
    );
    const { csvTable } = await import('../../../src/data/formats/csv');
    const path = await scratch.write('none/d.csv', 'a,b,c\n1,2\n3,4\n');
    await assert.rejects(csvTable(path, layout).count({ issues: createIssueLog() }), {
      code: 'uneven-rows',
      message: `${path} cannot be read as a table: none of its 2 rows has 3 cells. Check the delimiter, the quotes and the lines above the column names`,
    });
  });

  it('says which texts of a label are taken for missing', async () => {
    const path = await scratch.write('missing.csv', 'x,y\n1,a\n2,None\n3,?\n4,None\n5,\n6,b\n');
    const { issues }: CountResult = await countDataset(path, { label: 'y' });
    assert.equal(
      issues[0]?.message,
      '4 of 6 examples have no label "y"; read as missing: "None" (2), "?" (1)',
    );
  });

  it('of blanks without an end is refused as a long record', async () => {
    const path = await scratch.write('blanks.csv.gz', gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')));
    const table = await openCsv(path);
    const reading = async (): Promise<void> => {
      for await (const block of table.blocks({ issues: createIssueLog() })) assert.ok(block.rows);
    };
    await assert.rejects(reading, { code: 'too-large', message: /Record 1 of .* is longer than the limit/ });
  });

  it('is read as it was written, whatever the dialect', async () => {
    const word = fc.stringMatching(/^[a-z][a-z ,;"'#.é]{0,8}[a-z]$/);
    const number = fc.double({ min: -1e4, max: 1e4, noNaN: true }).map(value => value.toFixed(3));
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      trailing: fc.boolean(),
      above: fc.constantFrom('', '# made by hand\n', 'A title\n\n', '\ufeff'),
      rowNames: fc.boolean(),
    });
    const rows = fc.array(fc.tuple(number, number, word), { minLength: 12, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(dialect, rows, async ({ delimiter, lineEnd, trailing, above, rowNames }, cells) => {
        const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
        const ending = trailing && !rowNames ? delimiter : '';
        const lines = cells.map(([a, b, text], i) =>
          [...(rowNames ? [quote(`r${i}`)] : []), a, b, quote(text)].join(delimiter),
        );
        const header = ['a', 'b', 'c'].join(delimiter);
        const text = [header, ...lines.map(line => line + ending)].join(lineEnd);
        const found = await read(above.replaceAll('\n', lineEnd) + text);
        assert.deepEqual(found.columns, ['a', 'b', 'c']);
        assert.deepEqual(found.rows, cells);
        assert.deepEqual(found.codes, []);
      }),
      { numRuns: 150 },
    );
  });
});
