import type { Verdict } from '../advisor/advice';
import {
  type PublishedResult,
  type PublishedResults,
  predictedGain,
  similarResults,
} from '../advisor/published-results';
import type { PublishedOutput } from './advise-output';
import type { AdviceOutput, PublishedResultOutput } from './advise-schema';

/** Looks published results up for the JSON of the advice. */
export function publishedOutput(published: PublishedResults): PublishedOutput {
  return {
    evidenceOn: outlook => evidenceOn(outlook, published),
    named(advice) {
      const results = advice.flatMap(({ outlook }) => (outlook ? similarResults(outlook, published) : []));
      const named = new Map(results.map(result => [result.id, result]));
      return { results: [...named.values()].map(result => resultOutput(result, published)) };
    },
  };
}

function evidenceOn(outlook: Verdict, published: PublishedResults): Pick<AdviceOutput, 'gain' | 'similar'> {
  const gain = predictedGain(outlook, published);
  return {
    ...(gain ? { gain: { ...gain, low: rounded(gain.low), high: rounded(gain.high) } } : {}),
    similar: similarResults(outlook, published).map(({ id }) => id),
  };
}

/** To tenths: gains are known no better. */
const rounded = (value: number): number => Math.round(value * 10) / 10;

function resultOutput(
  { id, paper, metric, challenger, scores }: PublishedResult,
  { papers }: PublishedResults,
): PublishedResultOutput {
  const { citation = id, url = '' } = papers[paper] ?? {};
  const [reference, other] = scores;
  const against = challenger === 'end-to-end' ? 'pipeline' : 'single-task';
  return {
    id,
    citation,
    url,
    metric,
    challenger,
    against,
    scores: { challenger: other, against: reference },
  };
}
