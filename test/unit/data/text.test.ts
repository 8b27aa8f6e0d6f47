import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type DatasetRequest, type InputPreprocessing, openDataset } from '../../../src/data';
import { tokenize } from '../../../src/data/preprocessing/text-tokens';
import { useScratch } from './helpers/files';

const ALL = { train: 1, validation: 0, test: 0 };
const split = (text: string): string => tokenize(text, 'pairs').join(' ');

describe('data: texts in tables and folders', () => {
  const scratch = useScratch();
  const fitted = async (
    path: string,
    request: Omit<DatasetRequest, 'labels' | 'shares'>,
    column = 'label',
  ): Promise<Extract<InputPreprocessing, { kind: 'text' }>> => {
    const { pipeline } = await openDataset(path, {
      labels: { t: { column } },
      shares: ALL,
      ...request,
    });
    assert.ok(pipeline.input.kind === 'text');
    return pipeline.input;
  };

  it('splits words, and characters with their pairs where no spaces are written', () => {
    assert.equal(split("Don't STOP, now!"), "don ' t stop , now !");
    assert.equal(split('早上走廊15次'), '早 早上 上 上走 走 走廊 廊 15 次');
    assert.equal(split('ไม่ดี'), 'ไ ไม่ ม่ ม่ดี ดี');
    assert.equal(split('नमस्ते दुनिया'), 'नमस्ते दुनिया');
    assert.equal(split('e\u0301te\u0301 ＡＢＣ'), 'été abc');
    assert.equal(split('한국어 문장'), '한국어 문장');
  });

  it('leaves models of earlier releases what they learned', () => {
    assert.deepEqual(tokenize('早上 a_b'), ['早上', 'a', '_', 'b']);
    assert.deepEqual(tokenize('नमस्ते'), ['नमस', '\u094d', 'त', '\u0947']);
  });

  it('finds no white space in a token, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        for (const token of tokenize(text, 'pairs')) assert.doesNotMatch(token, /^\s*$/);
      }),
    );
  });

  it('reads the text columns of a table that are asked for, in their order', async () => {
    const path = await scratch.write('two.csv', 'title,body,label\nA b,C d,x\nE f,,y\n');
    const named = await fitted(path, { input: { text: { length: 6 }, columns: ['body', 'title'] } });
    assert.deepEqual(named.column, ['body', 'title']);
    assert.deepEqual([...named.vocabulary].sort(), ['\n', 'a', 'b', 'c', 'd', 'e', 'f']);
    const dataset = await openDataset(path, {
      labels: { t: { column: 'label' } },
      input: { fitted: named },
      shares: ALL,
    });
    const rows: string[][] = [];
    for await (const { inputs } of dataset.read('train'))
      for (let i = 0; i < inputs.length; i += 6)
        rows.push([...inputs.subarray(i, i + 6)].map(id => named.vocabulary[id - 2] ?? ''));
    assert.deepEqual(rows, [
      ['a', 'b', '\n', 'c', 'd', ''],
      ['e', 'f', '\n', '', '', ''],
    ]);
    await assert.rejects(fitted(path, { input: { text: {}, columns: ['nope'] } }), {
      code: 'unknown-column',
    });
  });

  it('finds the columns of texts by their names and cells', async () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      [i, `writer${i}`, 'news desk', `note ${i}`, `"a remark, number ${i}"`, i % 2].join(','),
    );
    const path = await scratch.write('posts.csv', `id,who,desk,title,remark,label\n${rows.join('\n')}\n`);
    assert.deepEqual((await fitted(path, { input: { text: {} } })).column, ['title', 'remark']);
    const words = await scratch.write('words.csv', 'word,n,label\ngood,1,x\nbad,2,y\n');
    assert.equal((await fitted(words, { input: { text: {} } })).column, 'word');
    const numbers = await scratch.write('numbers.csv', 'a,b,label\n1,2,x\n3,4,y\n');
    await assert.rejects(fitted(numbers, { input: { text: {} } }), {
      code: 'unknown-column',
      message: /None of the columns of .* contains text: a, b/,
    });
  });

  it('learns from texts where a table has nothing else', async () => {
    const path = await scratch.write('only.csv', 'q,label\nis it on,x\nwhat is it,y\nwhere am I,x\n');
    assert.equal((await fitted(path, {})).column, 'q');
  });

  it('reads tables and files with one vocabulary, and passes over files that are no text', async () => {
    const path = await scratch.write('own.jsonl', '{"review":"very good","label":"x"}\n');
    const input = await fitted(path, { input: { text: {} } });
    await scratch.write('files/a/1.txt', 'very 好');
    await scratch.write('files/b/1.txt', new Uint8Array([0, 1, 2, 3, 0, 0]));
    const folder = join(scratch.folder, 'files');
    const own = await fitted(folder, {}, 'class');
    assert.deepEqual([...own.vocabulary].sort(), ['very', '好']);
    const other = await openDataset(folder, {
      labels: { t: { column: 'class' } },
      input: { fitted: input },
      shares: ALL,
    });
    const inputs: number[] = [];
    for await (const chunk of other.read('train')) inputs.push(...chunk.inputs);
    assert.deepEqual(inputs, [input.vocabulary.indexOf('very') + 2, 1]);
  });
});
