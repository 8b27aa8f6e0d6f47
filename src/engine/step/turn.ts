import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';

let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` while TensorFlow.js computes on `backend`, then restores the backend that was there. The backend is
 * global to TensorFlow.js, so calls wait for each other; `work` itself is synchronous.
 */
export function onBackend<T>(backend: string, work: () => T): Promise<T> {
  const turn = queue.then(async () => {
    const before = (engine().backendName as string | null) === null ? undefined : getBackend();
    await setBackend(backend);
    try {
      return work();
    } finally {
      if (before !== undefined && before !== backend) await setBackend(before);
    }
  });
  queue = turn.catch(() => undefined);
  return turn;
}
