import path from 'node:path';
import { jobOf, readManifest, watchRun } from '../../../experiments';
import type { JobSpec } from '../../../protocol/job-files';
import type { RunContentDelta, RunFacts } from '../../../ui/runs/run-page-messages';
import { type RunState, createRunState, factsOf } from '../../../ui/runs/run-state';
import type { Disposable } from '../../disposables';

/** Hands on what comes within a frame in one go, in its order. */
export interface Batch<T> extends Disposable {
  readonly add: (item: T) => void;
  /** Forgets what has not been handed on. */
  readonly clear: () => void;
}

/** Milliseconds that a screen shows a frame for. */
const FRAME = 16;

export function createBatch<T>(hand: (items: readonly T[]) => void): Batch<T> {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
    items = [];
  };
  return {
    add(item) {
      items.push(item);
      timer ??= setTimeout(() => {
        const all = items;
        clear();
        hand(all);
      }, FRAME);
    },
    clear,
    dispose: clear,
  };
}

/** A run that is followed, for as long as its panel is open. */
export interface FollowedRun extends Disposable {
  readonly facts: () => RunFacts;
  readonly state: RunState;
  /** Reads its name and notes anew. */
  readonly reread: () => Promise<void>;
}

export interface RunListener {
  readonly onDelta: (delta: RunContentDelta) => void;
  /** It cannot be read any more. */
  readonly onGone: (message: string) => void;
}

/**
 * Follows a run on disk, in whatever process it goes on.
 *
 * @throws RunError `not-found`, `broken` or `newer-version`
 */
export async function followRun(folder: string, { onDelta, onGone }: RunListener): Promise<FollowedRun> {
  let manifest = await readManifest(folder);
  const state = createRunState(manifest);
  const specs = new Map<string, JobSpec | undefined>();
  const stop = new AbortController();
  let work = Promise.resolve();
  const follow = watchRun(
    folder,
    delta => {
      // One after another: the inputs of a job are read from disk when it is first heard of.
      work = work.then(async () => {
        const unknown = delta.jobs.filter(({ id }) => !specs.has(id));
        await Promise.all(unknown.map(async ({ id }) => specs.set(id, await jobOf(folder, id))));
        if (stop.signal.aborted) return;
        onDelta(state.take(delta, id => specs.get(id)));
        if (delta.gone !== undefined) onGone(delta.gone);
      });
    },
    stop.signal,
  );
  follow.catch((error: unknown) => {
    onGone(error instanceof Error ? error.message : `${path.basename(folder)}: ${String(error)}`);
  });
  return {
    facts: () => factsOf(manifest),
    state,
    async reread() {
      manifest = await readManifest(folder);
    },
    dispose() {
      stop.abort();
    },
  };
}
