import type { PoolJob } from './local/worker-pool';

/** Estimates how long a run still takes from how long its jobs took. */
export interface Timer {
  readonly start: (job: string) => void;
  readonly finish: (job: string) => void;
  readonly finished: () => number;
  readonly secondsLeft: () => number | undefined;
}

/** Jobs that differ in their seed only take about the same time: `transfer-head-n300-s2` like `transfer-head-n300-s1`. */
function sortOf(job: string): string {
  return job.replace(/-s\d+$/, '');
}

/** `transfer-head-n300` like `transfer-head-n100`: the same arm at another size. */
function armOf(sort: string): string {
  return sort.replace(/-n\d+$/, '');
}

/** The size of a sort; infinite for jobs without one, whose time says nothing of others. */
function sizeOf(sort: string): number {
  return Number(/-n(\d+)$/.exec(sort)?.[1] ?? Infinity);
}

/** From one size to the next, trials take at most about this many times as long. */
const STEP = 4;

/** @param jobs those that are to run, or have run, as far as is known */
export function createTimer(
  jobs: () => readonly PoolJob[],
  before: ReadonlySet<string>,
  workers: number,
  now: () => number = () => performance.now(),
): Timer {
  const started = new Map<string, number>();
  const done = new Set(before);
  const seconds = new Map<string, number>();
  let last: number | undefined;
  return {
    start(job) {
      started.set(job, now());
    },
    finish(job) {
      const start = started.get(job);
      done.add(job);
      if (start === undefined) return;
      last = (now() - start) / 1000;
      seconds.set(sortOf(job), last);
    },
    finished: () => done.size,
    secondsLeft() {
      if (last === undefined) return undefined;
      const longest = Math.max(...seconds.values());
      const ofArm = new Map<string, { readonly took: number; readonly size: number }>();
      for (const [sort, took] of seconds) {
        const before = ofArm.get(armOf(sort)) ?? { took: 0, size: 0 };
        ofArm.set(armOf(sort), {
          took: Math.max(took, before.took),
          size: Math.max(sizeOf(sort), before.size),
        });
      }
      let left = 0;
      const open = jobs();
      for (const { id } of open) {
        if (done.has(id)) continue;
        const start = started.get(id);
        // A smaller size takes no longer than a larger one; those beyond take longer than all before, and an arm that is
        // quick stays so.
        const own = ofArm.get(armOf(sortOf(id)));
        const isReached = own !== undefined && sizeOf(sortOf(id)) <= own.size;
        const whole =
          seconds.get(sortOf(id)) ??
          (own === undefined ? longest : Math.min(longest, (isReached ? 1 : STEP) * own.took));
        left += start === undefined ? whole : Math.max(0, whole - (now() - start) / 1000);
      }
      return left / Math.min(workers, Math.max(1, open.length - done.size));
    },
  };
}
