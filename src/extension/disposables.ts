/** What can be ended. Every disposable of VS Code is one. */
export interface Disposable {
  readonly dispose: () => unknown;
}

/** Disposables that end together; one that is added after the end is disposed of at once. */
export interface Disposables {
  readonly add: <T extends Disposable>(disposable: T) => T;
  readonly dispose: () => void;
}

/** Makes an empty collection. It disposes in reverse order, of each even where another throws. */
export function disposables(): Disposables {
  const held: Disposable[] = [];
  let ended = false;
  return {
    add(disposable) {
      if (ended) disposable.dispose();
      else held.push(disposable);
      return disposable;
    },
    dispose() {
      ended = true;
      const errors: unknown[] = [];
      for (let last = held.pop(); last !== undefined; last = held.pop()) {
        try {
          last.dispose();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'Some resources could not be disposed.');
    },
  };
}
