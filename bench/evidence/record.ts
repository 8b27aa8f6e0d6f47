// The form of a record of the evidence base: a published comparison of training strategies.
import * as v from 'valibot';
import type { Infer } from '../../src/common/validation';

export const DOMAINS = [
  'vision',
  'medical',
  'video',
  'audio',
  'speech',
  'text',
  'translation',
  'language-model',
  'tabular',
  'time-series',
  'graph',
  'biology',
  'robotics',
  'recommendation',
  'multimodal',
] as const;

/** What can be compared in each decision. The first is what the others are measured against. */
export const STRATEGIES = {
  learning: ['single-task', 'transfer', 'multitask'],
  decomposition: ['pipeline', 'end-to-end'],
  adaptation: [
    'prompting',
    'lora',
    'full-fine-tuning',
    'continued-pre-training',
    'instruction-tuning',
    'from-scratch',
  ],
} as const;

export type EvidenceDecision = keyof typeof STRATEGIES;
export type EvidenceStrategy = (typeof STRATEGIES)[EvidenceDecision][number];

export const DECISIONS: readonly EvidenceDecision[] = ['learning', 'decomposition', 'adaptation'];
export const ALL_STRATEGIES: readonly EvidenceStrategy[] = DECISIONS.flatMap(each => [...STRATEGIES[each]]);

/**
 * How the figures were checked. `table`: seen in the table that is named; `text`: seen in the paper's text;
 * `secondary`: seen where others report them; `memory`: recalled, nothing seen.
 */
export const CHECKS = ['table', 'text', 'secondary', 'memory'] as const;

/** How much a record counts where records are weighed by how they were checked. */
export const CHECK_WEIGHTS: Readonly<Record<(typeof CHECKS)[number], number>> = {
  table: 1,
  text: 1,
  secondary: 0.75,
  memory: 0.5,
};

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/));
const strategy = v.picklist(ALL_STRATEGIES);
const ADDRESS = /^(?:https:\/\/[^\s/]+\.\S+|github:[\w.-]+\/[\w.-]+(?::\S+)?)$/;
/** One address, or several with ` ; ` between them. */
const seenAt = v.pipe(
  v.string(),
  v.check(addresses => addresses.split(' ; ').every(address => ADDRESS.test(address))),
);

const SCORE = v.strictObject({
  value: v.pipe(v.number(), v.finite()),
  sd: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  runs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  label: v.optional(text),
});

/** One line of `evidence/comparisons/*.jsonl`. Its fields are described in `evidence/README.md`. */
export const EVIDENCE_RECORD = v.strictObject({
  id,
  paper: id,
  table: text,
  decision: v.picklist(DECISIONS),
  domain: v.picklist(DOMAINS),
  annotations: v.pipe(v.array(text), v.minLength(1)),
  target: text,
  scores: v.record(strategy, SCORE),
  metric: v.strictObject({ name: text, better: v.picklist(['higher', 'lower']), unit: v.optional(text) }),
  acceptable: v.pipe(v.array(strategy), v.minLength(1)),
  best: v.optional(v.picklist([...ALL_STRATEGIES, 'either'])),
  checked: v.picklist(CHECKS),
  seenAt: v.optional(seenAt),
  judged: v.optional(v.literal(true)),
  twinOf: v.optional(id),
  note: v.optional(text),
});

/** One entry of `evidence/papers/*.json`. */
export const EVIDENCE_PAPER = v.strictObject({
  citation: text,
  year: v.pipe(v.number(), v.integer(), v.minValue(1980), v.maxValue(2100)),
  url: v.pipe(v.string(), v.regex(/^https:\/\/\S+\.\S+$/)),
});

export const EVIDENCE_PAPERS = v.record(id, EVIDENCE_PAPER);

export type EvidenceRecord = Infer<typeof EVIDENCE_RECORD>;
export type EvidencePaper = Infer<typeof EVIDENCE_PAPER>;
export type EvidenceScore = Infer<typeof SCORE>;

/** The strategies of a decision. */
export function strategiesOf(decision: EvidenceDecision): readonly EvidenceStrategy[] {
  return STRATEGIES[decision];
}
