// Reads the evidence base: evidence/comparisons/*.jsonl and evidence/papers/*.json.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as v from 'valibot';
import { check, parseJson, type Infer, type ShapeProblem } from '../../src/common/validation';
import { EVIDENCE_PAPERS, EVIDENCE_RECORD, type EvidencePaper, type EvidenceRecord } from './record';

/** The folder of the evidence base in the repository. */
export const EVIDENCE_FOLDER = path.join(__dirname, '../../evidence');

/** The version of the base: it changes with its records. */
export const EVIDENCE_VERSION = '1.0.0';
export const EVIDENCE_DATE = '2026-12-01';

export interface EvidenceBase {
  readonly records: readonly EvidenceRecord[];
  readonly papers: ReadonlyMap<string, EvidencePaper>;
  /** By record, the name of its file without the ending: `vision`, `first-cases`. */
  readonly topics: ReadonlyMap<string, string>;
}

/** A base, with what could not be read: file, line, and why. Such records are left out. */
export interface ReadEvidence extends EvidenceBase {
  readonly unreadable: readonly string[];
}

/** Reads every file of the base. What does not fit is named and left out; it never throws for what a file says. */
export function readEvidence(folder: string = EVIDENCE_FOLDER): ReadEvidence {
  const unreadable: string[] = [];
  const papers = new Map<string, EvidencePaper>();
  for (const file of filesOf(path.join(folder, 'papers'), '.json')) {
    const read = checked(EVIDENCE_PAPERS, readFileSync(file, 'utf8'));
    if (!read.ok) unreadable.push(`${path.basename(file)}: ${read.reason}`);
    else
      for (const [key, paper] of Object.entries(read.value))
        if (papers.has(key)) unreadable.push(`${path.basename(file)}: the paper ${key} is listed twice`);
        else papers.set(key, paper);
  }
  const records: EvidenceRecord[] = [];
  const topics = new Map<string, string>();
  for (const file of filesOf(path.join(folder, 'comparisons'), '.jsonl')) {
    const read = parseRecords(readFileSync(file, 'utf8'));
    unreadable.push(...read.unreadable.map(reason => `${path.basename(file)}:${reason}`));
    for (const record of read.records) {
      records.push(record);
      topics.set(record.id, path.basename(file, '.jsonl'));
    }
  }
  return { records, papers, topics, unreadable };
}

/** The records of JSON Lines, and which lines hold none: `12: metric.better: expected …`. */
export function parseRecords(text: string): {
  readonly records: readonly EvidenceRecord[];
  readonly unreadable: readonly string[];
} {
  const records: EvidenceRecord[] = [];
  const unreadable: string[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const read = checked(EVIDENCE_RECORD, line);
    if (read.ok) records.push(read.value);
    else unreadable.push(`${i + 1}: ${read.reason}`);
  });
  return { records, unreadable };
}

function checked<S extends v.GenericSchema>(
  schema: S,
  text: string,
): { readonly ok: true; readonly value: Infer<S> } | { readonly ok: false; readonly reason: string } {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'this is not JSON' };
  const read = check(schema, value);
  return read.ok ? read : { ok: false, reason: inWords(read.problem) };
}

function inWords({ kind, path: where, expected, found }: ShapeProblem): string {
  if (kind === 'missing') return `${where} is missing`;
  if (kind === 'unknown') return `${where} is no field of the form`;
  return `${where}: expected ${expected}, found ${found}`;
}

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => path.join(folder, name));
}
