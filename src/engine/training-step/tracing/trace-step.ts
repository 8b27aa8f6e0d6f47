import { type Scalar, type Tensor, type Variable, engine, tidy, zeros } from '@tensorflow/tfjs-core';
import { type ElementType, type Value, placeholder } from '../../graph/nodes-and-values';
import { GRAPH_BACKEND, type GraphBackend } from '../../tfjs-backend/graph-backend';
import { graphBackend } from '../../tfjs-backend/kernel-registry';
import { batchSpecs, mapBatch } from '../batch-specs';
import { withLayerOverrides } from '../layers/layer-overrides';
import {
  allVariables,
  computeGradients,
  computeLosses,
  outputsOf,
  trainableVariables,
} from '../loss-and-gradients';
import { clipGradients, updateRule } from '../optimizer/optimizers';
import type { Batch, StepDefinition } from '../step-definition';
import { withBackend } from '../tfjs-backends';
import { type Group, packValues, packVariables, singleVariable, unpackValues } from './parameter-packing';

/** A tensor for a value of the graph, known to TensorFlow.js. */
function graphTensor(backend: GraphBackend, value: Value): Tensor {
  return engine().makeTensorFromTensorInfo(backend.tensorOf(value), backend);
}

/**
 * Runs `work` while variables stand for values of the graph, and tells it how to read what they stand for at the
 * end. Afterwards the variables are what they were: nothing of theirs was copied or moved.
 */
function withBoundVariables<T>(
  backend: GraphBackend,
  values: ReadonlyMap<Variable, Value>,
  work: (current: (variable: Variable) => Value) => T,
): T {
  const before = new Map([...values.keys()].map(variable => [variable, variable.dataId]));
  const standIns: Tensor[] = [];
  for (const [variable, value] of values) {
    const tensor = graphTensor(backend, value);
    standIns.push(tensor);
    variable.dataId = tensor.dataId;
  }
  try {
    return work(variable => backend.graphValue(variable));
  } finally {
    let i = 0;
    for (const [variable, dataId] of before) {
      const tensor = standIns[i++] as Tensor;
      if (variable.dataId !== tensor.dataId) engine().disposeTensor(variable);
      tensor.dispose();
      variable.dataId = dataId;
    }
  }
}

/** Where parameters are updated: in the graph, small ones together, or outside of it, each by itself. */
export type UpdatePlacement = 'in graph' | 'outside';

/** A tensor that the step carries from one step to the next. */
export interface Carried {
  readonly before: Value;
  readonly after: Value;
}

/** Parameters, what the optimizer remembers of them, and their gradient. */
export interface Parameters extends Group {
  readonly before: Value;
  readonly slots: readonly Value[];
  readonly gradient: Value;
  /** Parameters and slots after the update, where that is in the graph. */
  readonly after: readonly Value[];
}

/** A training step as a graph. */
export interface TracedStep {
  readonly groups: readonly Parameters[];
  /** Variables that the step itself assigns, such as moving averages. */
  readonly statistics: readonly (Carried & { readonly variable: Variable })[];
  /** Variables that nothing changes, with the placeholder that stands for each. */
  readonly frozen: ReadonlyMap<Variable, Value>;
  readonly batch: Batch<Value>;
  /** The numbers of the update, where that is in the graph. */
  readonly scalars: readonly Value[];
  readonly draws: readonly Value[];
  readonly loss: Value;
  readonly report: Readonly<Record<string, Value>>;
}

interface Recorder {
  readonly backend: GraphBackend;
  readonly input: (name: string, shape: readonly number[], type: ElementType) => Value;
  readonly tensor: (value: Value) => Tensor;
  readonly value: (tensor: Tensor) => Value;
}

function recorder(): Recorder {
  const backend = graphBackend();
  return {
    backend,
    input: placeholder,
    tensor: value => graphTensor(backend, value),
    value: tensor => backend.graphValue(tensor),
  };
}

/**
 * Records a training step without computing it. The model's variables are left as they are; those that no loss
 * depends on are not trained.
 */
export function traceStep(definition: StepDefinition, updated: UpdatePlacement): Promise<TracedStep> {
  graphBackend();
  return withBackend(GRAPH_BACKEND, () => {
    const all = trainableVariables(definition.model);
    const { step, reached } = recording(() => recordStep(definition, updated, recorder(), all));
    // Which variables are trained is only known once their gradients are there, and then the rest is in the way.
    if (reached.length === all.length) return step;
    return recording(() => recordStep(definition, updated, recorder(), reached)).step;
  });
}

/** Disposes every tensor that `work` made, those of optimizers and layers included; values outlive them. */
function recording<T>(work: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = work();
  });
  return result as T;
}

function variablePlaceholders(
  definition: StepDefinition,
  r: Recorder,
  taken: ReadonlySet<Variable>,
): Map<Variable, Value> {
  const others = allVariables(definition.model).filter(variable => !taken.has(variable));
  return new Map(others.map((variable, i) => [variable, r.input(`fixed${i}`, variable.shape, 'float32')]));
}

/**
 * Placeholders for a batch, by number: names of layers count up from model to model, and in the bytes of a compiled
 * step they would keep it from being known again.
 */
function batchPlaceholders(definition: StepDefinition, r: Recorder): Batch<Value> {
  let count = 0;
  return mapBatch(batchSpecs(definition), spec => r.input(`batch${count++}`, spec.shape, spec.type));
}

function recordStep(
  definition: StepDefinition,
  updated: UpdatePlacement,
  r: Recorder,
  trained: readonly Variable[],
): { readonly step: TracedStep; readonly reached: readonly Variable[] } {
  const groups = updated === 'in graph' ? packVariables(trained) : trained.map(singleVariable);
  const parameters = groups.map((group, i) => r.input(`parameters${i}`, group.shape, 'float32'));
  const fixed = variablePlaceholders(definition, r, new Set(trained));
  const standIns = new Map(fixed);
  groups.forEach((group, i) => {
    const parts = unpackValues(group, parameters[i] as Value);
    group.variables.forEach((variable, j) => standIns.set(variable, parts[j] as Value));
  });
  const batch = batchPlaceholders(definition, r);
  const draws: Value[] = [];
  const draw = (shape: readonly number[]): Tensor => {
    const value = r.input(`random${draws.length}`, shape, 'float32');
    draws.push(value);
    return r.tensor(value);
  };
  return withBoundVariables(r.backend, standIns, current => {
    const measured = computeGradients(definition, mapBatch(batch, r.tensor), draw);
    const gradients = new Map(
      trainableVariables(definition.model).map((variable, i) => [variable, measured.gradients[i]]),
    );
    const ready = recordGradients(definition, r, groups, parameters, gradients);
    const { scalars, after } =
      updated === 'in graph' ? recordUpdate(definition, r, ready) : { scalars: [], after: [] };
    const statistics = [...fixed]
      .filter(([variable, before]) => current(variable) !== before)
      .map(([variable, before]) => ({ variable, before, after: current(variable) }));
    const moving = new Set(statistics.map(({ variable }) => variable));
    const step = {
      groups: ready.map((group, i) => ({ ...group, after: after[i] ?? [] })),
      statistics,
      frozen: new Map([...fixed].filter(([variable]) => !moving.has(variable))),
      batch,
      scalars,
      draws,
      loss: r.value(measured.loss),
      report: mapValues(measured.report, scalar => r.value(scalar)),
    };
    return { step, reached: trained.filter(variable => gradients.get(variable) !== undefined) };
  });
}

/** The gradients of each group, clipped as the optimizer wants them. */
function recordGradients(
  { optimizer }: StepDefinition,
  r: Recorder,
  groups: readonly Group[],
  parameters: readonly Value[],
  gradients: ReadonlyMap<Variable, Tensor | undefined>,
): Omit<Parameters, 'after'>[] {
  const { slots } = updateRule(optimizer);
  const joined = groups.map(group =>
    r.tensor(
      packValues(
        group,
        group.variables.map(variable => r.value(gradients.get(variable) ?? zeros(variable.shape))),
      ),
    ),
  );
  const ready = clipGradients(joined, optimizer);
  return groups.map((group, i) => ({
    ...group,
    before: parameters[i] as Value,
    gradient: r.value(ready[i] as Tensor),
    slots: Array.from({ length: slots }, (_, j) => r.input(`slot${i}_${j}`, group.shape, 'float32')),
  }));
}

function recordUpdate(
  { optimizer }: StepDefinition,
  r: Recorder,
  groups: readonly Omit<Parameters, 'after'>[],
): { readonly scalars: readonly Value[]; readonly after: readonly (readonly Value[])[] } {
  const rule = updateRule(optimizer);
  const scalars = rule.scalars.map(name => r.input(name, [], 'float32'));
  const given = scalars.map(value => r.tensor(value) as Scalar);
  const after = groups.map(({ before, gradient, slots }) => {
    const next = rule.update(r.tensor(before), r.tensor(gradient), slots.map(r.tensor), given);
    return [next.parameter, ...next.slots].map(r.value);
  });
  return { scalars, after };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** The model's forward pass as a graph: its variables are inputs, or constants for an export. */
export interface TracedForward {
  readonly variables: ReadonlyMap<Variable, Value>;
  readonly batch: Batch<Value>;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly loss: Value;
  readonly report: Readonly<Record<string, Value>>;
}

/** Records inference, and the losses and metrics of a labelled batch, with the model's own statistics. */
export function traceForward(definition: StepDefinition): Promise<TracedForward> {
  graphBackend();
  return withBackend(GRAPH_BACKEND, () =>
    recording(() => {
      const r = recorder();
      const variables = variablePlaceholders(definition, r, new Set());
      const batch = batchPlaceholders(definition, r);
      return withBoundVariables(r.backend, variables, () =>
        withLayerOverrides(definition.model, noDraw, () => {
          const tensors = mapBatch(batch, r.tensor);
          const { loss, report } = computeLosses(definition, tensors, false);
          const outputs = outputsOf(definition.model, tensors.inputs, false);
          return {
            variables,
            batch,
            outputs: mapValues(outputs, r.value),
            loss: r.value(loss),
            report: mapValues(report, r.value),
          };
        }),
      );
    }),
  );
}

function noDraw(): Tensor {
  throw new Error('Inference draws no random numbers');
}
