import type { LayersModel } from '@tensorflow/tfjs-layers';
import { engineError, type EngineError } from '../engine-error';
import type { Value } from '../graph/nodes-and-values';
import { setChannelBlock } from '../graph/tensor-layout';
import { findChannelBlock } from '../runtime/channel-block';
import { elementsOf, loadRuntime, runtimeTensor, withLayerInErrors } from '../runtime/onnxruntime';
import { sharedSession } from '../runtime/session-cache';
import { functionalModel, inputSpecs } from './batch-specs';
import { eagerInference } from './executors/eager-executor';
import { allVariables, variableOf } from './loss-and-gradients';
import type { StepDefinition } from './step-definition';
import type { BatchElements, ExecutorName, Weights } from './step-executor';
import { assertArray } from './step-validation';
import { fastestEagerExecutor, isUncompilable } from './tfjs-backends';
import { type LayerNames, encodeEvaluation, inputName, outputName } from './tracing/encode-step';
import { traceForward } from './tracing/trace-step';

/** A model that only predicts, compiled for batches of one size. */
export interface Inference {
  readonly executor: ExecutorName;
  /** Why it runs eagerly, where it could not be compiled and `allowEager` was set. */
  readonly fallback?: string;
  /**
   * The outputs of one batch, by name; batch normalisation uses its moving averages.
   *
   * @param inputs a full batch for each input of the model, by name
   * @param weights the weights to predict with, such as those of a step that is being trained; the model's unless given
   */
  readonly run: (
    inputs: Readonly<Record<string, BatchElements>>,
    weights?: Weights,
  ) => Promise<Readonly<Record<string, Float32Array>>>;
  /** Frees its memory; nothing else may be called afterwards. */
  readonly dispose: () => Promise<void>;
}

export interface InferenceOptions {
  readonly batchSize: number;
  readonly threads?: number;
  /** As for `compileStep`. */
  readonly allowEager?: boolean;
}

/** Compiles a model's inference. @throws EngineError as `compileStep` does */
export async function compileInference(given: LayersModel, options: InferenceOptions): Promise<Inference> {
  const model = functionalModel(given);
  try {
    return await compiledInference(model, options);
  } catch (error) {
    if (options.allowEager !== true || !isUncompilable(error)) throw error;
    const name = await fastestEagerExecutor();
    const predict = eagerInference(model, name);
    const specs = inputSpecs(model, options.batchSize);
    let disposed = false;
    return {
      executor: name,
      fallback: error.message,
      run: async (inputs, weights) => {
        if (disposed) throw disposedError();
        for (const [port, spec] of Object.entries(specs)) assertArray(`inputs.${port}`, inputs[port], spec);
        return predict(inputs, specs, weights);
      },
      dispose: () => {
        disposed = true;
        return Promise.resolve();
      },
    };
  }
}

function disposedError(): EngineError {
  return engineError('disposed', 'The inference has been disposed; compile it again.');
}

async function compiledInference(
  model: LayersModel,
  { batchSize, threads = 1 }: InferenceOptions,
): Promise<Inference> {
  await loadRuntime();
  setChannelBlock(await findChannelBlock());
  const definition: StepDefinition = {
    model,
    batchSize,
    optimizer: { kind: 'sgd', learningRate: 0 },
    losses: {},
  };
  const forward = await traceForward(definition);
  const { session, release } = await sharedSession(encodeEvaluation(forward), { threads });
  const running = withLayerInErrors(session, () => {
    const layers: LayerNames = new Map();
    encodeEvaluation(forward, layers);
    return layers;
  });
  const specs = inputSpecs(model, batchSize);
  let disposed = false;
  return {
    executor: 'onnxruntime',
    run: async (inputs, weights) => {
      if (disposed) throw disposedError();
      for (const [name, spec] of Object.entries(specs)) assertArray(`inputs.${name}`, inputs[name], spec);
      const current = weights ? fromWeights(model, weights) : await present(model);
      const fed: [Value, BatchElements | undefined][] = [
        ...[...forward.variables].map(([variable, value]): [Value, BatchElements | undefined] => [
          value,
          current.get(variable),
        ]),
        ...Object.entries(forward.batch.inputs).map(([name, value]): [Value, BatchElements | undefined] => [
          value,
          inputs[name],
        ]),
      ];
      const feeds = await Promise.all(
        fed.map(async ([value, data]) => [inputName(value), await tensor(value, data)]),
      );
      const results = await running.run(Object.fromEntries(feeds) as Parameters<typeof running.run>[0]);
      const outputs = Object.keys(forward.outputs).map((name, i) => {
        const result = results[outputName(i)];
        return [name, result ? Float32Array.from(elementsOf(result) as Float32Array) : new Float32Array()];
      });
      return Object.fromEntries(outputs) as Record<string, Float32Array>;
    },
    dispose: async () => {
      if (disposed) return;
      disposed = true;
      await release();
    },
  };
}

function tensor(value: Value, data: BatchElements | undefined): ReturnType<typeof runtimeTensor> {
  const size = value.shape.reduce((product, axis) => product * axis, 1);
  if (data?.length !== size)
    throw engineError(
      'bad-shape',
      `${inputName(value)} has ${data?.length ?? 0} elements; it should be [${value.shape.join(', ')}], ${size} elements.`,
    );
  return runtimeTensor(data, value.shape, value.type);
}

type Variables = ReadonlyMap<ReturnType<typeof variableOf>, Float32Array>;

function fromWeights(model: LayersModel, weights: Weights): Variables {
  return new Map(
    model.weights.map(weight => [variableOf(weight), weights.get(weight.originalName) ?? new Float32Array()]),
  );
}

async function present(model: LayersModel): Promise<Variables> {
  const variables = allVariables(model);
  return new Map(
    await Promise.all(
      variables.map(async variable => [variable, Float32Array.from(await variable.data())] as const),
    ),
  );
}
