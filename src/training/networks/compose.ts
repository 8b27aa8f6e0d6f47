import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { widthOf } from '../material/examples';
import type { Encoder, Layer } from './encoder';
import type { Head } from './heads';

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
