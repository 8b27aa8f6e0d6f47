import type { Variable } from '@tensorflow/tfjs-core';
import type { Tensor } from 'onnxruntime-node';
import { setChannelBlock } from '../graph/layout';
import { sizeOf, type Elements, type Value } from '../graph/value';
import { findChannelBlock } from '../runtime/block-size';
import { loadRuntime, type SessionOptions } from '../runtime/onnxruntime';
import { sharedSession, type SharedSession } from '../runtime/session-cache';
import { elementsOf, feed } from '../runtime/tensors';
import { allVariables, variableOf } from './body';
import { assertFinite } from './check';
import type { Batch, StepDefinition } from './definition';
import type { BatchElements, Chunk, ChunkResult, Evaluation, Executor, Weights } from './executor';
import { learningRateAt, updateRule } from './optimizers';
import { packElements, unpackElements } from './packing';
import { mapBatch } from './ports';
import { carriedBy, encodeEvaluation, encodeSteps, LOSS, nameOf, next } from './program';
import { fillUniform } from './random';
import { threadsFor } from './work';
import { traceForward, traceStep, type TracedForward, type TracedStep } from './trace';

/** The state of a step, by the placeholder's name, and the buffers that the next state goes to. */
interface State {
  current: Map<string, Float32Array>;
  spare: Map<string, Float32Array>;
}

interface Compiled {
  readonly definition: StepDefinition;
  readonly step: TracedStep;
  readonly options: SessionOptions;
  readonly state: State;
  /** Values of the variables that the step does not change. */
  readonly frozen: Map<Variable, Float32Array>;
  session: SharedSession;
  evaluation: Promise<{ readonly forward: TracedForward; readonly session: SharedSession }> | undefined;
}

/** Compiles a step for ONNX Runtime, starting from the model's present weights. */
export async function compiledExecutor(
  definition: StepDefinition,
  allowed: SessionOptions,
): Promise<Executor> {
  await loadRuntime();
  setChannelBlock(await findChannelBlock());
  const step = await traceStep(definition);
  const options = { ...allowed, threads: threadsFor(step, allowed.threads ?? 1) };
  const present = await readVariables(allVariables(definition.model));
  const frozen = new Map(
    [...step.frozen.keys()].map(variable => [variable, present.get(variable) as Float32Array]),
  );
  const session = await sharedSession(
    encodeSteps(step, variable => frozen.get(variable) as Elements),
    options,
  );
  const state = initialState(step, present);
  const compiled: Compiled = {
    definition,
    step,
    options,
    state,
    frozen,
    session,
    evaluation: undefined,
  };
  return {
    name: 'onnxruntime',
    run: (chunk, firstStep) => run(compiled, chunk, firstStep),
    evaluate: batch => evaluate(compiled, batch),
    weights: () => Promise.resolve(namedWeights(compiled)),
    setWeights: weights => setWeights(compiled, weights),
    state: () => Promise.resolve([...state.current.values()].map(values => Float32Array.from(values))),
    setState(arrays) {
      [...state.current.values()].forEach((values, i) => {
        values.set(arrays[i] as Float32Array);
      });
      return Promise.resolve();
    },
    dispose: () => dispose(compiled),
  };
}

async function readVariables(variables: readonly Variable[]): Promise<Map<Variable, Float32Array>> {
  return new Map(
    await Promise.all(
      variables.map(async variable => [variable, Float32Array.from(await variable.data())] as const),
    ),
  );
}

function initialState(step: TracedStep, present: ReadonlyMap<Variable, Float32Array>): State {
  const zeros = (): Map<string, Float32Array> =>
    new Map(carriedBy(step).map(({ before }) => [nameOf(before), new Float32Array(sizeOf(before.shape))]));
  const state = { current: zeros(), spare: zeros() };
  writeVariables(step, state, present);
  return state;
}

function writeVariables(step: TracedStep, state: State, values: ReadonlyMap<Variable, Float32Array>): void {
  for (const group of step.groups) {
    const packed = packElements(group, variable => values.get(variable) as Float32Array);
    state.current.get(nameOf(group.before))?.set(packed);
  }
  for (const { variable, before } of step.statistics) {
    state.current.get(nameOf(before))?.set(values.get(variable) as Float32Array);
  }
}

async function tensors(
  values: readonly Value[],
  data: ReadonlyMap<string, Elements>,
  steps?: number,
): Promise<[string, Tensor][]> {
  return Promise.all(
    values.map(async value => {
      const shape = steps === undefined ? value.shape : [steps, ...value.shape];
      return [nameOf(value), await feed(data.get(nameOf(value)) as Elements, shape, value.type)] as [
        string,
        Tensor,
      ];
    }),
  );
}

async function run(compiled: Compiled, chunk: Chunk, firstStep: number): Promise<ChunkResult> {
  const { step, state, session } = compiled;
  const carried = carriedBy(step).map(({ before }) => before);
  const fed = chunkElements(compiled, chunk, firstStep);
  const values = [...fed.keys()];
  const named = new Map(values.map(value => [nameOf(value), fed.get(value) as Elements]));
  const feeds = [...(await tensors(carried, state.current)), ...(await tensors(values, named, chunk.steps))];
  const targets = (await tensors(carried, state.spare)).map(
    ([name, tensor]) => [next(name), tensor] as const,
  );
  const wanted = [LOSS, ...Object.keys(step.report)].map(name => [name, null] as const);
  const results = await session.session.run(
    Object.fromEntries(feeds),
    Object.fromEntries([...targets, ...wanted]),
  );
  const read = (name: string): Float32Array =>
    Float32Array.from(elementsOf(results[name] as Tensor) as Float32Array);
  const losses = read(LOSS);
  assertFinite(losses, firstStep, compiled.definition.optimizer);
  [state.current, state.spare] = [state.spare, state.current];
  return {
    firstStep,
    losses,
    report: Object.fromEntries(Object.keys(step.report).map(name => [name, read(name)])),
  };
}

/** Everything that the steps of a chunk are fed, by placeholder. */
function chunkElements(compiled: Compiled, chunk: Chunk, firstStep: number): Map<Value, Elements> {
  const { step, definition } = compiled;
  const fed = new Map<Value, Elements>();
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(step.batch[kind]))
      fed.set(value, chunk[kind][name] as Elements);
  }
  const rule = updateRule(definition.optimizer);
  const numbers = Array.from({ length: chunk.steps }, (_, i) =>
    rule.at(firstStep + i, learningRateAt(definition.optimizer, firstStep + i)),
  );
  step.scalars.forEach((value, j) =>
    fed.set(
      value,
      Float32Array.from(numbers, row => row[j] as number),
    ),
  );
  step.draws.forEach((value, j) =>
    fed.set(value, drawn(value, j, definition.seed ?? 0, firstStep, chunk.steps)),
  );
  return fed;
}

function drawn(value: Value, draw: number, seed: number, firstStep: number, steps: number): Float32Array {
  const size = sizeOf(value.shape);
  const all = new Float32Array(size * steps);
  for (let i = 0; i < steps; i++) {
    fillUniform(all.subarray(i * size, (i + 1) * size), seed, firstStep + i, draw);
  }
  return all;
}

function currentVariables({ step, state, frozen }: Compiled): Map<Variable, Float32Array> {
  const all = new Map(frozen);
  for (const group of step.groups) {
    for (const [variable, elements] of unpackElements(
      group,
      state.current.get(nameOf(group.before)) as Float32Array,
    )) {
      all.set(variable, elements);
    }
  }
  for (const { variable, before } of step.statistics) {
    all.set(variable, Float32Array.from(state.current.get(nameOf(before)) as Float32Array));
  }
  return all;
}

function namedWeights(compiled: Compiled): Weights {
  const variables = currentVariables(compiled);
  const { model } = compiled.definition;
  return new Map(
    model.weights.map(weight => [weight.originalName, variables.get(variableOf(weight)) as Float32Array]),
  );
}

async function setWeights(compiled: Compiled, weights: Weights): Promise<void> {
  const { step, state, definition, frozen } = compiled;
  const values = currentVariables(compiled);
  let refrozen = false;
  for (const weight of definition.model.weights) {
    const variable = variableOf(weight);
    const given = weights.get(weight.originalName);
    if (given === undefined) continue;
    values.set(variable, given);
    if (frozen.has(variable)) {
      frozen.set(variable, Float32Array.from(given));
      refrozen = true;
    }
  }
  writeVariables(step, state, values);
  if (!refrozen) return;
  // Frozen weights are constants of the compiled step, so it has to be compiled again.
  const session = await sharedSession(
    encodeSteps(step, variable => frozen.get(variable) as Elements),
    compiled.options,
  );
  await compiled.session.release();
  compiled.session = session;
}

async function evaluate(compiled: Compiled, batch: Batch<BatchElements>): Promise<Evaluation> {
  compiled.evaluation ??= traceForward(compiled.definition).then(async forward => ({
    forward,
    session: await sharedSession(encodeEvaluation(forward), compiled.options),
  }));
  const { forward, session } = await compiled.evaluation;
  const current = currentVariables(compiled);
  const data = new Map<string, Elements>();
  for (const [variable, value] of forward.variables)
    data.set(nameOf(value), current.get(variable) as Elements);
  const values = [...forward.variables.values()];
  mapBatch(forward.batch, value => values.push(value));
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(forward.batch[kind]))
      data.set(nameOf(value), batch[kind][name] as Elements);
  }
  const results = await session.session.run(Object.fromEntries(await tensors(values, data)));
  const read = (name: string): Float32Array =>
    Float32Array.from(elementsOf(results[name] as Tensor) as Float32Array);
  return {
    loss: read(LOSS)[0] as number,
    report: Object.fromEntries(Object.keys(forward.report).map(name => [name, read(name)[0] as number])),
    outputs: Object.fromEntries(Object.keys(forward.outputs).map(name => [name, read(`outputs.${name}`)])),
  };
}

async function dispose(compiled: Compiled): Promise<void> {
  compiled.state.current.clear();
  compiled.state.spare.clear();
  await compiled.session.release();
  if (compiled.evaluation) await (await compiled.evaluation).session.release();
}
