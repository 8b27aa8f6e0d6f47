import { createRandom } from './random';

/** Draws of a test split with replacement: how often each example was drawn, one array for each draw. */
export type Resamples = readonly Uint16Array[];

/** Draws of a bootstrap; the error of its standard error is then about 2 % (Efron & Tibshirani 1993, §6.4). */
export const RESAMPLES = 1000;

/** More examples than this are drawn fewer times: their share of the variance is small and known well. */
const MOST_DRAWN = 20_000_000;

/** The same draws for all arms and seeds, so that what is compared is compared on the same examples. */
export function drawResamples(examples: number, seed: number, count = RESAMPLES): Resamples {
  const random = createRandom(seed);
  const draws = Math.max(100, Math.min(count, Math.floor(MOST_DRAWN / Math.max(1, examples))));
  return Array.from({ length: draws }, () => {
    const weights = new Uint16Array(examples);
    for (let i = 0; i < examples; i++) {
      const drawn = Math.floor(random() * examples);
      weights[drawn] = (weights[drawn] ?? 0) + 1;
    }
    return weights;
  });
}
