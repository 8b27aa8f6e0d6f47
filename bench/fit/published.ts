// The published results with their figures, as the advice compares a problem with them.
import type { Challenger } from '../../src/advisor/advice';
import {
  GAIN_COVERAGE,
  type GainUnit,
  type PublishedResult,
  type PublishedResults,
  spreadOfGains,
} from '../../src/advisor/published-results';
import type { EvidenceBase } from '../evidence/base';
import { gain } from '../evidence/outcome';
import { type EvidenceRecord, type EvidenceScore, STRATEGIES } from '../evidence/record';
import type { ComparedResult } from './results';

/** The results that have figures of both strategies in a unit that compares. */
export function publishedResults(
  compared: readonly ComparedResult[],
  { records, papers }: Pick<EvidenceBase, 'records' | 'papers'>,
): PublishedResults {
  const byId = new Map(records.map(record => [record.id, record]));
  const keys = [...new Set(compared.map(({ paper }) => paper))].sort();
  const results = compared.flatMap((each): PublishedResult[] => {
    const record = byId.get(each.id);
    const figures = record && figuresOf(record, each.challenger);
    if (!figures) return [];
    const { id, challenger, features } = each;
    const rounded = Object.fromEntries(
      Object.entries(features).map(([name, value]) => [name, Number(value.toFixed(2))]),
    );
    return [{ id, paper: keys.indexOf(each.paper), challenger, features: rounded, ...figures }];
  });
  return {
    papers: keys.map(key => {
      const { citation = key, url = '' } = papers.get(key) ?? {};
      return { citation, url };
    }),
    results,
    stretch: stretchOf(results),
  };
}

const IN_POINTS: ReadonlyMap<string, number> = new Map([
  ['percent', 1],
  ['fraction', 100],
  ['BLEU', 1],
]);

function figuresOf(
  record: EvidenceRecord,
  challenger: Challenger,
): Pick<PublishedResult, 'metric' | 'scores' | 'gain' | 'unit'> | undefined {
  const scores = new Map<string, EvidenceScore>(Object.entries(record.scores));
  const reference = scores.get(STRATEGIES[record.decision][0]);
  const other = scores.get(challenger);
  if (!reference || !other) return undefined;
  const { name: metric, unit = '', better } = record.metric;
  const difference = gain(record, reference, other);
  const points = IN_POINTS.get(unit);
  const isError = better === 'lower' && reference.value > 0;
  if (points === undefined && !isError) return undefined;
  const [inUnit, by]: [GainUnit, number] =
    points === undefined ? ['percent', 100 / reference.value] : ['points', points];
  return {
    metric,
    scores: [reference.value, other.value],
    gain: Number((difference * by).toFixed(2)),
    unit: inUnit,
  };
}

/**
 * How far the spread of similar results must be stretched to hold what it says, with the papers of each result left out:
 * the factor that would have sufficed in so many cases.
 */
export function stretchOf(results: readonly PublishedResult[]): number {
  const needed = results
    .flatMap(result => {
      const spread = spreadOfGains(
        result,
        results.filter(({ paper }) => paper !== result.paper),
      );
      if (!spread || spread.unit !== result.unit) return [];
      const { low, middle, high } = spread;
      const off = result.gain - middle;
      const room = off > 0 ? high - middle : middle - low;
      return [off === 0 ? 0 : Math.abs(off) / Math.max(room, 1e-9)];
    })
    .sort((a, b) => a - b);
  const at = Math.min(needed.length - 1, Math.ceil(GAIN_COVERAGE * (needed.length + 1)) - 1);
  return Number((needed[at] ?? 1).toFixed(3));
}
