/** The part of the clock that is needed; replaced in tests. */
export interface Clock {
  readonly setTimeout: (run: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

/** Tells when the keys it was given have come to rest. */
export interface Scheduler {
  /** Runs for `key` in `milliseconds`, instead of when it would have. */
  readonly restart: (key: string, milliseconds: number) => void;
  /** Runs for `key` in `milliseconds`, unless it will run anyway. */
  readonly ensure: (key: string, milliseconds: number) => void;
  /** Runs for `key` now. */
  readonly flush: (key: string) => void;
  readonly cancel: (key: string) => void;
  readonly dispose: () => void;
}

const system: Clock = {
  setTimeout: (run, milliseconds) => setTimeout(run, milliseconds),
  clearTimeout: timer => {
    clearTimeout(timer as NodeJS.Timeout);
  },
};

/** One timer for each key, whoever asks for it. */
export function createScheduler(run: (key: string) => void, clock: Clock = system): Scheduler {
  const timers = new Map<string, unknown>();
  const cancel = (key: string): void => {
    clock.clearTimeout(timers.get(key));
    timers.delete(key);
  };
  const start = (key: string, milliseconds: number): void => {
    const timer = clock.setTimeout(() => {
      timers.delete(key);
      run(key);
    }, milliseconds);
    timers.set(key, timer);
  };
  return {
    restart(key, milliseconds) {
      cancel(key);
      start(key, milliseconds);
    },
    ensure(key, milliseconds) {
      if (!timers.has(key)) start(key, milliseconds);
    },
    flush(key) {
      cancel(key);
      run(key);
    },
    cancel,
    dispose() {
      for (const key of [...timers.keys()]) cancel(key);
    },
  };
}
