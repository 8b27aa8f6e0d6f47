import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Elements, Value } from '../graph/nodes-and-values';
import { setChannelBlock } from '../graph/tensor-layout';
import { encodeModel } from '../onnx/encode-model';
import { findChannelBlock } from '../runtime/channel-block';
import { functionalModel } from '../training-step/batch-specs';
import { traceForward } from '../training-step/tracing/trace-step';
import { writeModelFile } from './tfjs-layers-model';

export interface ExportOptions {
  /** Examples per batch in the exported graph. */
  readonly batchSize?: number;
  /** Written into the file as `metadata_props`: preprocessing, labels, what it was trained on. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of a standard ONNX model: the model's inference, with its present weights as constants. */
export async function onnxModel(model: LayersModel, options: ExportOptions = {}): Promise<Uint8Array> {
  // Blocked convolutions belong to one kind of processor; a file has to run everywhere.
  setChannelBlock(1);
  const forward = await traceForward({
    model: functionalModel(model),
    batchSize: options.batchSize ?? 1,
    optimizer: { kind: 'sgd', learningRate: 0 },
    losses: {},
  });
  setChannelBlock(await findChannelBlock());
  const bound = new Map<Value, Elements>();
  for (const [variable, value] of forward.variables)
    bound.set(value, Float32Array.from(await variable.data()));
  return encodeModel({
    inputs: Object.entries(forward.batch.inputs).map(([name, value]) => ({ name, value })),
    outputs: Object.entries(forward.outputs).map(([name, value]) => ({ name, value })),
    metadata: options.metadata ?? {},
    bound,
  });
}

/** Writes `onnxModel` to a file, whole or not at all. */
export async function exportOnnx(
  model: LayersModel,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  await writeModelFile(path, await onnxModel(model, options));
}
