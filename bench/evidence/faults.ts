// What is wrong with records beyond their form: figures, strategies, annotations, citations, copies.
import { bestOf, gain, levelWithBest, scoresOf } from './outcome';
import { problemOf } from './problem';
import { strategiesOf, type EvidencePaper, type EvidenceRecord } from './record';

/** What is wrong with one record; empty where nothing is. */
export function faultsOf(record: EvidenceRecord): string[] {
  return [
    ...strategyFaults(record),
    ...figureFaults(record),
    ...outcomeFaults(record),
    ...annotationFaults(record),
    ...(record.checked === 'memory' || record.seenAt !== undefined
      ? []
      : ['`seenAt` is missing: say where the figures were seen, or that they are from memory']),
    ...(record.judged === true && record.note === undefined ? ['`judged` needs a note that says why'] : []),
  ];
}

/** What is wrong between records, and between records and papers: `id: reason`. */
export function baseFaults(
  records: readonly EvidenceRecord[],
  papers: ReadonlyMap<string, EvidencePaper>,
): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  for (const { id, paper } of records) {
    if (ids.has(id)) faults.push(`${id}: the id is used twice`);
    if (!papers.has(paper)) faults.push(`${id}: there is no paper ${paper}`);
    ids.add(id);
  }
  const used = new Set(records.map(({ paper }) => paper));
  faults.push(...[...papers.keys()].filter(key => !used.has(key)).map(key => `${key}: no record cites it`));
  const urls = new Map<string, string>();
  for (const [key, { url }] of papers) {
    const same = urls.get(url);
    if (same !== undefined) faults.push(`${key}: ${same} has the same address`);
    urls.set(url, key);
  }
  return [...faults, ...copyFaults(records)];
}

/** Records that state the same problem, the first of each group in front. */
export function sameProblems(records: readonly EvidenceRecord[]): EvidenceRecord[][] {
  return groups(records, ({ annotations, target, decision }) =>
    JSON.stringify([decision, target, [...annotations].sort()]),
  );
}

function copyFaults(records: readonly EvidenceRecord[]): string[] {
  const faults: string[] = [];
  const twins = new Set<string>();
  for (const group of sameProblems(records)) {
    const first = group.find(({ twinOf }) => twinOf === undefined) ?? group[0];
    for (const { id, twinOf } of group) {
      if (id === first?.id) continue;
      twins.add(id);
      if (twinOf !== first?.id)
        faults.push(
          `${id}: states the same problem as ${first?.id ?? ''}: say so with \`twinOf\`, or merge them`,
        );
    }
  }
  for (const { id, twinOf } of records)
    if (twinOf !== undefined && !twins.has(id)) faults.push(`${id}: ${twinOf} states another problem`);
  const measured = records.filter(record => scoresOf(record).length > 0);
  const copies = groups(measured, record =>
    JSON.stringify([
      record.paper,
      record.metric.name,
      record.target,
      scoresOf(record).map(([strategy, { value }]) => [strategy, value]),
    ]),
  );
  for (const [first, ...others] of copies)
    for (const { id } of others) faults.push(`${id}: has the figures of ${first?.id ?? ''}`);
  return faults;
}

function strategyFaults({ decision, scores, acceptable, best }: EvidenceRecord): string[] {
  const known: readonly string[] = strategiesOf(decision);
  const named = [...Object.keys(scores), ...acceptable, ...(best && best !== 'either' ? [best] : [])];
  const strange = [...new Set(named.filter(strategy => !known.includes(strategy)))];
  return [
    ...strange.map(strategy => `${strategy} is no strategy of the decision ${decision}`),
    ...(new Set(acceptable).size < acceptable.length ? ['`acceptable` names a strategy twice'] : []),
  ];
}

/** Figures that the metric's unit cannot take. */
function figureFaults(record: EvidenceRecord): string[] {
  const { unit, name, better } = record.metric;
  const most = unit === 'percent' || unit === 'BLEU' ? 100 : unit === 'fraction' ? 1 : Infinity;
  const signed = /difference|correlation|r2|explained|log|reward|return/i.test(name);
  const least = signed ? -Infinity : 0;
  return scoresOf(record).flatMap(([strategy, { value, sd = 0 }]) => [
    ...(value > most ? [`${strategy}: ${value} is above ${most}, the most of ${unit ?? ''}`] : []),
    ...(value < least ? [`${strategy}: ${value} is below zero`] : []),
    ...(sd > most ? [`${strategy}: a spread of ${sd} is above ${most}`] : []),
    ...(unit === 'fraction' && better === 'higher' && value < -1
      ? [`${strategy}: ${value} is below -1`]
      : []),
  ]);
}

/** Whether what is acceptable and what won follow from the figures. */
function outcomeFaults(record: EvidenceRecord): string[] {
  const { acceptable, best, judged, scores } = record;
  const faults: string[] = [];
  if (best === 'either' && acceptable.length < 2) faults.push('`either` needs two acceptable strategies');
  if (best !== undefined && best !== 'either' && !acceptable.includes(best))
    faults.push(`the best, ${best}, is not acceptable`);
  for (const good of acceptable)
    for (const [other, score] of scoresOf(record)) {
      const own = scores[good];
      if (own && !acceptable.includes(other) && gain(record, own, score) > 0)
        faults.push(`${good} is acceptable and ${other}, which scored better, is not`);
    }
  if (judged) return faults;
  const level = levelWithBest(record);
  if (level.length < 2 && scoresOf(record).length < 2)
    faults.push('fewer than two strategies were measured: a judgement (`judged`)');
  const same = level.length === acceptable.length && level.every(strategy => acceptable.includes(strategy));
  if (!same)
    faults.push(`the figures say that ${level.join(', ')} is best or level, \`acceptable\` says otherwise`);
  const computed = bestOf({ ...record, best: undefined });
  if (best !== undefined && best !== computed)
    faults.push(`the figures say that the best is ${computed}, the record says ${best}`);
  return faults;
}

function annotationFaults(record: EvidenceRecord): string[] {
  const stated = problemOf(record);
  const sizes = stated.problem.datasets.flatMap(({ numExamples, splits }) => [
    ...(numExamples === undefined ? [] : [numExamples]),
    ...Object.values(splits ?? {}),
  ]);
  return [
    ...stated.diagnostics.map(kind => `annotations: ${kind}`),
    ...(stated.task ? [] : [`annotations: there is no task ${record.target}`]),
    ...sizes.filter(size => !(size > 0)).map(size => `annotations: a size of ${size}`),
    ...(record.decision === 'decomposition' &&
    !stated.problem.pipelines.some(({ task }) => task === record.target)
      ? ['annotations: the decision is about a pipeline, and none ends in the target']
      : []),
  ];
}

/** Groups of two and more, by key, in order. */
function groups<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = byKey.get(key);
    if (group) group.push(value);
    else byKey.set(key, [value]);
  }
  return [...byKey.values()].filter(group => group.length > 1);
}
