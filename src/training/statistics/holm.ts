/**
 * p-values after Holm's correction (A simple sequentially rejective multiple test procedure, 1979): rejecting those
 * below 0.05 is wrong about any of them at most once in twenty times, however they depend on each other.
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((value, place) => ({ value, place })).sort((a, b) => a.value - b.value);
  const corrected = new Array<number>(values.length).fill(1);
  let largest = 0;
  order.forEach(({ value, place }, rank) => {
    largest = Math.max(largest, Math.min(1, value * (values.length - rank)));
    corrected[place] = largest;
  });
  return corrected;
}
