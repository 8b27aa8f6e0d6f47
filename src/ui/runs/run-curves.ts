import {
  type Axis,
  type ByQuantity,
  type Curve,
  mapQuantities,
  meanCurve,
  trialCurves,
} from './training-curve';
import type { Trial } from './trial-points';

/** What of a run is drawn, and how. */
export interface CurveOptions {
  /** Each trial, or the mean over seeds of each arm and size, one standard deviation about it. */
  readonly by: 'mean' | 'trial';
  readonly axis: Axis;
  /** Weight of what came before in a moving average, from 0 to below 1. */
  readonly smoothing: number;
  /** Training examples; `latest` follows the run to its largest size so far. */
  readonly size: 'latest' | 'all' | number;
  /** The arms that are not shown. */
  readonly hidden: readonly string[];
}

/** The curves of trials, with those of trials that have not changed kept from call to call. */
export interface Curves {
  readonly of: (trials: readonly Trial[], options: CurveOptions) => ByQuantity<readonly Curve[]>;
}

type Made = ByQuantity<Curve | undefined>;

export function createCurves(): Curves {
  const kept = new Map<
    string,
    {
      readonly trials: readonly Trial[];
      readonly versions: readonly number[];
      readonly axis: Axis;
      readonly smoothing: number;
      readonly made: Made;
    }
  >();
  /** What was made before of the same trials in the same state, or what is made of them now. */
  const cached = (
    key: string,
    trials: readonly Trial[],
    axis: Axis,
    smoothing: number,
    make: () => Made,
  ): Made => {
    const before = kept.get(key);
    if (
      before?.axis === axis &&
      before.smoothing === smoothing &&
      before.trials.length === trials.length &&
      trials.every((trial, i) => trial === before.trials[i] && trial.version === before.versions[i])
    )
      return before.made;
    const made = make();
    kept.set(key, { trials, versions: trials.map(({ version }) => version), axis, smoothing, made });
    return made;
  };
  return {
    of(trials, options) {
      const { by, axis, smoothing } = options;
      const one = (trial: Trial, weight: number): Made =>
        cached(trial.head.id, [trial], axis, weight, () => trialCurves(trial, axis, weight));
      const shown = shownTrials(trials, options);
      const all =
        by === 'trial'
          ? shown.map(trial => one(trial, smoothing))
          : [...groupsOf(shown)].map(([id, group]) =>
              cached(`mean ${id}`, group, axis, smoothing, () => {
                const made = group.map(trial => one(trial, 0));
                return mapQuantities(quantity =>
                  meanCurve(
                    id,
                    made.flatMap(each => each[quantity] ?? []),
                    smoothing,
                  ),
                );
              }),
            );
      return mapQuantities(quantity => all.flatMap(made => made[quantity] ?? []));
    },
  };
}

/** The sizes that trials have, ascending. */
export function sizesOf(trials: readonly Trial[]): readonly number[] {
  const sizes = new Set<number>();
  for (const { head } of trials) if (head.n !== undefined) sizes.add(head.n);
  return [...sizes].sort((a, b) => a - b);
}

function shownTrials(trials: readonly Trial[], { size, hidden }: CurveOptions): readonly Trial[] {
  const begun = trials.filter(({ points }) => points.length > 0);
  const n = size === 'latest' ? sizesOf(begun).at(-1) : size;
  return begun.filter(
    ({ head }) => !hidden.includes(head.arm) && (n === 'all' || head.n === undefined || head.n === n),
  );
}

function groupsOf(trials: readonly Trial[]): ReadonlyMap<string, Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { arm, n } = trial.head;
    const id = n === undefined ? arm : `${arm}-n${n}`;
    const group = groups.get(id);
    if (group) group.push(trial);
    else groups.set(id, [trial]);
  }
  return groups;
}
