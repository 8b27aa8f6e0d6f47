// The pages about the evidence base: how many records there are, and one line for each.
import { readEvidence } from '../../../bench/evidence/base';
import { bestOf, scoresOf } from '../../../bench/evidence/outcome';
import { datasetsOf, problemOf, sizesInShort } from '../../../bench/evidence/problem';
import {
  CHECKS,
  DECISIONS,
  DOMAINS,
  type EvidenceDecision,
  type EvidencePaper,
  type EvidenceRecord,
} from '../../../bench/evidence/record';
import { count, table } from './markdown';

const DECISION_TITLES: Readonly<Record<EvidenceDecision, string>> = {
  learning: 'Single-task, transfer or multitask',
  decomposition: 'Pipeline or end-to-end',
  adaptation: 'Adapting a language model',
};

const DOMAIN_TITLES: Readonly<Record<string, string>> = {
  'language-model': 'Language models',
  'time-series': 'Time series',
};

/** How many records there are, by decision and what won, domain, and check. */
export function evidenceCounts(): string {
  const { records, papers } = readEvidence();
  const of = (some: readonly EvidenceRecord[], has: (record: EvidenceRecord) => boolean): string =>
    count(some.filter(has).length);
  const decisions = DECISIONS.map(decision => {
    const own = records.filter(record => record.decision === decision);
    const bests = new Map<string, number>();
    for (const record of own) bests.set(bestOf(record), (bests.get(bestOf(record)) ?? 0) + 1);
    const won = [...bests].sort((a, b) => b[1] - a[1]).map(([best, n]) => `${best} ${n}`);
    return [decision, count(own.length), count(new Set(own.map(({ paper }) => paper)).size), won.join(', ')];
  });
  return [
    `${count(records.length)} comparisons from ${count(papers.size)} papers.`,
    '',
    table(['decision', 'comparisons', 'papers', 'what won'], decisions),
    '',
    table(
      ['domain', ...CHECKS],
      DOMAINS.map(domain => {
        const own = records.filter(record => record.domain === domain);
        return [domain, ...CHECKS.map(checked => of(own, record => record.checked === checked))];
      }),
    ),
  ].join('\n');
}

/** Every record, by domain and decision; one line each, folded. */
export function evidenceTables(): string {
  const { records, papers } = readEvidence();
  return DOMAINS.flatMap(domain => {
    const own = records.filter(record => record.domain === domain);
    if (own.length === 0) return [];
    const tables = DECISIONS.flatMap(decision => {
      const rows = own
        .filter(record => record.decision === decision)
        .sort((a, b) => a.paper.localeCompare(b.paper, 'en'));
      if (rows.length === 0) return [];
      const summary = `${DECISION_TITLES[decision]}: ${rows.length}`;
      return [
        `<details>\n<summary>${summary}</summary>\n`,
        table(
          ['paper', 'problem', 'scores', 'acceptable', 'checked'],
          rows.map(record => rowOf(record, papers.get(record.paper))),
        ),
        '\n</details>\n',
      ];
    });
    const title = DOMAIN_TITLES[domain] ?? `${domain.slice(0, 1).toUpperCase()}${domain.slice(1)}`;
    return [`## ${title}\n`, ...tables];
  })
    .join('\n')
    .trimEnd();
}

function rowOf(record: EvidenceRecord, paper: EvidencePaper | undefined): string[] {
  const { acceptable, checked, judged, metric } = record;
  const best = bestOf(record);
  const scores = scoresOf(record).map(([strategy, { value }]) => `${strategy} ${value}`);
  const unit = metric.unit === 'percent' ? ' %' : '';
  const less = metric.better === 'lower' ? ', less is better' : '';
  return [
    paper ? `[${plain(shortCitation(paper))}](${paper.url})` : record.paper,
    plain(problemInShort(record)),
    plain(scores.length > 0 ? `${metric.name}${unit}${less}: ${scores.join(', ')}` : 'a rule, no figures'),
    `${acceptable.map(each => (each === best ? `**${each}**` : each)).join(', ')}${judged ? ' (judged)' : ''}`,
    checked,
  ];
}

/** `He et al. 2018, Rethinking ImageNet Pre-training`, without where it appeared. */
function shortCitation({ citation, year }: EvidencePaper): string {
  const at = citation.indexOf(String(year));
  if (at < 0) return citation;
  const authors = citation.slice(0, at).trim();
  const names = authors.split(', ');
  const first = names.length > 2 ? `${names[0] ?? ''} et al.` : authors;
  return `${first} ${year}`;
}

/** What is to be learnt, from how much data, beside what. */
function problemInShort(record: EvidenceRecord): string {
  const stated = problemOf(record);
  const { own, others } = datasetsOf(stated);
  const pipeline = stated.problem.pipelines.find(({ task }) => task === record.target);
  const way = pipeline && [pipeline.steps[0]?.from, ...pipeline.steps.map(({ to }) => to)].join(' → ');
  const category = stated.task?.category;
  const name = way ?? (category === undefined ? record.target : `${record.target} (${category})`);
  const size = sizesInShort(own);
  const along = own
    .flatMap(({ tasks }) => tasks)
    .filter(task => task !== record.target && !task.includes('->'));
  const beside = others.map(dataset => `${dataset.name} ${sizesInShort([dataset])}`.trim());
  const shown =
    beside.length > 3 ? `${beside.length} other datasets, ${sizesInShort(others)}` : beside.join(', ');
  return [
    size === '' ? name : `${name}, ${size}`,
    ...(along.length > 0
      ? [`also labelled for ${along.length} other ${along.length > 1 ? 'tasks' : 'task'}`]
      : []),
    ...(shown === '' ? [] : [`beside ${shown}`]),
  ].join('; ');
}

/** Text that Markdown would otherwise take for markup. */
function plain(text: string): string {
  return text.replace(/[<>[\]*_`]/g, '\\$&').replace(/\s+/g, ' ');
}
