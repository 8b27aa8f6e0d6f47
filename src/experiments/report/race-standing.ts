import type { LookedArm, RaceLook } from '../../protocol/race-file';
import type { Outcome } from '../statistics/outcomes';

/** What a race says of an arm. */
export interface Standing {
  /** The shares of the information at the looks that it was in. */
  readonly looks?: readonly number[];
  /** How it was dropped: that stands, whatever is measured of others. */
  readonly decided?: { readonly outcome: Outcome };
  /** That it gains no more than the margin was settled before all planned trials were there. */
  readonly nothing?: boolean;
}

export function standingOf(arm: string, looks: readonly RaceLook[] | undefined): Standing {
  const own = (looks ?? []).flatMap(({ arms }): LookedArm[] => arms.filter(({ id }) => id === arm));
  const last = own.at(-1);
  if (!last) return {};
  return {
    looks: own.map(({ information }) => information),
    ...(last.dropped === undefined ? {} : { decided: { outcome: last.outcome } }),
    ...(last.dropped === 'no-gain' ? { nothing: true } : {}),
  };
}
