import { type Tensor, add, cast, cos, engine, floor, log, mul, sqrt } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { engineError } from '../../engine-error';
import { scope, withinScope } from '../../graph/nodes-and-values';
import { averagePooling } from './average-pooling';
import { batchNormalisation } from './batch-normalisation';

type Layer = layers.Layer;
type Call = Layer['call'];

/** Numbers from [0, 1) in a given shape: recorded as an input, or drawn at once. */
export type DrawUniform = (shape: readonly number[]) => Tensor;

/** All layers of a model, those of models inside it and those that wrappers hold included. */
export function allLayers(model: LayersModel): Layer[] {
  return model.layers.flatMap(layer => [layer, ...inner(layer)]);
}

function inner(layer: Layer): Layer[] {
  const { layers: nested, layer: wrapped } = layer as unknown as { layers?: Layer[]; layer?: Layer };
  if (nested) return nested.flatMap(child => [child, ...inner(child)]);
  return wrapped ? [wrapped, ...inner(wrapped)] : [];
}

/**
 * Runs `work` while the model's layers tell the graph their names, and draw what they draw from `draw`:
 * TensorFlow.js's own random numbers would be recorded as one constant.
 *
 * @param uncontrolled gives what other layers draw by themselves, through `Math.random`; they are refused unless given
 */
export function withLayerOverrides<T>(
  model: LayersModel,
  draw: DrawUniform,
  work: () => T,
  uncontrolled: () => number = refuseToDraw,
): T {
  const changed = allLayers(model);
  for (const layer of changed) layer.call = replacement(layer, draw);
  const random = Math.random;
  Math.random = uncontrolled;
  try {
    return work();
  } finally {
    Math.random = random;
    // The replaced method was the layer's own; without it the class's is back.
    for (const layer of changed) delete (layer as { call?: Call }).call;
  }
}

function refuseToDraw(): never {
  throw engineError(
    'not-traceable',
    `The layer "${scope()}" draws random numbers by itself, which a compiled step would repeat. ` +
      'Use Dropout, SpatialDropout1D, GaussianNoise or GaussianDropout for it, or allow the step to run eagerly.',
  );
}

function replacement(layer: Layer, draw: DrawUniform): Call {
  const own = layer.call.bind(layer);
  const replaced = REPLACED[layer.getClassName()];
  return (inputs, kwargs) =>
    withinScope(layer.name, () =>
      withGradientsOf(layer.name, () => {
        if (replaced === undefined || kwargs['training'] !== true) return own(inputs, kwargs);
        const x = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
        return replaced(x, layer as unknown as Settings, draw) ?? own(inputs, kwargs);
      }),
    );
}

/** Runs `work` so that the gradients of what it computes, which are taken much later, are its layer's as well. */
function withGradientsOf<T>(name: string, work: () => T): T {
  // There is one only while gradients are wanted.
  const tape = (): readonly TapeNode[] | null => engine().state.activeTape;
  const before = tape()?.length ?? 0;
  const result = work();
  for (const node of tape()?.slice(before) ?? []) {
    const { gradient } = node;
    if (gradient)
      node.gradient = dys =>
        scoped(
          name,
          withinScope(name, () => gradient(dys)),
        );
  }
  return result;
}

/** The gradients of an operation's inputs; most are computed when they are asked for. */
type Gradients = Record<string, () => Tensor>;

function scoped(name: string, gradients: Gradients): Gradients {
  return Object.fromEntries(
    Object.entries(gradients).map(([input, gradient]) => [input, () => withinScope(name, gradient)]),
  );
}

/** What is used of TensorFlow.js's record of an operation. */
interface TapeNode {
  gradient?: (dys: Tensor[]) => Gradients;
}

interface Settings {
  readonly rate: number;
  readonly stddev: number;
  readonly noiseShape?: readonly (number | null)[] | null;
}

type Replaced = (x: Tensor, layer: Settings, draw: DrawUniform) => Tensor | undefined;

/** What layers do while they train, where that is not what TensorFlow.js does. */
const REPLACED: Readonly<Record<string, Replaced>> = {
  Dropout: (x, layer, draw) => {
    const shape = x.shape.map((dimension, axis) => layer.noiseShape?.[axis] ?? dimension);
    return dropped(x, layer.rate, draw(shape));
  },
  SpatialDropout1D: (x, layer, draw) => dropped(x, layer.rate, draw([x.shape[0], 1, x.shape[2] as number])),
  GaussianNoise: (x, layer, draw) => add(x, mul(normal(x.shape, draw), layer.stddev)),
  GaussianDropout: (x, layer, draw) =>
    mul(x, add(mul(normal(x.shape, draw), Math.sqrt(layer.rate / (1 - layer.rate))), 1)),
  BatchNormalization: (x, layer) => batchNormalisation(x, layer),
  AveragePooling1D: averagePooling,
  AveragePooling2D: averagePooling,
};

/** Zero with probability `rate`, otherwise scaled up so that the expectation stays. */
function dropped(x: Tensor, rate: number, uniform: Tensor): Tensor {
  if (rate <= 0) return x;
  return mul(x, mul(cast(floor(add(uniform, 1 - rate)), 'float32'), 1 / (1 - rate)));
}

/** Standard normal numbers by the Box-Muller transform. */
function normal(shape: readonly number[], draw: DrawUniform): Tensor {
  const radius = sqrt(mul(log(add(mul(draw(shape), -1), 1)), -2));
  return mul(radius, cos(mul(draw(shape), 2 * Math.PI)));
}
