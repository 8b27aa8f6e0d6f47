// Whether predicted gains hold: with papers left out, from the search of similar results and from its calibration alike.
import { predictedGain, type PublishedResults } from '../../src/advisor/published-results';
import { stretchOf } from '../fit/published';

export interface GainCoverage {
  readonly results: number;
  /** The share of results whose gain lies in the interval that was predicted. */
  readonly covered: number;
  /** The middle one of the widths, in the results' unit. */
  readonly width: number;
}

export interface GainCoverages {
  readonly byUnit: ReadonlyMap<string, GainCoverage>;
  /** Results for which a gain is predicted in another unit, or none at all. */
  readonly elsewhere: number;
}

const FOLDS = 10;

/** How often intervals hold, by the unit of the gain. */
export function gainCoverage({ papers, results }: PublishedResults): GainCoverages {
  let elsewhere = 0;
  const found = new Map<string, { covered: boolean; width: number }[]>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = results.filter(({ paper }) => paper % FOLDS !== fold);
    const known: PublishedResults = { papers, results: others, stretch: stretchOf(others) };
    for (const result of results.filter(({ paper }) => paper % FOLDS === fold)) {
      const gain = predictedGain(result, known);
      if (gain?.unit !== result.unit) {
        elsewhere++;
        continue;
      }
      const covered = gain.low <= result.gain && result.gain <= gain.high;
      found.set(result.unit, [...(found.get(result.unit) ?? []), { covered, width: gain.high - gain.low }]);
    }
  }
  const byUnit = new Map(
    [...found].map(([unit, each]) => {
      const widths = each.map(({ width }) => width).sort((a, b) => a - b);
      const covered = each.filter(one => one.covered).length / each.length;
      return [unit, { results: each.length, covered, width: widths[Math.floor(widths.length / 2)] ?? NaN }];
    }),
  );
  return { byUnit, elsewhere };
}

export function gainLines({ byUnit, elsewhere }: GainCoverages): string[] {
  const lines = [...byUnit].map(
    ([unit, { results, covered, width }]) =>
      `Predicted gains in ${unit} hold in ${(100 * covered).toFixed(0)} % of ${results} results (80 % are stated); half of the intervals are narrower than ${width.toFixed(1)}.`,
  );
  return [...lines, `For ${elsewhere} results the unit of the prediction is another, or none is made.`];
}
