import type { Predictions } from '../result';
import type { Scorer } from './metrics';

/**
 * The area under the ROC curve: how often a positive example scores above a negative one, ties counting half (Mann &
 * Whitney 1947; Hanley & McNeil 1982). Of several classes the mean over each against the rest, of those that the
 * resample has both sides of (Fawcett 2006).
 */
export function auroc({ labels, predictions, width = 1 }: Predictions): Scorer {
  const positives = width === 1 ? [1] : Array.from({ length: width }, (_, c) => c);
  const areas = positives.map(c => {
    const column = width === 1 ? 0 : c;
    const scores = Float64Array.from(labels, (_, i) => predictions[i * width + column] ?? 0);
    return areaOf(
      scores,
      Uint8Array.from(labels, label => Number(label === c)),
    );
  });
  return weights => {
    let [sum, count] = [0, 0];
    for (const area of areas) {
      const value = area(weights);
      if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
    }
    return count === 0 ? NaN : sum / count;
  };
}

function areaOf(scores: Float64Array, isPositive: Uint8Array): Scorer {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  return weights => {
    let [above, negatives, positives] = [0, 0, 0];
    for (let i = 0; i < order.length;) {
      const score = scores[order[i] ?? 0];
      let [tiedPositive, tiedNegative] = [0, 0];
      for (; i < order.length && scores[order[i] ?? 0] === score; i++) {
        const example = order[i] ?? 0;
        const weight = weights === undefined ? 1 : (weights[example] ?? 0);
        if (isPositive[example] === 1) tiedPositive += weight;
        else tiedNegative += weight;
      }
      above += tiedPositive * (negatives + tiedNegative / 2);
      positives += tiedPositive;
      negatives += tiedNegative;
    }
    return positives > 0 && negatives > 0 ? above / (positives * negatives) : NaN;
  };
}
