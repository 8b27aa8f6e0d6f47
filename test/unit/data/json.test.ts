import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type CountResult, countDataset } from '../../../src/data';
import { openJson } from '../../../src/data/formats/json';
import { createJsonScanner } from '../../../src/data/formats/json-scanner';
import { createIssueLog } from '../../../src/data/issues';
import { useScratch } from './helpers/files';

describe('data: JSON files', () => {
  const scratch = useScratch();
  let files = 0;

  async function read(
    text: string | Uint8Array,
    options: { table?: string; name?: string } = {},
  ): Promise<{ columns: readonly string[]; rows: readonly (readonly (string | undefined)[])[] }> {
    const table = await openJson(
      await scratch.write(`${files++}/${options.name ?? 'a.json'}`, text),
      options.table,
    );
    const rows: (string | undefined)[][] = [];
    for await (const block of table.blocks({ issues: createIssueLog() }))
      for (let row = 0; row < block.rows; row++) rows.push(table.columns.map((_, i) => block.text(row, i)));
    assert.equal(await table.count({ issues: createIssueLog() }), rows.length);
    return { columns: table.columns.map(({ name }) => name), rows };
  }

  const records = [
    { id: 1, y: 'a' },
    { id: 2, y: 'b' },
    { id: 3, y: 'a' },
  ];
  const expected = {
    columns: ['id', 'y'],
    rows: [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'a'],
    ],
  };

  it('that are nested too deep to be read elsewhere are called so, not invalid', async () => {
    const nested = (levels: number): string =>
      `[{"a": 1, "b": ${'['.repeat(levels)}${']'.repeat(levels)}}, {"a": 2, "b": []}]`;
    assert.equal((await read(nested(98))).rows.length, 2);
    for (const levels of [101, 200_000])
      await assert.rejects(read(nested(levels)), {
        code: 'unsupported',
        message: /nested more than 100 levels/,
      });
  });

  it('may be lists of records, in all the ways that they are written', async () => {
    const columns = { id: [1, 2, 3], y: ['a', 'b', 'a'] };
    const byIndex = (list: readonly unknown[]): unknown =>
      Object.fromEntries(list.map((each, i) => [i, each]));
    for (const [what, value] of Object.entries({
      list: records,
      'under a key': { version: 1, data: records, licenses: [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }] },
      longest: { info: { by: 'me' }, images: [{ n: 1 }], labels: records },
      nested: { result: { page: 1, rows: records } },
      'lists of cells': {
        columns: ['id', 'y'],
        index: [0, 1, 2],
        data: records.map(each => Object.values(each)),
      },
      'lists of columns': columns,
      'columns of pandas': { id: byIndex(columns.id), y: byIndex(columns.y) },
      'rows by name': { one: records[0], two: records[1], three: records[2] },
    }))
      for (const space of [0, 2])
        assert.deepEqual(await read(JSON.stringify(value, null, space)), expected, what);
    assert.deepEqual(await read(records.map(each => JSON.stringify(each)).join('\n')), expected);
    assert.deepEqual(await read(records.map(each => JSON.stringify(each, null, 2)).join('\n')), expected);
    assert.deepEqual(await read(gzipSync(JSON.stringify(records)), { name: 'a.json.gz' }), expected);
    assert.deepEqual((await read('[1, 2.5, "x"]')).rows, [['1'], ['2.5'], ['x']]);
  });

  it('are split by the lists in them, one of which may be asked for', async () => {
    const text = JSON.stringify({ images: [{ n: 1 }], annotations: [{ k: 1 }, { k: 2 }] });
    assert.deepEqual((await read(text)).columns, ['k']);
    assert.deepEqual((await read(text, { table: 'images' })).columns, ['n']);
    await assert.rejects(read(text, { table: 'x' }), { message: /its tables are images, annotations$/ });
    const path = await scratch.write('chosen.json', text);
    assert.equal((await countDataset(`${path}#images`)).counted?.value, 1);
  });

  it('have columns for what is in objects in them', async () => {
    const { columns, rows } = await read(
      JSON.stringify([
        { a: { b: 1, c: { d: 'x' } }, 'p.q': { r: 2 }, list: [1, 2] },
        { a: null, 'p.q': { r: 3 } },
      ]),
    );
    assert.deepEqual(columns, ['a.b', 'a.c.d', 'p.q.r', 'list']);
    assert.deepEqual(rows, [
      ['1', 'x', '2', '[1,2]'],
      [undefined, undefined, '3', undefined],
    ]);
    const lines = await scratch.write('nested.jsonl', '{"m": {"y": "a"}}\n{"m": {"y": "b"}}\n');
    const { counted } = await countDataset(lines, { label: 'm.y' });
    assert.deepEqual(counted?.classes, { a: 1, b: 1 });
  });

  it('are refused where they are cut off, invalid or without records', async () => {
    const whole = JSON.stringify(records);
    for (const [text, code] of [
      [whole.slice(0, -5), 'truncated'],
      ['[{"a": 1}, {"a": }}', 'corrupt'],
      ['[{"a": 1}}', 'corrupt'],
      ['{"model": "x", "layers": 3}', 'unsupported'],
    ] as const) {
      const result: CountResult = await countDataset(await scratch.write('bad.json', text));
      assert.deepEqual([result.counted, result.issues.map(issue => issue.code)], [undefined, [code]], text);
    }
    const odd = await countDataset(await scratch.write('odd.json', '[{"a": 1}, 7, {"a": 2}]'));
    assert.deepEqual([odd.counted?.value, odd.issues.map(({ code }) => code)], [2, ['bad-row']]);
  });

  it('are found by the scanner as JSON.parse finds them, in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (list, step) => {
          const bytes = Buffer.from(JSON.stringify({ before: [1], list, after: 'x' }));
          const found: unknown[] = [];
          const scanner = createJsonScanner(
            path => path === 'list',
            (_, element) => found.push(JSON.parse(Buffer.from(element).toString())),
          );
          for (let at = 0; at < bytes.length; at += step) scanner.scan(bytes.subarray(at, at + step));
          scanner.end();
          assert.deepEqual(found, JSON.parse(JSON.stringify(list)));
          const elements = scanner.arrays().find(({ path }) => path === 'list')?.elements ?? 0;
          assert.equal(elements, list.length);
        },
      ),
    );
  });
});
