// What the figures of a record say: which strategies are level with the best, and which one won.
import type { EvidenceRecord, EvidenceScore, EvidenceStrategy } from './record';

/** Differences that are taken for noise where a paper gives no spread, by the metric's unit. */
const NOISE = { percent: 0.5, fraction: 0.005, BLEU: 0.3 } as const;
/** The same for errors, losses and figures in units of their own, as a share of the larger figure. */
const RELATIVE_NOISE = 0.02;
const ROUNDING = 1e-9;

export type Best = EvidenceStrategy | 'either';

/** The scores of a record, in the order of its text. */
export function scoresOf(
  record: Pick<EvidenceRecord, 'scores'>,
): readonly (readonly [EvidenceStrategy, EvidenceScore])[] {
  return Object.entries(record.scores) as [EvidenceStrategy, EvidenceScore][];
}

/** By how much one score is better than another, in the metric's unit; negative where it is worse. */
export function gain(
  { metric }: Pick<EvidenceRecord, 'metric'>,
  from: EvidenceScore,
  to: EvidenceScore,
): number {
  return metric.better === 'higher' ? to.value - from.value : from.value - to.value;
}

/**
 * The difference of two scores that is taken for noise, in the metric's unit: half a point, 0.3 BLEU, or 2 % of an
 * error; the spread of the difference where both are given and that is more.
 */
export function noiseOf(
  { metric }: Pick<EvidenceRecord, 'metric'>,
  a: EvidenceScore,
  b: EvidenceScore,
): number {
  const unit = metric.unit === 'BLEU' || metric.better === 'higher' ? metric.unit : undefined;
  const usual =
    unit === 'percent' || unit === 'fraction' || unit === 'BLEU'
      ? NOISE[unit]
      : RELATIVE_NOISE * Math.max(Math.abs(a.value), Math.abs(b.value));
  const spread = a.sd !== undefined && b.sd !== undefined ? Math.hypot(a.sd, b.sd) : 0;
  return Math.max(usual, spread);
}

/** The strategies that are best or level with the best, as the figures alone say; none where nothing was measured. */
export function levelWithBest(record: Pick<EvidenceRecord, 'scores' | 'metric'>): EvidenceStrategy[] {
  const scores = scoresOf(record);
  const [first] = scores;
  if (!first) return [];
  const top = scores.reduce((a, b) => (gain(record, a[1], b[1]) > 0 ? b : a), first);
  return scores
    .filter(([, score]) => gain(record, score, top[1]) <= noiseOf(record, score, top[1]) + ROUNDING)
    .map(([strategy]) => strategy);
}

/**
 * The strategy that won, or `either` where the paper shows a tie: as the record says; else the only acceptable one;
 * else the one that is ahead by more than noise.
 */
export function bestOf(record: EvidenceRecord): Best {
  if (record.best !== undefined) return record.best;
  const [only, ...others] = record.acceptable;
  if (only !== undefined && others.length === 0) return only;
  const [ahead, ...level] = levelWithBest(record);
  return ahead !== undefined && level.length === 0 ? ahead : 'either';
}
