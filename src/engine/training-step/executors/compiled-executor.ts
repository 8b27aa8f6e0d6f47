import type { Variable } from '@tensorflow/tfjs-core';
import type { Tensor } from 'onnxruntime-node';
import type { Elements, Value } from '../../graph/nodes-and-values';
import { setChannelBlock } from '../../graph/tensor-layout';
import { findChannelBlock } from '../../runtime/channel-block';
import {
  type RunnableSession,
  type SessionOptions,
  elementsOf,
  loadRuntime,
  runtimeTensor,
  withLayerInErrors,
} from '../../runtime/onnxruntime';
import { type SharedSession, sharedSession } from '../../runtime/session-cache';
import { mapBatch } from '../batch-specs';
import { allVariables, variableOf } from '../loss-and-gradients';
import type { Batch, StepDefinition } from '../step-definition';
import type { BatchElements, Evaluation, Executor, Weights } from '../step-executor';
import {
  LOSS,
  type LayerNames,
  carriedValues,
  encodeEvaluation,
  encodeGradients,
  encodeSteps,
  inputName,
  outputName,
  reportOutputs,
} from '../tracing/encode-step';
import { packElements, unpackElements } from '../tracing/parameter-packing';
import { threadBudget } from '../tracing/thread-budget';
import { type TracedForward, type TracedStep, traceForward } from '../tracing/trace-step';
import { traceWithUpdatePlacement } from '../tracing/update-placement';
import { type ChunkRunner, inPlaceRunner, scanRunner } from './chunk-runners';

interface Compiled {
  readonly definition: StepDefinition;
  readonly step: TracedStep;
  readonly options: SessionOptions;
  readonly runner: ChunkRunner;
  /** The step's model, with the values of the variables that it does not change. */
  readonly encode: (frozen: Frozen, layers?: LayerNames) => Uint8Array;
  readonly frozen: Map<Variable, Float32Array>;
  session: SharedSession;
  evaluation: Promise<Evaluating> | undefined;
}

interface Evaluating {
  readonly forward: TracedForward;
  readonly session: SharedSession;
  readonly running: RunnableSession;
}

type Frozen = ReadonlyMap<Variable, Float32Array>;

/** Compiles a step for ONNX Runtime, starting from the model's present weights. */
export async function compiledExecutor(
  definition: StepDefinition,
  allowed: SessionOptions,
): Promise<Executor> {
  await loadRuntime();
  setChannelBlock(await findChannelBlock());
  const { step, placed } = await traceWithUpdatePlacement(definition);
  const encoded = placed ? encodeGradients : encodeSteps;
  const encode = (values: Frozen, layers?: LayerNames): Uint8Array =>
    encoded(step, variable => values.get(variable) as Elements, layers);
  const options = { ...allowed, threads: threadBudget(step, allowed.threads ?? 1) };
  const present = await readVariables(allVariables(definition.model));
  const frozen = new Map(
    [...step.frozen.keys()].map(variable => [variable, present.get(variable) as Float32Array]),
  );
  const session = await sharedSession(encode(frozen), options);
  const runner = placed ? await inPlaceRunner(definition, step, placed) : scanRunner(definition, step);
  const compiled: Compiled = {
    definition,
    step,
    options,
    runner,
    encode,
    frozen,
    session,
    evaluation: undefined,
  };
  writeVariables(compiled, present);
  const arrays = (): Float32Array[] =>
    carriedValues(step).map(value => runner.carried().get(inputName(value)) as Float32Array);
  return {
    name: 'onnxruntime',
    run: (chunk, firstStep) => runner.run(running(compiled), chunk, firstStep),
    evaluate: batch => evaluate(compiled, batch),
    weights: () => Promise.resolve(namedWeights(compiled)),
    setWeights: weights => setWeights(compiled, weights),
    state: () => Promise.resolve(arrays().map(values => values.slice())),
    setState(saved) {
      arrays().forEach((values, i) => {
        values.set(saved[i] as Float32Array);
      });
      return Promise.resolve();
    },
    dispose: () => dispose(compiled),
  };
}

/** The step's session; the model is only encoded again, for the names of its layers, when it fails. */
function running({ session, encode, frozen }: Compiled): RunnableSession {
  return withLayerInErrors(session.session, () => layersOf(layers => encode(frozen, layers)));
}

function layersOf(encode: (layers: LayerNames) => void): LayerNames {
  const layers: LayerNames = new Map();
  encode(layers);
  return layers;
}

async function readVariables(variables: readonly Variable[]): Promise<Map<Variable, Float32Array>> {
  return new Map(
    await Promise.all(
      variables.map(async variable => [variable, Float32Array.from(await variable.data())] as const),
    ),
  );
}

function writeVariables({ step, runner }: Compiled, values: ReadonlyMap<Variable, Float32Array>): void {
  const carried = runner.carried();
  for (const group of step.groups) {
    const packed = packElements(group, variable => values.get(variable) as Float32Array);
    carried.get(inputName(group.before))?.set(packed);
  }
  for (const { variable, before } of step.statistics)
    carried.get(inputName(before))?.set(values.get(variable) as Float32Array);
}

async function tensors(
  values: readonly Value[],
  data: ReadonlyMap<string, Elements>,
): Promise<[string, Tensor][]> {
  return Promise.all(
    values.map(async value => {
      const name = inputName(value);
      return [name, await runtimeTensor(data.get(name) as Elements, value.shape, value.type)] as [
        string,
        Tensor,
      ];
    }),
  );
}

function currentVariables({ step, runner, frozen }: Compiled): Map<Variable, Float32Array> {
  const all = new Map(frozen);
  const carried = runner.carried();
  for (const group of step.groups) {
    for (const [variable, elements] of unpackElements(
      group,
      carried.get(inputName(group.before)) as Float32Array,
    )) {
      all.set(variable, elements);
    }
  }
  for (const { variable, before } of step.statistics) {
    all.set(variable, Float32Array.from(carried.get(inputName(before)) as Float32Array));
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
  const { definition, frozen } = compiled;
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
  writeVariables(compiled, values);
  if (!refrozen) return;
  // Frozen weights are constants of the compiled step, so it has to be compiled again.
  const session = await sharedSession(compiled.encode(frozen), compiled.options);
  await compiled.session.release();
  compiled.session = session;
}

async function compileEvaluation({ definition, options }: Compiled): Promise<Evaluating> {
  const forward = await traceForward(definition);
  const session = await sharedSession(encodeEvaluation(forward), options);
  const layers = (): LayerNames => layersOf(found => encodeEvaluation(forward, found));
  return { forward, session, running: withLayerInErrors(session.session, layers) };
}

async function evaluate(compiled: Compiled, batch: Batch<BatchElements>): Promise<Evaluation> {
  const evaluation = (compiled.evaluation ??= compileEvaluation(compiled));
  evaluation.catch(() => {
    // The next call tries again.
    if (compiled.evaluation === evaluation) compiled.evaluation = undefined;
  });
  const { forward, running } = await evaluation;
  const current = currentVariables(compiled);
  const data = new Map<string, Elements>();
  for (const [variable, value] of forward.variables)
    data.set(inputName(value), current.get(variable) as Elements);
  const values = [...forward.variables.values()];
  mapBatch(forward.batch, value => values.push(value));
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(forward.batch[kind]))
      data.set(inputName(value), batch[kind][name] as Elements);
  }
  const results = await running.run(Object.fromEntries(await tensors(values, data)));
  const read = (name: string): Float32Array =>
    Float32Array.from(elementsOf(results[name] as Tensor) as Float32Array);
  return {
    loss: read(LOSS)[0] as number,
    report: Object.fromEntries(
      reportOutputs(forward.report).map(([name, port]) => [name, read(port)[0] as number]),
    ),
    outputs: Object.fromEntries(Object.keys(forward.outputs).map((name, i) => [name, read(outputName(i))])),
  };
}

async function dispose(compiled: Compiled): Promise<void> {
  await compiled.session.release();
  // An evaluation that could not be compiled has said so to who asked for it.
  const evaluation = await compiled.evaluation?.catch(() => undefined);
  await evaluation?.session.release();
}
