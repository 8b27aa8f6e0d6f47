import assert from 'node:assert/strict';
import { bestOf, levelWithBest } from '../../../bench/evidence/outcome';
import type { EvidenceRecord } from '../../../bench/evidence/record';

type Figures = Pick<EvidenceRecord, 'scores' | 'metric'>;
const accuracy = { name: 'accuracy', better: 'higher', unit: 'percent' } as const;
const error = { name: 'error', better: 'lower', unit: 'percent' } as const;

function level(metric: EvidenceRecord['metric'], scores: EvidenceRecord['scores']): string[] {
  return levelWithBest({ metric, scores } satisfies Figures);
}

describe('what the figures of a record say', () => {
  it('is a tie within half a point of accuracy, and a win beyond', () => {
    assert.deepEqual(level(accuracy, { 'single-task': { value: 80 }, transfer: { value: 80.5 } }), [
      'single-task',
      'transfer',
    ]);
    assert.deepEqual(level(accuracy, { 'single-task': { value: 80 }, transfer: { value: 80.6 } }), [
      'transfer',
    ]);
  });

  it('is a tie within 0.3 BLEU, and within 2 % of an error, where less is better', () => {
    const bleu = { name: 'BLEU', better: 'higher', unit: 'BLEU' } as const;
    assert.equal(level(bleu, { pipeline: { value: 20 }, 'end-to-end': { value: 20.3 } }).length, 2);
    assert.deepEqual(level(bleu, { pipeline: { value: 20 }, 'end-to-end': { value: 20.4 } }), ['end-to-end']);
    assert.equal(level(error, { pipeline: { value: 10 }, 'end-to-end': { value: 9.8 } }).length, 2);
    assert.deepEqual(level(error, { pipeline: { value: 10 }, 'end-to-end': { value: 9.7 } }), ['end-to-end']);
  });

  it('is a tie within the spread of the difference, where that is wider', () => {
    const scores = { 'single-task': { value: 80, sd: 3 }, transfer: { value: 84.9, sd: 4 } };
    assert.equal(level(accuracy, scores).length, 2);
    assert.deepEqual(level(accuracy, { ...scores, transfer: { value: 85.1, sd: 4 } }), ['transfer']);
  });

  it('gives the winner: the only acceptable one, else the one ahead, else either', () => {
    const given = { metric: accuracy, acceptable: ['single-task', 'transfer'] } as const;
    const of = (changes: Partial<EvidenceRecord>): string =>
      bestOf({ ...given, ...changes } as EvidenceRecord);
    const tie = { 'single-task': { value: 80 }, transfer: { value: 80.2 } };
    const ahead = { 'single-task': { value: 80 }, transfer: { value: 82 } };
    assert.equal(of({ scores: tie, acceptable: ['transfer'] }), 'transfer');
    assert.equal(of({ scores: ahead }), 'transfer');
    assert.equal(of({ scores: tie }), 'either');
    assert.equal(of({ scores: ahead, best: 'either' }), 'either');
  });
});
