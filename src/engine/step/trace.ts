import { tidy, type Scalar, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { GRAPH_BACKEND, type GraphBackend } from '../backend/backend';
import { graphBackend } from '../backend/register';
import { placeholder, type ElementType, type Value } from '../graph/value';
import { allVariables, differentiate, measure, outputsOf, trainableVariables } from './body';
import type { Batch, StepDefinition } from './definition';
import { withLayers } from './layers';
import { clipped, updateRule } from './optimizers';
import { alone, packed, packValues, unpackValues, type Group } from './packing';
import { batchSpecs, mapBatch } from './ports';
import { substituting, tensorFor } from './substitute';
import { onBackend } from './turn';

/** `packed`: small parameters share a tensor, so that one update in the graph serves all of them. */
export type Grouping = 'packed' | 'alone';

/** A tensor that the step carries from one step to the next. */
export interface Carried {
  readonly before: Value;
  readonly after: Value;
}

/** Parameters with their gradient, and with their update, which is in the graph or outside of it. */
export interface Parameters extends Group, Carried {
  readonly gradient: Value;
  readonly slots: readonly Carried[];
}

/** A training step as a graph. */
export interface TracedStep {
  readonly groups: readonly Parameters[];
  /** Variables that the step itself assigns, such as moving averages. */
  readonly statistics: readonly (Carried & { readonly variable: Variable })[];
  /** Variables that nothing changes, with the placeholder that stands for each. */
  readonly frozen: ReadonlyMap<Variable, Value>;
  readonly batch: Batch<Value>;
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
    tensor: value => tensorFor(backend, value),
    value: tensor => backend.graphValue(tensor),
  };
}

/**
 * Records a training step without computing it. The model's variables are left as they are.
 * @param grouped which parameters share a tensor
 */
export function traceStep(definition: StepDefinition, grouped: Grouping): Promise<TracedStep> {
  graphBackend();
  return onBackend(GRAPH_BACKEND, () => recording(() => recordStep(definition, grouped, recorder())));
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

function recordStep(definition: StepDefinition, grouped: Grouping, r: Recorder): TracedStep {
  const trainable = trainableVariables(definition.model);
  const groups = grouped === 'packed' ? packed(trainable) : trainable.map(alone);
  const parameters = groups.map((group, i) => r.input(`parameters${i}`, group.shape, 'float32'));
  const fixed = variablePlaceholders(definition, r, new Set(trainable));
  const standIns = new Map(fixed);
  groups.forEach((group, i) => {
    const parts = unpackValues(group, parameters[i] as Value);
    group.variables.forEach((variable, j) => standIns.set(variable, parts[j] as Value));
  });
  const batch = mapBatch(batchSpecs(definition), (spec, name) => r.input(name, spec.shape, spec.type));
  const draws: Value[] = [];
  const draw = (shape: readonly number[]): Tensor => {
    const value = r.input(`random${draws.length}`, shape, 'float32');
    draws.push(value);
    return r.tensor(value);
  };
  return substituting(r.backend, standIns, current => {
    const measured = differentiate(definition, mapBatch(batch, r.tensor), draw);
    const gradients = new Map(trainable.map((variable, i) => [variable, measured.gradients[i] as Tensor]));
    const { updated, scalars } = recordUpdate(definition, r, groups, parameters, gradients);
    const statistics = [...fixed]
      .filter(([variable, before]) => current(variable) !== before)
      .map(([variable, before]) => ({ variable, before, after: current(variable) }));
    const moving = new Set(statistics.map(({ variable }) => variable));
    return {
      groups: updated,
      statistics,
      frozen: new Map([...fixed].filter(([variable]) => !moving.has(variable))),
      batch,
      scalars,
      draws,
      loss: r.value(measured.loss),
      report: mapValues(measured.report, scalar => r.value(scalar)),
    };
  });
}

function recordUpdate(
  definition: StepDefinition,
  r: Recorder,
  groups: readonly Group[],
  parameters: readonly Value[],
  gradients: ReadonlyMap<Variable, Tensor>,
): Pick<TracedStep, 'scalars'> & { readonly updated: TracedStep['groups'] } {
  const rule = updateRule(definition.optimizer);
  const scalars = rule.scalars.map(name => r.input(name, [], 'float32'));
  const joined = groups.map(group =>
    r.tensor(
      packValues(
        group,
        group.variables.map(variable => r.value(gradients.get(variable) as Tensor)),
      ),
    ),
  );
  const ready = clipped(joined, definition.optimizer);
  const updated = groups.map((group, i) => {
    const before = parameters[i] as Value;
    const slots = Array.from({ length: rule.slots }, (_, j) =>
      r.input(`slot${i}_${j}`, group.shape, 'float32'),
    );
    const gradient = ready[i] as Tensor;
    const given = scalars.map(value => r.tensor(value) as Scalar);
    const next = rule.update(r.tensor(before), gradient, slots.map(r.tensor), given);
    const carried = slots.map((slot, j) => ({ before: slot, after: r.value(next.slots[j] as Tensor) }));
    return { ...group, before, gradient: r.value(gradient), after: r.value(next.parameter), slots: carried };
  });
  return { scalars, updated };
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
  return onBackend(GRAPH_BACKEND, () =>
    recording(() => {
      const r = recorder();
      const variables = variablePlaceholders(definition, r, new Set());
      const batch = mapBatch(batchSpecs(definition), (spec, name) => r.input(name, spec.shape, spec.type));
      return substituting(r.backend, variables, () =>
        withLayers(definition.model, noDraw, () => {
          const tensors = mapBatch(batch, r.tensor);
          const { loss, report } = measure(definition, tensors, false);
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
