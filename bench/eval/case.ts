// What the advice is judged on: records of the evidence base, or a file of cases.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { check, parseJson } from '../../src/common/validation';
import { parseRecords, readEvidence } from '../evidence/base';
import { bestOf } from '../evidence/outcome';
import type { EvidenceDecision, EvidenceRecord } from '../evidence/record';

/** A published comparison, as far as scoring needs it. */
export interface EvalCase {
  readonly id: string;
  /** Cases of one paper are resampled, and left out, together. */
  readonly paper: string;
  readonly domain: string;
  readonly decision: EvidenceDecision;
  readonly annotations: readonly string[];
  readonly target: string;
  /** The strategy that won; `either` where the paper shows a tie. */
  readonly best: string;
  readonly acceptable: readonly string[];
  /** The strategies that the paper has figures of. */
  readonly compared: readonly string[];
  readonly checked: EvidenceRecord['checked'];
  /** One of the cases that the rules were tuned beside. */
  readonly first: boolean;
}

/** The older form of a case: one entry of an array. */
const OLDER_CASE = v.object({
  id: v.string(),
  source: v.optional(v.string(), ''),
  target: v.string(),
  annotations: v.array(v.string()),
  best: v.string(),
  acceptable: v.array(v.string()),
  numbersVerified: v.optional(v.boolean(), false),
});

export const FIRST_CASES = 'first-cases';

/** Every record of the base, those of language models' adaptation among them. */
export function evidenceCases(): EvalCase[] {
  const { records, topics } = readEvidence();
  return records.map(record => caseOf(record, topics.get(record.id) === FIRST_CASES));
}

/** The cases of a file: JSON Lines of records, or an array in the older form. Throws where the file holds neither. */
export function casesOfFile(file: string): EvalCase[] {
  const text = readFileSync(file, 'utf8');
  if (!text.trimStart().startsWith('[')) {
    const { records, unreadable } = parseRecords(text);
    if (unreadable.length > 0) throw new Error(`${file}:${unreadable.join(`\n${file}:`)}`);
    return records.map(record => caseOf(record, false));
  }
  const read = check(v.array(OLDER_CASE), parseJson(text));
  if (!read.ok) throw new Error(`${file}: ${read.problem.path}: expected ${read.problem.expected}`);
  return read.value.map(({ source, numbersVerified, ...given }) => ({
    ...given,
    compared: [],
    paper: /^.*?\b(?:19|20)\d\d/.exec(source)?.[0] ?? (source || given.id),
    domain: 'not stated',
    decision: given.annotations.some(line => line.includes('@pipeline')) ? 'decomposition' : 'learning',
    checked: numbersVerified ? 'text' : 'memory',
    first: false,
  }));
}

function caseOf(record: EvidenceRecord, first: boolean): EvalCase {
  const { id, paper, domain, decision, annotations, target, acceptable, scores, checked } = record;
  return {
    id,
    paper,
    domain,
    decision,
    annotations,
    target,
    best: bestOf(record),
    acceptable,
    compared: Object.keys(scores),
    checked,
    first,
  };
}
