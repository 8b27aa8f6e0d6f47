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

/** What runs the graphs: the binary of this platform, or WebAssembly where there is none. */
export type RuntimeKind = 'native' | 'wasm';

interface Runtime {
  readonly ort: typeof Ort;
  readonly kind: RuntimeKind;
}

let loading: Promise<Runtime> | undefined;

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
 * The runtime, loaded when first needed: the native one, or the one in WebAssembly where no binary loads, as on Macs
 * with Intel processors, for which none is published.
 * @throws EngineError `runtime-missing` when neither loads.
 */
export async function loadRuntime(): Promise<typeof Ort> {
  return (await runtime()).ort;
}

/** Which runtime is used here. @throws EngineError `runtime-missing` when there is none. */
export async function runtimeKind(): Promise<RuntimeKind> {
  return (await runtime()).kind;
}

function runtime(): Promise<Runtime> {
  loading ??= loadAny().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function loadAny(): Promise<Runtime> {
  silenceTelemetry();
  let reason: unknown;
  try {
    return { ort: await import('onnxruntime-node'), kind: 'native' };
  } catch (error) {
    reason = error;
  }
  try {
    const { env, ...ort } = await import('onnxruntime-web');
    // More threads need workers that the library starts itself and that no one ends; small networks gain nothing.
    env.wasm.numThreads = 1;
    return { ort: { ...ort, env } as unknown as typeof Ort, kind: 'wasm' };
  } catch {
    throw engineError(
      'runtime-missing',
      `ONNX Runtime does not load on ${process.platform}-${process.arch} (${errorMessage(reason)}). ` +
        'Install the package "onnxruntime-web", which needs no binary, or choose the "cpu" executor.',
      { cause: reason },
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
  const { ort, kind } = await runtime();
  const isNative = kind === 'native';
  try {
    const session = await ort.InferenceSession.create(model, {
      executionProviders: [isNative ? 'cpu' : 'wasm'],
      intraOpNumThreads: isNative ? (options.threads ?? 1) : 1,
      interOpNumThreads: 1,
      logSeverityLevel: LOG_FATAL_ONLY,
      graphOptimizationLevel: 'all',
      // Adam's second moments of idle weights decay into denormal numbers, which are slow to compute with.
      extra: { session: { set_denormal_as_zero: '1' } },
      ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
    });
    return isNative ? session : fillingGivenTensors(session);
  } catch (error) {
    throw engineError('bad-model', `ONNX Runtime refuses the model: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

/** A session of the WebAssembly runtime, which leaves given tensors as they are: its results are copied into them. */
function fillingGivenTensors(session: Session): Session {
  const run = async (
    feeds: Ort.InferenceSession.FeedsType,
    fetches?: Ort.InferenceSession.FetchesType,
  ): Promise<Ort.InferenceSession.ReturnType> => {
    if (fetches === undefined) return session.run(feeds);
    const names = Array.isArray(fetches) ? fetches : Object.keys(fetches);
    const results: Record<string, Ort.OnnxValue> = { ...(await session.run(feeds, names)) };
    for (const [name, target] of Object.entries(fetches as Readonly<Record<string, Tensor | null>>)) {
      const result = results[name];
      if (typeof target !== 'object' || target === null || result === undefined) continue;
      (target.data as Float32Array).set(result.data as Float32Array);
      results[name] = target;
    }
    return results;
  };
  return new Proxy(session, {
    get(object, key): unknown {
      if (key === 'run') return run;
      const value: unknown = Reflect.get(object, key, object);
      // Private fields are the object's own.
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
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
