import { EngineError } from '../errors';
import type { ExecutorName } from './executor';

export type EagerName = Exclude<ExecutorName, 'onnxruntime'>;

/** Whether an error says that a step or model cannot be compiled here, though it may well run eagerly. */
export function isUncompilable(error: unknown): error is EngineError {
  return (
    error instanceof EngineError &&
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
    throw new EngineError(
      'executor-missing',
      `The executor "${name}" needs the package ${module}, which does not load here. Install it, or choose another executor.`,
      { cause: error },
    );
  }
}

/** The faster eager executor that is there. */
export async function eagerName(): Promise<EagerName> {
  try {
    await loadEager('tensorflow');
    return 'tensorflow';
  } catch {
    return 'cpu';
  }
}
