import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { engineError, isEngineError, type EngineError } from '../engine-error';
import type { ExecutorName } from './step-executor';

let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` while TensorFlow.js computes on `backend`, then restores the backend that was there. The backend is
 * global to TensorFlow.js, so calls wait for each other; `work` itself is synchronous.
 */
export function withBackend<T>(backend: string, work: () => T): Promise<T> {
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

export type EagerName = Exclude<ExecutorName, 'onnxruntime'>;

/** Whether an error says that a step or model cannot be compiled here, though it may well run eagerly. */
export function isUncompilable(error: unknown): error is EngineError {
  return (
    isEngineError(error) &&
    ['no-lowering', 'not-traceable', 'runtime-missing', 'bad-model'].includes(error.code)
  );
}

/** Loads what an eager executor needs. @throws EngineError `executor-missing` where it is not installed */
export async function loadEager(name: EagerName): Promise<void> {
  if (name === 'cpu') return;
  // A name that bundlers cannot see: the package is an optional dependency, whose absence is normal.
  const module = '@tensorflow/tfjs-node';
  try {
    await import(module);
  } catch (error) {
    throw engineError(
      'executor-missing',
      `The executor "${name}" needs the package ${module}, which does not load here. Install it, or choose another executor.`,
      { cause: error },
    );
  }
}

/** The faster eager executor that is there. */
export async function fastestEagerExecutor(): Promise<EagerName> {
  try {
    await loadEager('tensorflow');
    return 'tensorflow';
  } catch {
    return 'cpu';
  }
}
