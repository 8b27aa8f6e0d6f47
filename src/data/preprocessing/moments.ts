/** Mean and deviation of a stream of numbers (Welford's method: one pass, no cancellation). */
export interface Moments {
  count: number;
  mean: number;
  squares: number;
}

export function createMoments(): Moments {
  return { count: 0, mean: 0, squares: 0 };
}

export function addValue(moments: Moments, value: number): void {
  moments.count++;
  const difference = value - moments.mean;
  moments.mean += difference / moments.count;
  moments.squares += difference * (value - moments.mean);
}

/** The population's deviation; 1 for what does not vary, so that dividing by it is harmless. */
export function standardDeviation({ count, squares, mean }: Moments): number {
  const value = count === 0 ? 0 : Math.sqrt(squares / count);
  return value > 1e-12 * Math.max(1, Math.abs(mean)) ? value : 1;
}

/** The value that a share of the sorted `values` does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Both streams as one (Chan's formula). */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return createMoments();
  const difference = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (difference * b.count) / count,
    squares: a.squares + b.squares + (difference * difference * a.count * b.count) / count,
  };
}
