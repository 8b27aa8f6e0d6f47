import { getGradient } from '@tensorflow/tfjs-core';
import { engineError } from '../engine-error';
import { sizeOf } from '../graph/nodes-and-values';
import { batchSpecs, functionalModel } from './batch-specs';
import { compiledExecutor } from './executors/compiled-executor';
import { eagerExecutor } from './executors/eager-executor';
import type { Batch, StepDefinition } from './step-definition';
import type {
  BatchElements,
  Chunk,
  ChunkResult,
  Evaluation,
  Executor,
  ExecutorName,
  StepState,
  Weights,
} from './step-executor';
import { assertBatch } from './step-validation';
import { type EagerName, fastestEagerExecutor, isUncompilable, loadEager } from './tfjs-backends';

export interface CompileOptions {
  /** What runs the step; ONNX Runtime unless given. */
  readonly executor?: ExecutorName;
  /**
   * Whether a step that cannot be compiled may run eagerly, slowly, instead of being refused: on tfjs-node where that
   * is installed, in JavaScript otherwise. The step says why (`fallback`).
   */
  readonly allowEager?: boolean;
  /**
   * Threads inside one operation (ONNX Runtime), at most; 1 unless given. Steps that are too small to gain from
   * more take one.
   */
  readonly threads?: number;
  /** Where ONNX Runtime's profiler writes; for `bench/engine`. */
  readonly profile?: string;
}

/** A training step that is ready to run. Its weights start as the model's and live here until they are read. */
export interface TrainingStep {
  readonly executor: ExecutorName;
  /** Why it runs eagerly, where it could not be compiled and `allowEager` was set. */
  readonly fallback?: string;
  readonly definition: StepDefinition;
  /** How many steps have been run. */
  readonly stepsRun: () => number;
  /**
   * Trains on consecutive batches.
   * @throws EngineError `bad-shape`, `bad-type`, `bad-value`, `runtime-failed`, or `not-finite`, after which the weights
   * are those from before.
   */
  readonly run: (chunk: Chunk) => Promise<ChunkResult>;
  /** Loss, metrics and outputs of one batch, in inference mode. */
  readonly evaluate: (batch: Batch<BatchElements>) => Promise<Evaluation>;
  readonly weights: () => Promise<Weights>;
  /** Sets some or all weights, by name. @throws EngineError `bad-shape` for an unknown name or a wrong size. */
  readonly setWeights: (weights: Weights) => Promise<void>;
  /** Where training stands, to go on from there in another process. */
  readonly state: () => Promise<StepState>;
  /** Goes on from where training stood. @throws EngineError `bad-shape` for the state of another step or executor. */
  readonly setState: (state: StepState) => Promise<void>;
  /** Puts the trained weights into the TensorFlow.js model. */
  readonly updateModel: () => Promise<void>;
  /** Frees the step's memory; nothing else may be called afterwards. */
  readonly dispose: () => Promise<void>;
}

/**
 * Compiles a training step.
 * @throws EngineError `no-lowering` (naming the kernel and the layer) or `not-traceable` when the step cannot be
 * compiled and `allowEager` is not set; `bad-model` when ONNX Runtime refuses it; `runtime-missing` or `executor-missing` when the executor does not load.
 */
export async function compileStep(
  given: StepDefinition,
  options: CompileOptions = {},
): Promise<TrainingStep> {
  const definition = { ...given, model: functionalModel(given.model) };
  assertDefinition(definition);
  const { executor, fallback } = await executorFor(definition, options);
  return stepOf(definition, executor, fallback);
}

interface Chosen {
  readonly executor: Executor;
  readonly fallback?: string;
}

async function executorFor(definition: StepDefinition, options: CompileOptions): Promise<Chosen> {
  const name = options.executor ?? 'onnxruntime';
  if (name !== 'onnxruntime') return { executor: await eager(definition, name) };
  const { threads = 1, profile } = options;
  try {
    return {
      executor: await compiledExecutor(definition, {
        threads,
        ...(profile === undefined ? {} : { profile }),
      }),
    };
  } catch (error) {
    if (options.allowEager !== true || !isUncompilable(error)) throw error;
    return { executor: await eager(definition, await fastestEagerExecutor()), fallback: error.message };
  }
}

async function eager(definition: StepDefinition, name: EagerName): Promise<Executor> {
  await loadEager(name);
  return eagerExecutor(definition, name, name);
}

function assertDefinition({ batchSize, losses, model }: StepDefinition): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw engineError('bad-option', `The batch size is ${batchSize}; it should be a positive whole number.`);
  }
  if (Object.keys(losses).length === 0) {
    throw engineError(
      'bad-option',
      `No output has a loss; the model's outputs are ${model.outputNames.join(', ')}.`,
    );
  }
  // Reading it is the check: bundlers that take TensorFlow.js for free of side effects drop its gradients.
  if ((getGradient('Add') as unknown) === undefined) {
    throw engineError(
      'bad-option',
      'TensorFlow.js was loaded without its gradients: import @tensorflow/tfjs-core/dist/register_all_gradients.',
    );
  }
}

function stepOf(definition: StepDefinition, executor: Executor, fallback: string | undefined): TrainingStep {
  const specs = batchSpecs(definition);
  const { name } = executor;
  let stepsRun = 0;
  // Who keeps a step that has been disposed keeps none of its memory.
  let held: Executor | undefined = executor;
  const alive = (): Executor => {
    if (held) return held;
    throw engineError('disposed', 'The training step has been disposed; compile it again.');
  };
  return {
    executor: name,
    ...(fallback === undefined ? {} : { fallback }),
    definition,
    stepsRun: () => stepsRun,
    run: async chunk => {
      const executor = alive();
      assertBatch(specs, chunk, chunk.steps);
      const result = await executor.run(chunk, stepsRun);
      stepsRun += chunk.steps;
      return result;
    },
    evaluate: async batch => {
      const executor = alive();
      assertBatch(specs, batch, 1);
      return executor.evaluate(batch);
    },
    weights: () => alive().weights(),
    setWeights: async weights => {
      const executor = alive();
      assertWeights(definition, weights);
      await executor.setWeights(weights);
    },
    state: async () => ({ executor: name, arrays: await alive().state(), stepsRun }),
    setState: async state => {
      const executor = alive();
      assertState(state, name, await executor.state());
      await executor.setState(state.arrays);
      stepsRun = state.stepsRun;
    },
    updateModel: async () => {
      await updateModel(definition, await alive().weights());
    },
    dispose: async () => {
      const executor = held;
      held = undefined;
      await executor?.dispose();
    },
  };
}

function assertState(state: StepState, executor: ExecutorName, present: readonly Float32Array[]): void {
  const isOurs =
    state.executor === executor &&
    state.arrays.length === present.length &&
    present.every(({ length }, i) => state.arrays[i]?.length === length);
  if (isOurs) return;
  throw engineError('bad-shape', 'The state is that of another training step, or of another executor.');
}

function assertWeights({ model }: StepDefinition, weights: Weights): void {
  const sizes = new Map(model.weights.map(weight => [weight.originalName, sizeOf(weight.shape as number[])]));
  for (const [name, elements] of weights) {
    const size = sizes.get(name);
    if (size === undefined) {
      throw engineError(
        'bad-shape',
        `The model has no weight "${name}"; it has ${[...sizes.keys()].join(', ')}.`,
      );
    }
    if (elements.length !== size) {
      throw engineError(
        'bad-shape',
        `The weight "${name}" has ${elements.length} elements; the model needs ${size}.`,
      );
    }
  }
}

async function updateModel({ model }: StepDefinition, weights: Weights): Promise<void> {
  const { tensor, tidy } = await import('@tensorflow/tfjs-core');
  tidy(() => {
    model.setWeights(
      model.weights.map(weight =>
        tensor(weights.get(weight.originalName) as Float32Array, weight.shape as number[]),
      ),
    );
  });
}
