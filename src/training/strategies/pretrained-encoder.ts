import { dirname } from 'node:path';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type InputPreprocessing, inputShape } from '../../data';
import { loadModel } from '../../engine';
import { type Encoder, type Layer, createEncoder } from '../architectures/encoders';
import { loadEncoder, readPreprocessing } from '../artifacts/model-folder';
import type { DataSpec } from '../../protocol/job-files';
import { trainingError, type TrainingError } from '../training-error';
import type { LearnSpec } from './strategy';
import {
  featuresNotVector,
  modelHasBranches,
  modelInputDiffers,
  modelWithoutWeights,
  transferWithoutEncoder,
} from '../../messages/training-messages';

/** The preprocessing that a pre-trained network came with, if it came with one. */
export async function pretrainedInput({ pretrained }: LearnSpec): Promise<InputPreprocessing | undefined> {
  if (!pretrained) return undefined;
  const folder = 'folder' in pretrained ? pretrained.folder : dirname(pretrained.model);
  const input = (await readPreprocessing(folder))?.input;
  if (!input && 'folder' in pretrained) throw missing();
  return input;
}

/**
 * The encoder that the sources were learned with: the one that pre-training left, or the body of a saved model.
 *
 * @throws TrainingError `bad-source` or `bad-pretrained`, EngineError `bad-file`
 */
export async function pretrainedEncoder(
  { pretrained, seed }: LearnSpec,
  input: InputPreprocessing,
): Promise<Encoder> {
  if (!pretrained) throw missing();
  if ('model' in pretrained) return encoderOfModel(pretrained.model, input);
  const encoder = createEncoder(input, seed);
  await loadEncoder(encoder, pretrained.folder);
  return encoder;
}

function missing(): TrainingError {
  return trainingError('bad-source', transferWithoutEncoder());
}

/** Blocks that a saved model is cut into at most, so that unfreezing it takes no more stages than our own. */
const MOST_BLOCKS = 3;

async function encoderOfModel(path: string, input: InputPreprocessing): Promise<Encoder> {
  const saved = await loadModel(path);
  const [given] = saved.inputs;
  const shape = inputShape(input);
  const wanted = (given?.shape.slice(1) ?? []).map(axis => axis ?? 0);
  if (
    saved.inputs.length !== 1 ||
    wanted.length !== shape.length ||
    wanted.some((axis, i) => axis && axis !== shape[i])
  )
    throw trainingError(
      'bad-pretrained',
      modelInputDiffers({ file: path, expected: wanted.join('×'), actual: shape.join('×') }),
    );
  return {
    inputShape: shape,
    inputType: input.kind === 'text' ? 'int32' : 'float32',
    blocks: cutBlocks(bodyOf(saved.layers, path)),
  };
}

/** The layers below the output: all but the input and the last layer that has weights, with what follows it. */
function bodyOf(layers: readonly Layer[], path: string): readonly Layer[] {
  const inner = layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const isChain = inner.every((layer, i) => {
    const before = layer.inboundNodes[0]?.inboundLayers ?? [];
    return layer.inboundNodes.length === 1 && before.length === 1 && (i === 0 || before[0] === inner[i - 1]);
  });
  if (!isChain) throw trainingError('bad-pretrained', modelHasBranches(path));
  const last = inner.findLastIndex(layer => layer.weights.length > 0);
  const body = inner.slice(0, last);
  const features = body.at(-1)?.getOutputAt(0) as SymbolicTensor | undefined;
  if (body.every(layer => layer.weights.length === 0))
    throw trainingError('bad-pretrained', modelWithoutWeights(path));
  if (features?.shape.length !== 2) throw trainingError('bad-pretrained', featuresNotVector(path));
  return body;
}

/** Cuts before layers that learn, into parts of about as many of those. */
function cutBlocks(layers: readonly Layer[]): readonly (readonly Layer[])[] {
  const learning = layers.filter(isLearning).length;
  const perBlock = Math.ceil(learning / MOST_BLOCKS);
  const blocks: Layer[][] = [[]];
  let seen = 0;
  for (const layer of layers) {
    if (isLearning(layer) && seen > 0 && seen % perBlock === 0) blocks.push([]);
    if (isLearning(layer)) seen++;
    blocks.at(-1)?.push(layer);
  }
  return blocks;
}

/** Batch normalisation belongs to the layer before it. */
function isLearning(layer: Layer): boolean {
  return layer.weights.length > 0 && layer.getClassName() !== 'BatchNormalization';
}

/** Images are read at the size that a saved model takes. */
export async function resizedFor({ pretrained, datasets }: LearnSpec): Promise<readonly DataSpec[]> {
  if (!pretrained || 'folder' in pretrained) return datasets;
  const saved = await loadModel(pretrained.model);
  const [, height, width, channels] = saved.inputs[0]?.shape ?? [];
  saved.dispose();
  if (!height || !width || (channels !== 1 && channels !== 3)) return datasets;
  return datasets.map(data => ({
    ...data,
    request: { ...data.request, input: { ...data.request.input, image: { height, width, channels } } },
  }));
}
