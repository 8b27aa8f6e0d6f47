import { setImmediate } from 'node:timers/promises';
import {
  type Scalar,
  type Tensor,
  type Variable,
  clone,
  dispose,
  keep,
  scalar,
  tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchSpecs, mapBatch } from '../batch-specs';
import { withLayerOverrides } from '../layers/layer-overrides';
import {
  type BatchLosses,
  allVariables,
  computeGradients,
  computeLosses,
  outputsOf,
  trainableVariables,
  variableOf,
} from '../loss-and-gradients';
import { clipGradients, learningRateAt, updateRule } from '../optimizer/optimizers';
import { uniform } from '../random-draws';
import type { Batch, StepDefinition, TensorSpec } from '../step-definition';
import type {
  BatchElements,
  Chunk,
  ChunkResult,
  Evaluation,
  Executor,
  ExecutorName,
  Weights,
} from '../step-executor';
import { assertFinite } from '../step-validation';
import { withBackend } from '../tfjs-backends';

interface Eager {
  readonly definition: StepDefinition;
  readonly backend: string;
  readonly variables: readonly Variable[];
  /** What the optimizer remembers for each trainable variable. */
  slots: Tensor[][];
}

/** Runs a step operation by operation on one of TensorFlow.js's own backends; it trains the model itself. */
export async function eagerExecutor(
  definition: StepDefinition,
  name: ExecutorName,
  backend: string,
): Promise<Executor> {
  const rule = updateRule(definition.optimizer);
  const slots = await withBackend(backend, () =>
    trainableVariables(definition.model).map(variable =>
      Array.from({ length: rule.slots }, () => keep(zeros(variable.shape))),
    ),
  );
  const eager: Eager = { definition, backend, variables: allVariables(definition.model), slots };
  return {
    name,
    run: (chunk, firstStep) => run(eager, chunk, firstStep),
    evaluate: batch => evaluate(eager, batch),
    weights: () => readWeights(eager),
    setWeights: weights =>
      withBackend(backend, () => {
        writeWeights(definition.model, weights);
      }),
    state: () =>
      withBackend(backend, () => carried(eager).map(variable => Float32Array.from(variable.dataSync()))),
    setState: arrays =>
      withBackend(backend, () => {
        writeState(eager, arrays);
      }),
    dispose: () =>
      withBackend(backend, () => {
        dispose(eager.slots.flat());
      }),
  };
}

/** What goes from one batch to the next: the variables, then what the optimizer remembers. */
function carried({ variables, slots }: Eager): readonly Tensor[] {
  return [...variables, ...slots.flat()];
}

function writeState(eager: Eager, arrays: readonly Float32Array[]): void {
  const { variables } = eager;
  const before = eager.slots.flat();
  let next = variables.length;
  tidy(() => {
    variables.forEach((variable, i) => {
      variable.assign(tensor(arrays[i] as Float32Array, variable.shape));
    });
    eager.slots = eager.slots.map(slots =>
      slots.map(slot => keep(tensor(arrays[next++] as Float32Array, slot.shape))),
    );
  });
  dispose(before);
}

/** Trains on a chunk; an error leaves all that is carried as it was before the chunk, as it does when compiled. */
async function run(eager: Eager, chunk: Chunk, firstStep: number): Promise<ChunkResult> {
  const { backend, variables } = eager;
  // What is assigned takes the place of what was there, so this copies nothing.
  const saved = await withBackend(backend, () => carried(eager).map(tensor => keep(clone(tensor))));
  try {
    return await runSteps(eager, chunk, firstStep);
  } catch (error) {
    await withBackend(backend, () => {
      dispose(eager.slots.flat());
      let next = 0;
      for (const variable of variables) variable.assign(saved[next++] as Tensor);
      eager.slots = eager.slots.map(slots => slots.map(() => keep(clone(saved[next++] as Tensor))));
    });
    throw error;
  } finally {
    await withBackend(backend, () => {
      dispose(saved);
    });
  }
}

async function runSteps(eager: Eager, chunk: Chunk, firstStep: number): Promise<ChunkResult> {
  const losses = new Float32Array(chunk.steps);
  const report: Record<string, Float32Array> = {};
  for (let i = 0; i < chunk.steps; i++) {
    // A step may take seconds: whoever waits for the event loop gets a turn between two of them.
    if (i > 0) await setImmediate();
    const measured = await withBackend(eager.backend, () => oneStep(eager, chunk, i, firstStep + i));
    losses[i] = measured.loss;
    for (const [name, value] of Object.entries(measured.report)) {
      (report[name] ??= new Float32Array(chunk.steps))[i] = value;
    }
    assertFinite(losses.subarray(i, i + 1), firstStep + i, eager.definition.optimizer);
  }
  return { firstStep, losses, report };
}

interface Numbers {
  readonly loss: number;
  readonly report: Readonly<Record<string, number>>;
}

function oneStep(eager: Eager, chunk: Chunk, index: number, step: number): Numbers {
  const before = eager.slots.flat();
  let numbers: Numbers = { loss: NaN, report: {} };
  tidy(() => {
    let draws = 0;
    const draw = (shape: readonly number[]): Tensor => {
      const size = shape.reduce((a, b) => a * b, 1);
      return tensor(uniform(size, eager.definition.seed ?? 0, step, draws++), [...shape]);
    };
    const number = (): number => uniform(1, eager.definition.seed ?? 0, step, draws++)[0] as number;
    const batch = batchTensors(eager.definition, chunk, index);
    const measured = computeGradients(eager.definition, batch, draw, number);
    numbers = numbersOf(measured);
    if (Number.isFinite(numbers.loss)) update(eager, measured.gradients, step);
  });
  if (Number.isFinite(numbers.loss)) dispose(before);
  return numbers;
}

function numbersOf(measured: BatchLosses): Numbers {
  const number = (value: Scalar): number => value.dataSync()[0] as number;
  const report = Object.entries(measured.report).map(([name, value]) => [name, number(value)]);
  return { loss: number(measured.loss), report: Object.fromEntries(report) as Record<string, number> };
}

function update(eager: Eager, gradients: readonly (Tensor | undefined)[], step: number): void {
  const { optimizer, model } = eager.definition;
  const rule = updateRule(optimizer);
  const scalars = rule.at(step, learningRateAt(optimizer, step)).map(value => scalar(value));
  const ready = [
    ...clipGradients(
      gradients.filter(gradient => gradient !== undefined),
      optimizer,
    ),
  ];
  eager.slots = trainableVariables(model).map((variable, i) => {
    const slots = eager.slots[i] as Tensor[];
    if (gradients[i] === undefined) return slots.map(slot => keep(clone(slot)));
    const next = rule.update(variable, ready.shift() as Tensor, slots, scalars);
    variable.assign(next.parameter);
    return next.slots.map(slot => keep(slot));
  });
}

function batchTensors(definition: StepDefinition, batch: Batch<BatchElements>, index: number): Batch<Tensor> {
  return mapBatch(batchSpecs(definition), (spec, path) => {
    const [kind, ...rest] = path.split('.') as ['inputs' | 'targets' | 'masks', ...string[]];
    const size = spec.shape.reduce((a, b) => a * b, 1);
    const all = batch[kind][rest.join('.')] as BatchElements;
    return tensor(all.slice(index * size, (index + 1) * size), [...spec.shape], spec.type);
  });
}

function evaluate(eager: Eager, batch: Batch<BatchElements>): Promise<Evaluation> {
  const { definition, backend } = eager;
  return withBackend(backend, () => {
    let result: Evaluation = { loss: NaN, report: {}, outputs: {} };
    tidy(() => {
      const tensors = batchTensors(definition, batch, 0);
      const noDraw = (): Tensor => scalar(0);
      withLayerOverrides(
        definition.model,
        noDraw,
        () => {
          const numbers = numbersOf(computeLosses(definition, tensors, false));
          const outputs = Object.entries(outputsOf(definition.model, tensors.inputs, false)).map(
            ([name, value]) => [name, Float32Array.from(value.dataSync())] as const,
          );
          result = { ...numbers, outputs: Object.fromEntries(outputs) };
        },
        seeded(definition),
      );
    });
    return result;
  });
}

/** A model's outputs for a batch, computed on one of TensorFlow.js's own backends. */
export type Predict = (
  inputs: Readonly<Record<string, BatchElements>>,
  specs: Readonly<Record<string, TensorSpec>>,
  weights?: Weights,
) => Promise<Record<string, Float32Array>>;

/** What predicts on a backend, with the model's weights or, for the time that it takes, with others. */
export function eagerInference(model: LayersModel, backend: string): Predict {
  const compute = (
    inputs: Readonly<Record<string, BatchElements>>,
    specs: Readonly<Record<string, TensorSpec>>,
  ): Record<string, Float32Array> => {
    const tensors = Object.entries(specs).map(([name, { shape, type }]) => [
      name,
      tensor(inputs[name] as BatchElements, [...shape], type),
    ]);
    const given = Object.fromEntries(tensors) as Record<string, Tensor>;
    const noDraw = (): Tensor => scalar(0);
    const outputs = withLayerOverrides(model, noDraw, () => outputsOf(model, given, false), seeded({}));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, Float32Array.from(value.dataSync())]),
    );
  };
  return (inputs, specs, weights) =>
    withBackend(backend, () => {
      let outputs: Record<string, Float32Array> = {};
      tidy(() => {
        const before = model.weights.map(weight => clone(variableOf(weight)));
        try {
          if (weights) writeWeights(model, weights);
          outputs = compute(inputs, specs);
        } finally {
          model.weights.forEach((weight, i) => {
            variableOf(weight).assign(before[i] as Tensor);
          });
        }
      });
      return outputs;
    });
}

/** Numbers for layers that draw by themselves, the same for the same seed. */
export function seeded({ seed = 0 }: Pick<StepDefinition, 'seed'>): () => number {
  let draws = 0;
  return () => uniform(1, seed, -1, draws++)[0] as number;
}

async function readWeights(eager: Eager): Promise<Weights> {
  const { weights } = eager.definition.model;
  return new Map(
    await Promise.all(
      weights.map(
        async weight => [weight.originalName, Float32Array.from(await weight.read().data())] as const,
      ),
    ),
  );
}

function writeWeights(model: LayersModel, weights: Weights): void {
  tidy(() => {
    for (const weight of model.weights) {
      const given = weights.get(weight.originalName);
      if (given) variableOf(weight).assign(tensor(given, weight.shape as number[]));
    }
  });
}
