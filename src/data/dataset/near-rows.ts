/** Of a column whose values repeat more than this, equal ones tell nothing. */
const MOSTLY_UNLIKE = 0.5;
/** Fewer such columns than this can be near by chance. */
const FEWEST_COLUMNS = 4;
/** How far apart copies may be, in standard deviations: rounding to two digits of numbers around 1 is below. */
const NEAR = 0.01;
/** Numbers that are kept; of more, only equal rows are found. */
export const MOST_NUMBERS = 20_000_000;
/** Pairs of rows that are compared. */
const MOST_PAIRS = 200_000_000;

/**
 * Finds rows that are copies with other digits: rounded, or written with another precision. All numbers have to be within
 * a hundredth of their column's standard deviation; rows of which fewer than four columns hardly repeat are not compared.
 *
 * @param rows the numbers of each row, in the same order of columns; NaN where a cell is no number
 * @returns whether one of them is near; `undefined` where they tell nothing by being near
 */
export function nearRows(rows: readonly Float64Array[]): ((row: Float64Array) => boolean) | undefined {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || rows.length * width > MOST_NUMBERS) return undefined;
  const columns = Array.from({ length: width }, (_, place) => statisticsOf(rows, place));
  const telling = columns.flatMap(({ isTelling }, place) => (isTelling ? [place] : []));
  const [key] = telling;
  if (key === undefined || telling.length < FEWEST_COLUMNS) return undefined;
  const tolerances = columns.map(({ deviation }) => NEAR * deviation);
  const order = [key, ...columns.keys()];
  const sorted = rows.filter(row => Number.isFinite(row[key])).sort((a, b) => (a[key] ?? 0) - (b[key] ?? 0));
  const isNear = (one: Float64Array, other: Float64Array): boolean =>
    order.every(place => {
      const [a = NaN, b = NaN] = [one[place], other[place]];
      return Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= (tolerances[place] ?? 0);
    });
  let pairs = 0;
  return row => {
    const value = row[key] ?? NaN;
    const reach = tolerances[key] ?? 0;
    for (let i = firstFrom(sorted, key, value - reach); i < sorted.length && pairs < MOST_PAIRS; i++) {
      const other = sorted[i];
      if (!other || (other[key] ?? 0) > value + reach) break;
      pairs++;
      if (isNear(row, other)) return true;
    }
    return false;
  };
}

function statisticsOf(
  rows: readonly Float64Array[],
  place: number,
): { readonly deviation: number; readonly isTelling: boolean } {
  const values = rows.map(row => row[place] ?? NaN).filter(Number.isFinite);
  if (values.length < 2) return { deviation: 0, isTelling: false };
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
  return { deviation, isTelling: deviation > 0 && new Set(values).size > MOSTLY_UNLIKE * rows.length };
}

/** The first place of a sorted list whose value is at least this; none where it is no number. */
function firstFrom(sorted: readonly Float64Array[], key: number, value: number): number {
  if (Number.isNaN(value)) return sorted.length;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.[key] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
