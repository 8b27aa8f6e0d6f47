import type * as Ort from 'onnxruntime-node';
import type { Tensor } from 'onnxruntime-node';
import { errorMessage } from '../../common/errors';
import { engineError } from '../engine-error';
import type { ElementType, Elements } from '../graph/nodes-and-values';

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
 * Keeps ONNX Runtime from reporting its use. Its official builds for Linux and macOS upload events from 1.29 on, and
 * write an id of the device into the user's cache; they ask for the first variable when they initialise. The build for
 * Windows writes events for the system's tracing instead. The Node binding has no call that turns these off
 * (`DisableTelemetryEvents` of the C API is not bound); the second variable, by which ONNX Runtime's own tests keep
 * quiet, is the only one that this build asks for.
 *
 * Source: docs/Privacy.md and core/platform/telemetry_environment.h of microsoft/onnxruntime.
 */
function silenceTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  if (process.platform === 'win32') process.env['ORT_RUNNING_UNIT_TESTS'] = '1';
}

/**
 * The native runtime, loaded when first needed.
 * @throws EngineError `runtime-missing` when its binary does not load on this platform.
 */
export async function loadRuntime(): Promise<typeof Ort> {
  if (loaded !== undefined) return loaded;
  silenceTelemetry();
  try {
    loaded = await import('onnxruntime-node');
    return loaded;
  } catch (error) {
    throw engineError(
      'runtime-missing',
      `ONNX Runtime does not load on ${process.platform}-${process.arch} (${errorMessage(error)}). ` +
        'Reinstall the package for this platform, or choose the "cpu" executor, which needs no binary.',
      { cause: error },
    );
  }
}

/** What runs a model. */
export interface RunnableSession {
  readonly run: (
    feeds: Ort.InferenceSession.FeedsType,
    fetches?: Ort.InferenceSession.FetchesType,
  ) => Promise<Ort.InferenceSession.ReturnType>;
}

/**
 * A session whose failures say what to look at.
 * @param layersOf the layer of each node by the node's name, asked for only when something fails
 * @throws EngineError `runtime-failed` when it is run and ONNX Runtime refuses, naming the layer.
 */
export function withLayerInErrors(
  session: Session,
  layersOf: () => ReadonlyMap<string, string>,
): RunnableSession {
  return {
    async run(feeds, fetches) {
      try {
        return await (fetches ? session.run(feeds, fetches) : session.run(feeds));
      } catch (error) {
        const layers = layersOf();
        // The innermost node is named last.
        const names = [...errorMessage(error).matchAll(/Name:'([^']*)'/g)].map(([, name = '']) =>
          layers.get(name),
        );
        const layer = names.findLast(Boolean);
        throw engineError(
          'runtime-failed',
          `ONNX Runtime cannot run the step${layer ? `: layer "${layer}"` : ''}: ${errorMessage(error)}`,
          { cause: error },
        );
      }
    },
  };
}

/** ONNX Runtime's severities: 4 is "fatal". What is less is in the errors that it raises, or nothing users can act on. */
const LOG_FATAL_ONLY = 4;

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
      logSeverityLevel: LOG_FATAL_ONLY,
      graphOptimizationLevel: 'all',
      // Adam's second moments of idle weights decay into denormal numbers, which are slow to compute with.
      extra: { session: { set_denormal_as_zero: '1' } },
      ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
    });
  } catch (error) {
    throw engineError('bad-model', `ONNX Runtime refuses the model: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

/** Elements as a tensor that a session can be fed; no copy is made. */
export async function runtimeTensor(
  data: Elements,
  shape: readonly number[],
  type: ElementType,
): Promise<Tensor> {
  const { Tensor: OrtTensor } = await loadRuntime();
  return new OrtTensor(type as 'float32', data as Float32Array, shape);
}

/** The elements of a session's result. */
export function elementsOf(tensor: Tensor): Elements {
  return tensor.data as Elements;
}
