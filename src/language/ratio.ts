import type { Advice } from '../advisor/advice';
import { targetsOf } from '../advisor/advise';
import { dataOf, viewOf } from '../advisor/supply';
import type { Problem } from '../annotations/problem';
import { convert } from '../annotations/units';
import type { Ratio } from './hints';

/**
 * How many times as much data the source has that the advice on a dataset's target recommends; `undefined`
 * where transfer is not advised, or the sizes do not compare.
 */
export function sourceRatio(
  problem: Problem,
  dataset: string,
  adviceOn: (target: string) => readonly Advice[],
): Ratio | undefined {
  const tasks = problem.datasets.find(({ name }) => name === dataset)?.tasks ?? [];
  const target = targetsOf(problem).find(({ name }) => tasks.includes(name));
  const advice =
    target && adviceOn(target.name).find(({ decision, stage }) => decision === 'learning' && !stage);
  const [source, ...more] = advice?.recommendation === 'transfer' ? advice.from : [];
  if (!target || source === undefined || more.length > 0) return undefined;
  const view = viewOf(problem);
  const own = dataOf(view, target.name).size;
  const its = dataOf(view, source).size;
  const comparable = own && its && convert(its, own.unit);
  return own && comparable !== undefined && own.value > 0
    ? { source, ratio: comparable / own.value }
    : undefined;
}
