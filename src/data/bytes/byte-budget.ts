/** Memory that several readers share: whoever would take more than is left waits until others have given theirs back. */
export interface ByteBudget {
  /** Runs `use` while it holds so many bytes; one that alone asks for more than there is runs alone. */
  lend<T>(bytes: number, use: () => Promise<T>): Promise<T>;
}

/** @param limit in bytes */
export function createByteBudget(limit: number): ByteBudget {
  let held = 0;
  let waiting: (() => void)[] = [];
  return {
    async lend(bytes, use) {
      while (held > 0 && held + bytes > limit) await new Promise<void>(resolve => waiting.push(resolve));
      held += bytes;
      try {
        return await use();
      } finally {
        held -= bytes;
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      }
    },
  };
}
