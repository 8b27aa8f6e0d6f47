import type { CountResult } from '../../data';
import type { Log } from '../log';
import type { Counter } from './counter';
import type { WantedCount } from './wanted';

/** The counts that one problem asks for: running, or known. */
export interface CountedScope {
  /** Asks for these, and for no others any more. */
  readonly want: (wanted: readonly WantedCount[]) => void;
  /** By key. */
  readonly results: ReadonlyMap<string, CountResult>;
  readonly cancel: () => void;
}

/** @param changed told when a result has come, or is another than before */
export function createCountedScope(counter: Counter, log: Log, changed: () => void): CountedScope {
  const running = new Map<string, AbortController>();
  const results = new Map<string, CountResult>();
  const start = async ({ key, counting }: WantedCount): Promise<void> => {
    const controller = new AbortController();
    running.set(key, controller);
    try {
      const result = await counter.count(counting, controller.signal);
      if (controller.signal.aborted || results.get(key) === result) return;
      results.set(key, result);
      changed();
    } catch (error) {
      if (!controller.signal.aborted)
        log.warn(`${counting.written}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (running.get(key) === controller) running.delete(key);
    }
  };
  const keepOnly = (keys: ReadonlySet<string>): void => {
    for (const [key, controller] of running) {
      if (keys.has(key)) continue;
      controller.abort();
      running.delete(key);
    }
    for (const key of results.keys()) if (!keys.has(key)) results.delete(key);
  };
  return {
    want(wanted) {
      const byKey = new Map(wanted.map(each => [each.key, each]));
      keepOnly(new Set(byKey.keys()));
      for (const each of byKey.values()) if (!running.has(each.key)) void start(each);
    },
    results,
    cancel() {
      keepOnly(new Set());
    },
  };
}
