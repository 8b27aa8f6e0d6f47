import type { Disposable } from '../disposables';

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
