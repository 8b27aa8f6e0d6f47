import type { Tensor } from 'onnxruntime-node';
import { errorMessage } from '../../common/errors';
import { engineError, isEngineError } from '../engine-error';
import { type Session, createSession, runtimeTensor } from '../runtime/onnxruntime';
import { checkOperators, unknownOperator } from './check-operators';
import { type LinearHead, encoderModel, inputsOf, weightsOf } from './cut-graph';
import { readExternal } from './external-weights';
import { type FeatureCut, type OutputHints, findFeatures } from './find-features';
import type { OnnxModel, OnnxValue } from './onnx-graph';
import { readOnnx } from './read-onnx';

/** What a network is given: elements and shape of each input by name, the first axis counting examples. */
export type EncoderFeeds = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array | BigInt64Array }
>;

/** An encoder that was trained elsewhere and stays as it is. */
export interface FrozenEncoder {
  /** The inputs that features depend on. */
  readonly inputs: readonly OnnxValue[];
  readonly cut: FeatureCut;
  /** Weights of the encoder, in numbers. */
  readonly numParams: number;
  /**
   * The features of some examples: `[examples, width]`, row by row.
   * @throws EngineError `runtime-failed`, also where the network gives what is not finite
   */
  features(feeds: EncoderFeeds): Promise<Float32Array>;
  /** The bytes of one ONNX file: this encoder and a head on it. */
  withHead(head: LinearHead, metadata: Readonly<Record<string, string>>): Uint8Array;
  dispose(): Promise<void>;
}

/** Numbers that a network may give for a few examples: more than any embedding has. */
const MOST_FEATURES = 2 ** 24;

/**
 * Opens an ONNX file as an encoder, cut where its features are. The file is data: nothing in it is executed but the
 * operators of ONNX, and no file outside of its folder is read.
 *
 * @param hints what the files beside it say of its output
 * @throws EngineError `bad-file` or `bad-model`, naming what is wrong
 */
export async function openEncoder(
  path: string,
  hints: OutputHints = {},
  options: { readonly threads?: number } = {},
): Promise<FrozenEncoder> {
  const model = await readOnnx(path);
  checkOperators(model);
  const cut = findFeatures(model, hints);
  if (!cut)
    throw engineError(
      'bad-model',
      `${path} cannot be used as a checkpoint: none of its outputs (${model.graph.outputs.map(({ name }) => name).join(', ')}) is a vector, a sequence or an image of numbers for each example.`,
    );
  const inputs = inputsOf(model, cut.value);
  if (inputs.length === 0)
    throw engineError(
      'bad-model',
      `${path} cannot be used as a checkpoint: "${cut.value}" depends on no input.`,
    );
  const weights = weightsOf(model, cut.value);
  const external = await readExternal(path, weights);
  const mask = inputs.find(({ name }) => name.endsWith('mask'))?.name;
  const session = await sessionOf(model, encoderModel(model, cut, { external, mask }), options);
  return {
    inputs,
    cut,
    numParams: weights.reduce(
      (sum, { shape }) => sum + shape.reduce((product, axis) => product * axis, 1),
      0,
    ),
    features: feeds => run(session, feeds, path),
    withHead: (head, metadata) => encoderModel(model, cut, { external, mask, head, metadata }),
    dispose: () => session.release(),
  };
}

async function sessionOf(
  model: OnnxModel,
  bytes: Uint8Array,
  options: { readonly threads?: number },
): Promise<Session> {
  try {
    return await createSession(bytes, options);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw (
      unknownOperator(model, error.message) ??
      engineError('bad-model', `${model.path} cannot be used as a checkpoint: ${error.message}`, {
        cause: error,
      })
    );
  }
}

async function run(session: Session, feeds: EncoderFeeds, path: string): Promise<Float32Array> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, { data, shape }] of feeds)
    tensors[name] = await runtimeTensor(data, shape, data instanceof BigInt64Array ? 'int64' : 'float32');
  let output: Tensor | undefined;
  try {
    output = Object.values(await session.run(tensors))[0];
  } catch (error) {
    throw engineError('runtime-failed', `ONNX Runtime cannot run ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
  const values = output?.data;
  if (!(values instanceof Float32Array) || values.length === 0 || values.length > MOST_FEATURES)
    throw engineError(
      'runtime-failed',
      `${path} gives no features: its output is ${output?.dims.join('×') ?? 'missing'}.`,
    );
  if (!values.every(Number.isFinite))
    throw engineError(
      'runtime-failed',
      `${path} gives features that are infinite or not numbers. Check its preprocessing.`,
    );
  return values;
}
