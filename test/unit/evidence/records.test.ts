import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readEvidence } from '../../../bench/evidence/base';
import { baseFaults, faultsOf, sameProblems } from '../../../bench/evidence/faults';
import { bestOf } from '../../../bench/evidence/outcome';
import type { EvidencePaper, EvidenceRecord } from '../../../bench/evidence/record';
import { useScratch } from '../data/helpers/files';

/** A record in which nothing is wrong. */
function record(changes: Partial<EvidenceRecord> = {}): EvidenceRecord {
  return {
    id: 'doe2020-boats',
    paper: 'doe2020',
    table: 'Table 1',
    decision: 'learning',
    domain: 'vision',
    annotations: [
      '# @dataset ships task=ships input=image num_examples=1M',
      '# @dataset boats task=boats input=image num_examples=1k',
      '# @task boats target category=image-classification output=class:3',
    ],
    target: 'boats',
    scores: { 'single-task': { value: 80 }, transfer: { value: 90 } },
    metric: { name: 'accuracy', better: 'higher', unit: 'percent' },
    acceptable: ['transfer'],
    checked: 'table',
    seenAt: 'https://example.org/boats',
    ...changes,
  };
}

const paper: EvidencePaper = { citation: 'Doe 2020, Boats', year: 2020, url: 'https://example.org/boats' };
const papers = new Map([['doe2020', paper]]);

describe('the evidence base', () => {
  const base = readEvidence();

  it('has the form that its card describes', () => {
    assert.deepEqual(base.unreadable, []);
  });

  it('has records whose strategies, figures, outcome and annotations agree', () => {
    const faults = base.records.flatMap(each => faultsOf(each).map(fault => `${each.id}: ${fault}`));
    assert.deepEqual(faults, []);
  });

  it('cites every paper that it lists, and marks records of one problem', () => {
    assert.deepEqual(baseFaults(base.records, base.papers), []);
    assert.ok(sameProblems(base.records).length > 0);
  });

  it('holds what the advice is meant to rest on: enough comparisons, papers, tables, ties and losses', () => {
    const measured = base.records.filter(({ scores }) => Object.keys(scores).length > 1);
    const advised = measured.filter(({ decision }) => decision !== 'adaptation');
    assert.ok(advised.length >= 200, `${advised.length} comparisons`);
    assert.ok(new Set(advised.map(each => each.paper)).size >= 80);
    assert.ok(measured.filter(({ checked }) => checked === 'table').length >= 150);
    const won = new Map<string, number>();
    for (const each of advised) won.set(bestOf(each), (won.get(bestOf(each)) ?? 0) + 1);
    for (const best of ['single-task', 'transfer', 'multitask', 'pipeline', 'end-to-end', 'either'])
      assert.ok((won.get(best) ?? 0) >= 20, best);
  });
});

describe('a record of evidence', () => {
  it('is accepted where nothing is wrong with it', () => {
    assert.deepEqual(faultsOf(record()), []);
    assert.deepEqual(baseFaults([record()], papers), []);
  });

  const wrong: readonly (readonly [what: string, changes: Partial<EvidenceRecord>, fault: RegExp])[] = [
    [
      'a share above 100 %',
      { scores: { 'single-task': { value: 80 }, transfer: { value: 101 } } },
      /above 100/,
    ],
    [
      'a figure below zero',
      { scores: { 'single-task': { value: -1 }, transfer: { value: 9 } } },
      /below zero/,
    ],
    ['a strategy of another decision', { acceptable: ['transfer', 'pipeline'] }, /pipeline is no strategy/],
    ['an outcome against the figures', { acceptable: ['single-task'] }, /scored better/],
    ['a tie that the figures do not show', { acceptable: ['transfer', 'single-task'] }, /is best or level/],
    ['a winner that is not acceptable', { best: 'multitask' }, /is not acceptable/],
    ['one figure only', { scores: { transfer: { value: 90 } } }, /fewer than two/],
    ['a judgement without a reason', { judged: true }, /note that says why/],
    ['no place where the figures were seen', { seenAt: undefined }, /`seenAt` is missing/],
    ['a target that is not annotated', { target: 'planes' }, /no task planes/],
    [
      'annotations that do not parse',
      { annotations: ['# @task boats target output=clas:3'] },
      /annotations: /,
    ],
    ['a pipeline that is not declared', { decision: 'decomposition' }, /none ends in the target/],
  ];
  for (const [what, changes, fault] of wrong)
    it(`is refused with ${what}`, () => {
      const { seenAt, ...rest } = { ...record(), ...changes };
      assert.match(faultsOf({ ...rest, ...(seenAt !== undefined && { seenAt }) }).join('\n'), fault);
    });

  it('is refused beside a copy of it, unless it says whose twin it is', () => {
    const twin = record({
      id: 'doe2020-boats-again',
      scores: { 'single-task': { value: 1 }, transfer: { value: 2 } },
    });
    assert.match(baseFaults([record(), twin], papers).join(), /same problem as doe2020-boats/);
    assert.deepEqual(baseFaults([record(), { ...twin, twinOf: 'doe2020-boats' }], papers), []);
    const copy = record({ id: 'doe2020-copy', twinOf: 'doe2020-boats' });
    assert.match(baseFaults([record(), copy], papers).join(), /has the figures of doe2020-boats/);
  });

  it('is refused with an id or an address that is used twice, or a paper that is not listed', () => {
    assert.match(baseFaults([record(), record()], papers).join(), /used twice/);
    assert.match(baseFaults([record({ paper: 'roe' })], papers).join(), /no paper roe.*no record cites it/);
    const doubled = new Map([...papers, ['doe2020-too', paper]]);
    assert.match(baseFaults([record()], doubled).join(), /the same address/);
  });
});

describe('a damaged evidence file', () => {
  const scratch = useScratch();

  it('is named with the line, and its other records are read', async () => {
    for (const folder of ['comparisons', 'papers'])
      await mkdir(path.join(scratch.folder, folder), { recursive: true });
    const lines = [
      JSON.stringify(record()),
      '{"id": "doe2020-cut',
      JSON.stringify({ ...record(), id: 'doe2020-b', colour: 'red' }),
      JSON.stringify({ ...record(), id: 'doe2020-c', seenAt: 'somewhere' }),
    ];
    await writeFile(path.join(scratch.folder, 'comparisons/boats.jsonl'), lines.join('\n'));
    await writeFile(path.join(scratch.folder, 'papers/boats.json'), JSON.stringify({ doe2020: paper }));
    const { records, unreadable } = readEvidence(scratch.folder);
    assert.deepEqual(
      records.map(({ id }) => id),
      ['doe2020-boats'],
    );
    assert.deepEqual(
      unreadable.map(reason => reason.replace(/: expected.*/, '')),
      [
        'boats.jsonl:2: this is not JSON',
        'boats.jsonl:3: colour is no field of the form',
        'boats.jsonl:4: seenAt',
      ],
    );
  });
});
