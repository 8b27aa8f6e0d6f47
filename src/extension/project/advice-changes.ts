import type { Advice, AdviceChange } from '../../advisor/advice';
import { adviceChanges } from '../../advisor/sensitivity';
import type { Resolution } from './project-resolution';

/** Advice belongs to one resolution: what would change it is worked out once, as long as someone has it. */
const known = new WeakMap<Advice, readonly AdviceChange[]>();

/** What would change the advice of a resolution. Takes milliseconds: ask only for what is shown. */
export function changesOf({ advised, options }: Resolution, advice: Advice): readonly AdviceChange[] {
  const changes = known.get(advice) ?? adviceChanges(advised, advice, options);
  known.set(advice, changes);
  return changes;
}
