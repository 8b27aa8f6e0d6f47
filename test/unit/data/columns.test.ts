import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type ColumnPreprocessing, type DatasetRequest, columnWidth, openDataset } from '../../../src/data';
import { readAmount } from '../../../src/data/preprocessing/amounts';
import { DATE_FORMATS, partOfYear, readDate, weekday } from '../../../src/data/preprocessing/dates';
import { useScratch } from './helpers/files';

const ALL = { train: 1, validation: 0, test: 0 };

describe('data: what cells of a table mean', () => {
  it('reads numbers as people write them', () => {
    const read = (text: string, decimal: '.' | ',' = '.'): unknown => {
      const found = readAmount(text, decimal);
      return found && [found.value, found.unit];
    };
    assert.deepEqual(read('$21,500.00'), [21500, '$']);
    assert.deepEqual(read('-$3.50'), [-3.5, '$']);
    assert.deepEqual(read('($1,200)'), [-1200, '$']);
    assert.deepEqual(read('45 %'), [45, '%']);
    assert.deepEqual(read('−0.5%'), [-0.5, '%']);
    assert.deepEqual(read('1.234,50 €', ','), [1234.5, '€']);
    assert.deepEqual(read('1 234 567'), [1234567, '']);
    assert.deepEqual(read("CHF 1'000.05"), [1000.05, 'chf']);
    assert.deepEqual(read('8.7M'), [8.7e6, '']);
    assert.deepEqual(read('10,000+'), [10000, '']);
    assert.deepEqual(read('12.5 kg'), [12.5, 'kg']);
    assert.deepEqual(read('3 Years'), read('3 year'));
    for (const text of ['', 'n/a', '10-20', '1,2,3', '12.5.2024', 'A12', '$', '5\'10"', '(12', '2024-01-01'])
      assert.equal(read(text), undefined, text);
  });

  it('reads dates, and no others', () => {
    const read = (text: string, format: (typeof DATE_FORMATS)[number]): unknown => {
      const found = readDate(text, format);
      return found && [found.day, Math.round(found.time * 86_400)];
    };
    const day = Date.UTC(2024, 1, 9) / 86_400_000;
    assert.deepEqual(read('2024-02-09', 'iso'), [day, 0]);
    assert.deepEqual(read('2024/2/9 06:30', 'iso'), [day, 23_400]);
    assert.deepEqual(read('2024-02-09T23:59:59.999+05:00', 'iso'), [day, 86_399]);
    assert.deepEqual(read('9.2.2024', 'dmy'), [day, 0]);
    assert.deepEqual(read('2/9/24 12:05 AM', 'mdy'), [day, 300]);
    assert.deepEqual(read('Fri, 09 Feb 2024', 'd-month-y'), [day, 0]);
    assert.deepEqual(read('February 9, 2024', 'month-d-y'), [day, 0]);
    assert.deepEqual(read('20240209', 'compact'), [day, 0]);
    for (const text of [
      '2023-02-29',
      '2024-13-01',
      '2024-02-09 25:00',
      '+275760-99-99',
      '9',
      '',
      '2024-02/09',
    ])
      for (const format of DATE_FORMATS) assert.equal(read(text, format), undefined, `${format} ${text}`);
  });

  it('counts days as the calendar does, whatever the year', () => {
    const dates = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, date => {
        const found = readDate(date.toISOString(), 'iso');
        assert.ok(found);
        assert.equal(found.day, Math.floor(date.getTime() / 86_400_000));
        assert.equal((weekday(found.day) + 1) % 7, date.getUTCDay());
        assert.ok(partOfYear(found) >= 0 && partOfYear(found) < 1);
      }),
    );
  });
});

describe('data: columns of a table', () => {
  const scratch = useScratch();
  const fit = async (
    name: string,
    lines: readonly string[],
    request: Partial<DatasetRequest> = {},
  ): Promise<{
    readonly columns: readonly ColumnPreprocessing[];
    readonly rows: readonly (readonly number[])[];
    readonly uses: readonly string[];
    readonly dataset: Awaited<ReturnType<typeof openDataset>>;
  }> => {
    const path = await scratch.write(name, `${lines.join('\n')}\n`);
    const dataset = await openDataset(path, { labels: { t: { column: 'y' } }, shares: ALL, ...request });
    const { input } = dataset.pipeline;
    assert.ok(input.kind === 'columns');
    const rows: number[][] = [];
    const width = input.columns.reduce((sum, column) => sum + columnWidth(column), 0);
    for await (const { count, inputs } of dataset.read('train'))
      for (let i = 0; i < count; i++) rows.push(Array.from(inputs.subarray(i * width, (i + 1) * width)));
    const uses = dataset.columns.map(({ name: of, use, reason }) => `${of}: ${reason ?? use}`);
    return { columns: input.columns, rows, uses, dataset };
  };

  it('makes a date its time, its season and its day of the week', async () => {
    const { columns, rows } = await fit('dates.csv', [
      'when,y',
      '2024-01-01,a',
      '2024-07-01,b',
      ',a',
      '2024-07-06,b',
    ]);
    const [column] = columns;
    assert.ok(column?.kind === 'date');
    assert.deepEqual(column.parts, ['year', 'week']);
    assert.equal(column.flagsMissing, true);
    const [first = [], , missing = [], last = []] = rows;
    assert.equal(first.length, 11);
    assert.ok(Math.abs((first[3] ?? 0) - 1) < 1e-6, 'the year begins at cosine 1');
    assert.deepEqual(first.slice(4), [1, 0, 0, 0, 0, 0, 0], 'a Monday');
    assert.deepEqual(last.slice(4), [0, 0, 0, 0, 0, 1, 0], 'a Saturday');
    assert.deepEqual(missing, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const mean = (Date.UTC(2024, 0, 1) + Date.UTC(2024, 6, 1) + Date.UTC(2024, 6, 6)) / 3 / 86_400_000;
    assert.ok(Math.abs(column.mean - mean) < 1e-6);
  });

  it('takes the order of day and month from the cells that leave no doubt, or from how they are written', async () => {
    const formatOf = async (name: string, cells: readonly string[]): Promise<string> => {
      const { columns } = await fit(name, ['when,y', ...cells.map((cell, i) => `${cell},${'ab'[i % 2]}`)]);
      return columns[0]?.kind === 'date' ? columns[0].format : '';
    };
    assert.equal(await formatOf('mdy.csv', ['1/2/2024', '3/4/2024']), 'mdy');
    assert.equal(await formatOf('dmy.csv', ['1/2/2024', '13/4/2024']), 'dmy');
    assert.equal(await formatOf('dots.csv', ['1.2.2024', '3.4.2024']), 'dmy');
  });

  it('reads money, shares and units as numbers, and a few other words as missing', async () => {
    const cells = Array.from(
      { length: 100 },
      (_, i) => `"$${i},000.50",${i}%,${i === 7 ? 'unknown' : `${i} kg`}`,
    );
    const { columns, rows } = await fit('money.csv', [
      'price,share,weight,y',
      ...cells.map((cell, i) => `${cell},${'ab'[i % 2]}`),
    ]);
    assert.deepEqual(
      columns.map(column => column.kind === 'numeric' && [column.amount?.unit, column.flagsMissing]),
      [
        ['$', false],
        ['%', false],
        ['kg', true],
      ],
    );
    const [price, share] = columns;
    assert.ok(price?.kind === 'numeric' && share?.kind === 'numeric');
    assert.ok(Math.abs(price.mean - 49_500.5) < 1e-6);
    assert.ok(Math.abs(share.mean - 49.5) < 1e-9);
    assert.deepEqual(rows[7]?.slice(2), [0, 1]);
  });

  it('gives common categories values of their own and lets the others share some', async () => {
    const cities = Array.from({ length: 400 }, (_, i) => `city${i % 150}`);
    const { columns, rows, uses } = await fit('cities.csv', [
      'city,name,n,y',
      ...cities.map((city, i) => `${city},somebody called ${i},${i % 7},${'ab'[i % 2]}`),
    ]);
    assert.deepEqual(uses, ['city: hashed', 'name: many-values', 'n: number', 'y: label']);
    const [city] = columns;
    assert.ok(city?.kind === 'hashed');
    assert.equal(city.categories.length, 128);
    for (const row of rows)
      assert.equal(
        row.slice(0, columnWidth(city)).reduce((sum, each) => sum + each, 0),
        1,
      );
    const own = city.categories.indexOf('city3');
    assert.equal(rows[3]?.[own], 1);
    const other = cities.findIndex(each => !city.categories.includes(each));
    assert.equal(rows[other]?.slice(0, 128).includes(1), false);
  });

  it('keeps what was a number before a word came', async () => {
    const { columns } = await fit('codes.csv', [
      'code,y',
      ...Array.from({ length: 40 }, (_, i) => `${i % 3},a`),
      ...Array.from({ length: 10 }, () => 'x,b'),
    ]);
    assert.deepEqual(columns, [{ name: 'code', kind: 'categorical', categories: ['0', '1', '2', 'x'] }]);
  });

  it('takes dashes among numbers for missing, and among words for a word', async () => {
    const { columns } = await fit('dashes.csv', [
      'depth,strand,y',
      ...Array.from(
        { length: 90 },
        (_, i) => `${i % 4 ? i / 2 : '-'},${i % 3 ? '+' : '-'},${i % 2 ? 'a' : 'b'}`,
      ),
    ]);
    const [depth, strand] = columns;
    assert.ok(depth?.kind === 'numeric' && depth.flagsMissing);
    const numbers = Array.from({ length: 90 }, (_, i) => i / 2).filter((_, i) => i % 4 > 0);
    assert.ok(Math.abs(depth.mean - numbers.reduce((sum, each) => sum + each, 0) / numbers.length) < 1e-9);
    assert.deepEqual(strand, { name: 'strand', kind: 'categorical', categories: ['+', '-'] });
  });

  it('predicts money, stratified by its size', async () => {
    const lines = ['a,y', ...Array.from({ length: 200 }, (_, i) => `${i},"$${i},500.00"`)];
    const { dataset } = await fit('label.csv', lines, {
      labels: { t: { column: 'y', kind: 'real' } },
      shares: { train: 0.8, validation: 0.1, test: 0.1 },
    });
    assert.deepEqual(dataset.examples, { train: 160, validation: 20, test: 20 });
    const label = dataset.pipeline.labels['t'];
    assert.ok(label?.kind === 'real' && label.amount?.unit === '$');
    const numbers: number[] = [];
    for await (const { labels } of dataset.read('test'))
      for (const value of labels['t']?.values ?? [])
        numbers.push(Math.round(value * label.deviation + label.mean));
    assert.ok(
      numbers.every(value => value % 1000 === 500),
      String(numbers),
    );
    const path = await scratch.write('words.csv', 'a,y\n1,$3\n2,cheap\n');
    await assert.rejects(openDataset(path, { labels: { t: { column: 'y', kind: 'real' } }, shares: ALL }), {
      code: 'unknown-class',
    });
  });
});
