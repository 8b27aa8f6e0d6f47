import {
  type Scalar,
  type Tensor,
  Variable,
  add,
  clone,
  dispose,
  engine,
  keep,
  scalar,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { engineError, type EngineError } from '../engine-error';
import { type DrawUniform, withLayerOverrides } from './layers/layer-overrides';
import { lossOf, metricOf } from './losses-and-metrics';
import type { Batch, StepDefinition } from './step-definition';

/** What a batch comes to, before anything is updated. */
export interface BatchLosses {
  readonly loss: Scalar;
  /** Losses and metrics by name: `output.loss`, `output.accuracy`. */
  readonly report: Readonly<Record<string, Scalar>>;
}

/** The outputs of the model for a batch, by name. */
export function outputsOf(
  model: LayersModel,
  inputs: Readonly<Record<string, Tensor>>,
  training: boolean,
): Record<string, Tensor> {
  const ordered = model.inputNames.map(name => inputs[name] as Tensor);
  const result = model.apply(ordered.length === 1 ? (ordered[0] as Tensor) : ordered, { training });
  const outputs = (Array.isArray(result) ? result : [result]) as Tensor[];
  return Object.fromEntries(model.outputNames.map((name, i) => [name, outputs[i] as Tensor]));
}

/** Losses and metrics of a batch. `training` chooses batch statistics and dropout. */
export function computeLosses(
  definition: StepDefinition,
  batch: Batch<Tensor>,
  training: boolean,
): BatchLosses {
  const outputs = outputsOf(definition.model, batch.inputs, training);
  const report: Record<string, Scalar> = {};
  const losses: Scalar[] = [];
  for (const [name, spec] of Object.entries(definition.losses)) {
    const [output, target, mask] = [
      outputs[name] as Tensor,
      batch.targets[name] as Tensor,
      batch.masks[name],
    ];
    const loss = lossOf(spec, output, target, mask);
    losses.push(loss);
    report[`${name}.loss`] = loss;
    for (const metric of definition.metrics?.[name] ?? []) {
      report[`${name}.${metric}`] = metricOf(metric, spec, output, target, mask);
    }
  }
  const penalties = training ? definition.model.calculateLosses() : [];
  const loss = [...losses, ...penalties].reduce<Scalar | undefined>(
    (total, next) => (total ? add(total, next) : next),
    undefined,
  );
  return { loss: loss ?? scalar(0), report };
}

function mapRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** The TensorFlow.js variable that holds a weight of a layer. */
export function variableOf(weight: LayersModel['weights'][number]): Variable {
  const value = weight.read();
  if (value instanceof Variable) return value as Variable;
  throw new Error(`The weight ${weight.originalName} is not a variable`);
}

/** The model's variables that training changes, in the model's order. */
export function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map(variableOf);
}

/** All of the model's variables, in the model's order. */
export function allVariables(model: LayersModel): Variable[] {
  return model.weights.map(variableOf);
}

/**
 * A batch's losses and the gradients of the trainable variables, in their order; a variable that no loss depends on
 * has none.
 * @param uncontrolled as for `withLayers`
 * @throws EngineError `bad-option` when none has one.
 */
export function computeGradients(
  definition: StepDefinition,
  batch: Batch<Tensor>,
  draw: DrawUniform,
  uncontrolled?: () => number,
): BatchLosses & { readonly gradients: readonly (Tensor | undefined)[] } {
  const variables = trainableVariables(definition.model);
  let kept: BatchLosses['report'] = {};
  if (variables.length === 0) throw nothingToTrain(definition);
  // Unlike `variableGrads`, which it is otherwise, it leaves it to us what to say when nothing can be trained.
  const { value, grads } = engine().gradients(
    () => {
      const measured = withLayerOverrides(
        definition.model,
        draw,
        () => computeLosses(definition, batch, true),
        uncontrolled,
      );
      // Taking gradients disposes everything but the loss.
      kept = mapRecord(measured.report, value => keep(clone(value)));
      return measured.loss;
    },
    variables,
    undefined,
    true,
  );
  const report = mapRecord(kept, value => clone(value));
  dispose(kept);
  const gradients = (grads as (Tensor | null)[]).map(gradient => gradient ?? undefined);
  if (gradients.every(gradient => gradient === undefined)) throw nothingToTrain(definition);
  return { loss: value, report, gradients };
}

function nothingToTrain({ losses }: StepDefinition): EngineError {
  return engineError(
    'bad-option',
    `No loss depends on a weight that is trained: the losses are on ${Object.keys(losses).join(', ')}. ` +
      'Make a layer that leads there trainable.',
  );
}
