import { TensorProto_DataType as DataType } from '../onnx/generated/onnx-schema';
import type { OnnxModel, OnnxNode, OnnxValue } from './onnx-graph';

/** How what a value holds of each example becomes one vector. */
export type Pooling =
  /** It is one already. */
  | 'none'
  /** The mean over tokens that are no padding: `[batch, tokens, width]`. */
  | 'mean'
  /** The first token. */
  | 'first'
  /** The mean over all places: `[batch, width, …places]`. */
  | 'places';

/** Where a model is cut: what lies below is the encoder. */
export interface FeatureCut {
  /** The name of the value. */
  readonly value: string;
  readonly pooling: Pooling;
  /** Whether vectors are brought to length 1. */
  readonly normalize: boolean;
  /** Whether the model's own classifier was cut off. */
  readonly belowHead: boolean;
}

/** What the files beside a model say of its output. */
export interface OutputHints {
  readonly pooling?: 'mean' | 'first';
  readonly normalize?: boolean;
  /** Whether the model is said to predict classes. */
  readonly classifies?: boolean;
}

/** Outputs by what exporters call them, those first that are made to be used elsewhere. */
const EMBEDDINGS = [/embed/i, /pool/i, /feature/i, /last_hidden_state/i, /hidden/i];
const PREDICTIONS = /logit|class|prob|score|pred|label|softmax/i;
/** Nodes between a classifier's last product and its output. */
const AFTER_PRODUCT = new Set([
  'Softmax',
  'LogSoftmax',
  'Sigmoid',
  'Add',
  'Identity',
  'Cast',
  'Flatten',
  'Reshape',
]);

/**
 * Finds the value that best stands for an example: an output that is an embedding, or the input of the classifier.
 *
 * @returns `undefined` where no output is a tensor of floats of two to five axes
 */
export function findFeatures(model: OnnxModel, hints: OutputHints = {}): FeatureCut | undefined {
  const { outputs } = model.graph;
  const usable = outputs.filter(isFeatureLike);
  const named = EMBEDDINGS.flatMap(pattern => usable.filter(({ name }) => pattern.test(name)));
  const [output] = [...named, ...usable];
  if (!output) return undefined;
  const isPrediction = named.length === 0 && (PREDICTIONS.test(output.name) || hints.classifies === true);
  const below = isPrediction || named.length === 0 ? belowHead(model, output) : undefined;
  if (below !== undefined && isPrediction)
    return { value: below, pooling: 'none', normalize: false, belowHead: true };
  return {
    value: output.name,
    pooling: poolingOf(output, hints),
    normalize: hints.normalize === true,
    belowHead: false,
  };
}

const FLOATS = new Set<number>([DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, 0]);

function isFeatureLike({ type, shape }: OnnxValue): boolean {
  return FLOATS.has(type) && (shape === undefined || (shape.length >= 2 && shape.length <= 5));
}

function poolingOf({ shape }: OnnxValue, { pooling = 'mean' }: OutputHints): Pooling {
  const axes = shape?.length ?? 2;
  if (axes === 2) return 'none';
  return axes === 3 ? pooling : 'places';
}

/** The input of the last product with weights, where all that follows only turns its result into a prediction. */
function belowHead({ graph }: OnnxModel, { name }: OnnxValue): string | undefined {
  const producers = new Map<string, OnnxNode>();
  for (const node of graph.nodes) for (const output of node.outputs) producers.set(output, node);
  let value = name;
  for (let steps = 0; steps < graph.nodes.length; steps++) {
    const node = producers.get(value);
    if (!node) return undefined;
    const [first, second] = node.inputs;
    if (node.op === 'Gemm' || node.op === 'MatMul')
      return graph.initializers.has(second ?? '') || node.op === 'Gemm' ? first : undefined;
    if (!AFTER_PRODUCT.has(node.op)) return undefined;
    const from = node.inputs.find(input => producers.has(input) && !isConstant(producers.get(input)));
    if (from === undefined) return undefined;
    value = from;
  }
  return undefined;
}

function isConstant(node: OnnxNode | undefined): boolean {
  return node?.op === 'Constant';
}
