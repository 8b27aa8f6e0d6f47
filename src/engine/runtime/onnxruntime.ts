import type * as Ort from 'onnxruntime-node';
import { EngineError } from '../errors';

/** How a session uses the machine. */
export interface SessionOptions {
  /** Threads inside one operation; small networks are fastest with one. */
  readonly threads?: number;
  /** Where ONNX Runtime's own profiler writes, when it should. */
  readonly profile?: string;
}

export type Session = Ort.InferenceSession;

let loaded: typeof Ort | undefined;

/**
 * The native runtime, loaded when first needed.
 * @throws EngineError `runtime-missing` when its binary does not load on this platform.
 */
export async function loadRuntime(): Promise<typeof Ort> {
  if (loaded !== undefined) return loaded;
  try {
    loaded = await import('onnxruntime-node');
    return loaded;
  } catch (error) {
    throw new EngineError(
      'runtime-missing',
      `ONNX Runtime does not load on ${process.platform}-${process.arch} (${reason(error)}). ` +
        'Reinstall the package for this platform, or choose the "cpu" executor, which needs no binary.',
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** ONNX Runtime's severities: 3 is "error"; below it the log tells users nothing they can act on. */
const LOG_ERRORS_ONLY = 3;

/**
 * Makes a session from the bytes of a model.
 * @throws EngineError `bad-model` when ONNX Runtime refuses the model.
 */
export async function createSession(model: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  const ort = await loadRuntime();
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads ?? 1,
      interOpNumThreads: 1,
      logSeverityLevel: LOG_ERRORS_ONLY,
      graphOptimizationLevel: 'all',
      // Adam's second moments of idle weights decay into denormal numbers, which are slow to compute with.
      extra: { session: { set_denormal_as_zero: '1' } },
      ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
    });
  } catch (error) {
    throw new EngineError('bad-model', `ONNX Runtime refuses the model: ${reason(error)}`, { cause: error });
  }
}
