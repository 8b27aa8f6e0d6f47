import assert from 'node:assert/strict';
import type { Note, NoteId } from '../../../src/advisor/advice';
import { noteText } from '../../../src/messages/note-text';
import { adviceOn, noteIds, problemOf } from './helpers';

/** The notes on a target beside a large source of the same kind. */
function notes(input: string, size: string, category: string, source = 'num_examples=1B'): readonly NoteId[] {
  return noteIds(
    adviceOn(
      problemOf(
        `@dataset far task=source input=${input} ${source}`,
        `@dataset own task=target input=${input} ${size}`,
        `@task target target category=${category} shares_features_with=source`,
      ),
      'target',
    ),
  );
}

describe('how deep to fine-tune', () => {
  const HOURS = 'num_examples=1M unit=hours';
  const cases: readonly (readonly [size: string, depth: NoteId, source?: string])[] = [
    ['num_examples=1k', 'fine-tune-head'],
    ['num_examples=1001', 'fine-tune-gradually'],
    ['num_examples=20k', 'fine-tune-everything'],
    ['num_examples=1 unit=hours', 'fine-tune-head', HOURS],
    ['num_examples=60 unit=minutes', 'fine-tune-head', HOURS],
    ['num_examples=99 unit=hours', 'fine-tune-gradually', HOURS],
    ['num_examples=360_000 unit=seconds', 'fine-tune-everything', HOURS],
  ];
  for (const [size, depth, source] of cases)
    it(`${size}: ${depth}`, () => {
      const found = notes('audio', size, 'automatic-speech-recognition', source);
      assert.deepEqual(
        found.filter(id => id.startsWith('fine-tune')),
        [depth],
      );
    });

  it('is said only where transfer is what to do', () => {
    const found = notes('image', 'num_examples=3M', 'image-classification', 'num_examples=1k');
    assert.ok(found.every(id => !id.startsWith('fine-tune')));
  });
});

describe('batch norm', () => {
  it('is worth a word where layers are frozen', () => {
    assert.ok(notes('image', 'num_examples=1k', 'image-classification').includes('freeze-batch-norm'));
    assert.ok(notes('image', 'num_examples=10k', 'image-classification').includes('freeze-batch-norm'));
  });

  it('is not where none is, nor for networks that read text', () => {
    assert.ok(!notes('image', 'num_examples=100k', 'image-classification').includes('freeze-batch-norm'));
    assert.ok(!notes('text', 'num_examples=1k', 'text-classification').includes('freeze-batch-norm'));
  });
});

describe('training together', () => {
  const together = (own: string, others: readonly string[]): readonly NoteId[] =>
    noteIds(
      adviceOn(
        problemOf(
          `@dataset own task=target input=image num_examples=${own}`,
          ...others.map((n, i) => `@dataset d${i} task=t${i} input=image num_examples=${n}`),
          '@task target target category=image-classification',
        ),
        'target',
      ),
    );

  it('starts with equal weights, and ends on the target alone', () => {
    const found = together('1k', ['2k', '2k', '3k']);
    assert.ok(found.includes('tune-loss-weights'));
    assert.ok(found.includes('fine-tune-on-target'));
    assert.ok(!found.includes('sample-by-temperature'));
  });

  it('samples by temperature where the tasks are very unequal, the target among them', () => {
    assert.ok(together('900', ['900', '8k', '9k']).includes('sample-by-temperature'));
  });
});

describe('detection', () => {
  it('counts instances, and asks for them', () => {
    const found = notes('image', 'num_examples=1k', 'object-detection');
    assert.ok(found.includes('count-instances'));
  });

  it('has been told where they are stated', () => {
    const found = notes('image', 'num_examples=1k instances_per_example=7', 'object-detection');
    assert.ok(!found.includes('count-instances'));
  });
});

describe('notes in words', () => {
  const others = (...sources: readonly string[]): Note => ({ id: 'other-sources', sources });

  it('name at most three names, and how many more there are', () => {
    assert.equal(noteText(others('a', 'b', 'c')), 'Other possible sources: a, b, c.');
    assert.equal(noteText(others('a', 'b', 'c', 'd', 'e')), 'Other possible sources: a, b, c and 2 more.');
  });

  it('write counts as people read them', () => {
    assert.equal(
      noteText({ id: 'network-too-small', parameters: 250_000, tasks: 3, sufficient: 300_000 }),
      'A network with 250k parameters is too small for 3 tasks; use about 300k or more to share one.',
    );
  });

  it('name strategies by their names', () => {
    assert.equal(
      noteText({ id: 'rules-disagree', recommendation: 'single-task', examples: 1200 }),
      'Measured on 1,200 examples; the rules alone recommend single-task training.',
    );
  });
});
