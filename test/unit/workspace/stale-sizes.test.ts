import assert from 'node:assert/strict';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import { staleMessage, updateTitle } from '../../../src/messages/counting-messages';
import { type FoundSize, type StaleSize, staleSizes } from '../../../src/workspace/stale-sizes';

const found: FoundSize = { value: 5216, unit: 'examples', from: 'Parquet footer' };

function stale(line: string, size: FoundSize = found, tolerance?: number): StaleSize[] {
  const [annotation] = annotationsOf(parseText(`# @dataset a ${line}\n`, 'python'));
  assert.equal(annotation?.directive, 'dataset');
  return staleSizes(annotation, size, tolerance);
}

/** The line with every figure replaced, and what is said of each. */
function repaired(line: string, size: FoundSize = found): [string, string[]] {
  const all = stale(line, size);
  let text = `# @dataset a ${line}`;
  for (const { range, newText } of [...all].reverse())
    if (newText !== undefined)
      text = text.slice(0, range.start.column) + newText + text.slice(range.end.column);
  return [text.slice('# @dataset a '.length), all.map(staleMessage)];
}

describe('a stale size', () => {
  it('is off by more than the tolerance', () => {
    assert.deepEqual(stale('task=t num_examples=5k'), []);
    assert.equal(stale('task=t num_examples=5k', found, 0.01).length, 1);
    assert.equal(stale('task=t num_examples=4.9k').length, 1);
    assert.equal(stale('task=t num_examples=5.6k').length, 1);
    assert.deepEqual(stale('task=t'), []);
  });

  it('is replaced whole, however it was written', () => {
    for (const written of ['4k', '4000', '4_000', '"4,000"', '4e3'])
      assert.deepEqual(repaired(`task=t num_examples=${written} path=a`), [
        'task=t num_examples=5216 path=a',
        ['num_examples is 4,000, but the data has 5,216 (Parquet footer).'],
      ]);
    const [one] = stale('task=t num_examples=4k');
    assert.ok(one);
    assert.equal(updateTitle(one), 'Update num_examples to 5,216');
  });

  it('is compared in like units only, durations rounded', () => {
    const hours: FoundSize = { value: 12.3456, unit: 'hours', from: 'headers' };
    assert.deepEqual(
      repaired('task=t num_examples=600 unit=minutes', hours)[0],
      'task=t num_examples=741 unit=minutes',
    );
    assert.deepEqual(stale('task=t num_examples=600', hours), []);
    assert.deepEqual(stale('task=t num_examples=600 unit=hours'), []);
  });

  it('may be that of a split, by whichever name, or of their sum', () => {
    const split: FoundSize = { ...found, splits: { train: 5000, validation: 216 } };
    assert.deepEqual(repaired('task=t splits=training:4k,dev:216,test:9', split), [
      'task=t splits=training:5000,dev:216,test:9',
      ['Split training is stated as 4,000, but has 5,000 (Parquet footer).'],
    ]);
    assert.deepEqual(repaired('task=t splits=train:4k,test:200'), [
      'task=t splits=train:4k,test:200',
      ['The splits sum to 4,200, but the data has 5,216 (Parquet footer).'],
    ]);
  });

  it('may be a share of labels', () => {
    const labels: FoundSize = { ...found, labels: { car: 2608, sign: 5216 } };
    assert.deepEqual(repaired('task=car,sign labels_present=car:80%,sign:100%', labels), [
      'task=car,sign labels_present=car:50%,sign:100%',
      ['labels_present of car is 80%, but 50% of the examples have a label.'],
    ]);
    assert.deepEqual(repaired('task=car labels_present=0.9', labels)[0], 'task=car labels_present=50%');
  });

  it('is never 0: data without examples is a fault of its own', () => {
    assert.deepEqual(stale('task=t num_examples=60', { ...found, value: 0 }), []);
    assert.deepEqual(stale('task=t splits=train:60', { ...found, value: 0, splits: { train: 0 } }), []);
  });
});
