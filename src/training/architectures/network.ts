import { tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, type SymbolicTensor, input, layers, model } from '@tensorflow/tfjs-layers';
import type { LabelEncoding } from '../../data';
import type { LossSpec } from '../../engine';
import { widthOf } from '../datasets/examples';
import { type Encoder, type Layer, beforeOutput } from './encoders';

/** What predicts one task from the features: logits for classes, one number otherwise. */
export interface Head {
  readonly task: string;
  readonly label: LabelEncoding;
  /** Its name is that of the model's output. */
  readonly layer: Layer;
  /** Numbers that it gives for each example. */
  readonly width: number;
}

export function createHead(task: string, label: LabelEncoding, seed: number): Head {
  const width = label.kind === 'class' ? label.classes.length : 1;
  const layer = layers.dense({
    units: width,
    name: outputName(task),
    kernelInitializer: beforeOutput(seed, `head ${task}`),
  });
  return { task, label, layer, width };
}

/** A name that files and programs allow. */
export function outputName(task: string): string {
  return `task_${task.replace(/[^A-Za-z0-9_]+/g, '_')}`;
}

/** The error of a head. All losses are masked: absent labels carry none, and the mean is over those present. */
export function lossOf({ label }: Head, weight = 1): LossSpec {
  const shared = { weight, mask: 'example' } as const;
  switch (label.kind) {
    case 'class':
      return { kind: 'softmaxCrossEntropy', ...shared };
    case 'binary':
      return { kind: 'sigmoidCrossEntropy', ...shared };
    case 'real':
      return { kind: 'meanSquaredError', ...shared };
  }
}

/** The name of every model's one input. */
export const INPUT = 'inputs';

/** Blocks `from` and up, then the heads; shares its weights with every other model of the same layers. */
export function composeModel(encoder: Encoder, heads: readonly Head[], from = 0): LayersModel {
  const { start, features } = chain(encoder, from, encoder.blocks.length);
  return model({ inputs: start, outputs: heads.map(head => head.layer.apply(features) as SymbolicTensor) });
}

/** The whole network with probabilities in place of logits: what is saved for use. */
export function composePredictor(encoder: Encoder, head: Head): LayersModel {
  const { start, features } = chain(encoder, 0, encoder.blocks.length);
  const output = head.layer.apply(features) as SymbolicTensor;
  if (head.label.kind === 'real') return model({ inputs: start, outputs: output });
  const activation = head.label.kind === 'binary' ? 'sigmoid' : 'softmax';
  const last = layers.activation({ activation, name: `${head.layer.name}_output` });
  return model({ inputs: start, outputs: last.apply(output) as SymbolicTensor });
}

/** Blocks `from` up to `to` alone, as a model that gives features. */
export function composeEncoder(encoder: Encoder, from: number, to: number): LayersModel {
  const { start, features } = chain(encoder, from, to);
  return model({ inputs: start, outputs: features });
}

interface Chain {
  readonly start: SymbolicTensor;
  readonly features: SymbolicTensor;
}

function chain(encoder: Encoder, from: number, to: number): Chain {
  const shape = featureShape(encoder, from);
  const start = input({ shape: [...shape], name: INPUT, dtype: from === 0 ? encoder.inputType : 'float32' });
  const features = encoder.blocks
    .slice(from, to)
    .flat()
    .reduce<SymbolicTensor>((tensor, layer) => layer.apply(tensor) as SymbolicTensor, start);
  return { start, features };
}

/** The shape of what goes into a block, one example of it; the blocks below must have been put together before. */
export function featureShape(encoder: Encoder, block: number): readonly number[] {
  if (block === 0) return encoder.inputShape;
  const shape = encoder.blocks[block - 1]?.at(-1)?.getOutputAt(0) as SymbolicTensor | undefined;
  return (shape?.shape.slice(1) ?? []).map(axis => axis ?? 1);
}

/** All layers of a network, the encoder's first. */
export function layersOf(encoder: Encoder, heads: readonly Head[]): Layer[] {
  return [...encoder.blocks.flat(), ...heads.map(({ layer }) => layer)];
}

export function countParams(counted: readonly Layer[]): number {
  return counted.reduce(
    (sum, layer) =>
      sum + layer.weights.reduce((all, { shape }) => all + widthOf(shape.map(axis => axis ?? 1)), 0),
    0,
  );
}

/** What layers have learned, at one moment: for each layer, its weights in their order. */
export type Snapshot = readonly (readonly Float32Array[])[];

export function takeSnapshot(layers: readonly Layer[]): Snapshot {
  return layers.map(layer => layer.getWeights().map(weight => Float32Array.from(weight.dataSync())));
}

/** Puts weights back that were taken from the same layers. */
export function restoreSnapshot(layers: readonly Layer[], snapshot: Snapshot): void {
  layers.forEach((layer, i) => {
    const weights = snapshot[i];
    if (!weights || weights.length === 0) return;
    tidy(() => {
      layer.setWeights(layer.weights.map(({ shape }, j) => tensor(weights[j] ?? [], shape as number[])));
    });
  });
}

/** Frees what layers hold. */
export function disposeLayers(layers: readonly Layer[]): void {
  for (const layer of layers) for (const weight of layer.weights) weight.dispose();
}
