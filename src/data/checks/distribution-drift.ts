/**
 * The total variation distance of two histograms: half the summed difference of the shares, 0 to 1. What
 * sampling alone explains is subtracted, so that small splits raise no false alarm; 0 if one is empty.
 */
export function totalVariationDistance(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): number {
  const [totalA, totalB] = [sum(a.values()), sum(b.values())];
  if (totalA === 0 || totalB === 0) return 0;
  let difference = 0;
  for (const key of new Set([...a.keys(), ...b.keys()]))
    difference += Math.abs((a.get(key) ?? 0) / totalA - (b.get(key) ?? 0) / totalB);
  const bins = new Set([...a.keys(), ...b.keys()]).size;
  return Math.max(0, difference / 2 - Math.sqrt((bins / 4) * (1 / totalA + 1 / totalB)));
}

/**
 * The Kolmogorov–Smirnov statistic of two samples: the largest difference of their cumulative shares, 0 to 1,
 * less what two samples of one distribution stay under with a probability of 1 − 10⁻⁶.
 */
export function driftBeyondChance(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [x, y] = [[...a].sort((p, q) => p - q), [...b].sort((p, q) => p - q)];
  let [i, j, most] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    while (i < x.length && (x[i] ?? Infinity) <= value) i++;
    while (j < y.length && (y[j] ?? Infinity) <= value) j++;
    most = Math.max(most, Math.abs(i / x.length - j / y.length));
  }
  const chance = Math.sqrt((-Math.log(0.5e-6) / 2) * (1 / x.length + 1 / y.length));
  return Math.max(0, most - chance);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
