import { seeded, shuffle } from '../random';

/**
 * An order whose every beginning is a fair sample: one example of each class first, then the classes in their
 * proportions. The first 50 of it are among the first 200, so that data sizes nest.
 *
 * @param rows the rows to put in order
 * @param classOf the class of a row; `undefined` where labels are not classes
 * @param seed parts of the seed; equal ones give equal orders
 */
export function nestedOrder(
  rows: Int32Array,
  classOf: ((row: number) => number) | undefined,
  seed: readonly (string | number)[],
): Int32Array {
  const random = seeded('order', ...seed);
  const shuffled = shuffle(Int32Array.from(rows), random);
  if (!classOf) return shuffled;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(classOf(row), (counts.get(classOf(row)) ?? 0) + 1);
  const seen = new Map<number, number>();
  const offsets = new Map([...counts.keys()].sort((a, b) => a - b).map(of => [of, random()] as const));
  const keyed = Array.from(shuffled, row => {
    const of = classOf(row);
    const rank = seen.get(of) ?? 0;
    seen.set(of, rank + 1);
    const offset = offsets.get(of) ?? 0;
    return { row, key: rank === 0 ? offset - 1 : (rank + offset) / (counts.get(of) ?? 1) };
  });
  return Int32Array.from(
    keyed.sort((a, b) => a.key - b.key),
    ({ row }) => row,
  );
}
