import {
  type Value,
  constant,
  elements,
  multipleOutputs,
  placeholder,
  scalar,
  singleOutput,
  sizeOf,
  vector,
} from '../graph/nodes-and-values';
import { encodeModel } from '../onnx/encode-model';
import { writeModelFile } from './tfjs-layers-model';

/** A decision tree as arrays: node 0 is its root. */
export interface DecisionTree {
  /** The feature that a node asks for; of a leaf −1. */
  readonly features: Int32Array;
  /** Examples whose feature is at most this go left. */
  readonly thresholds: Float32Array;
  /** 1 where a missing value (`NaN`) goes left. */
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to the output. */
  readonly values: Float32Array;
}

/** Trees whose sums are the outputs of a model. */
export interface TreeEnsemble {
  /** How many numbers an example has. */
  readonly width: number;
  /** A logit for each class, one logit for two classes, or one number. */
  readonly outputs: number;
  /** What outputs are before the first tree. */
  readonly base: Float32Array;
  /** Tree `i` adds to output `i % outputs`. */
  readonly trees: readonly DecisionTree[];
}

export interface TreeExportOptions {
  /** The shape of one example. */
  readonly shape: readonly number[];
  /** `probabilities` of all classes; the `probability` of the second of two; or the `number` itself. */
  readonly gives: 'probabilities' | 'probability' | 'number';
  /** Of each number that another one flags as missing where that is 1: the place of the flag. */
  readonly flags?: ReadonlyMap<number, number>;
  readonly metadata?: Readonly<Record<string, string>>;
}

const DOMAIN = { domain: 'ai.onnx.ml' };

/**
 * The bytes of an ONNX model of trees, whose input `inputs` is one example as networks take it: `TreeEnsembleClassifier`
 * for classes, `TreeEnsembleRegressor` for numbers, of the first version of ONNX's operators for such models, which
 * every runtime has. Thresholds and leaves are of 32 bits.
 */
export function treeModel(ensemble: TreeEnsemble, options: TreeExportOptions): Uint8Array {
  const { shape, gives, flags = new Map(), metadata = {} } = options;
  const input = placeholder('inputs', [1, ...shape], 'float32');
  const table = withMissing(flat(input, ensemble.width), ensemble.width, flags);
  const value = gives === 'number' ? regressor(ensemble, table) : classifier(ensemble, table, gives);
  return encodeModel({
    inputs: [{ name: 'inputs', value: input }],
    outputs: [{ name: 'outputs', value }],
    metadata,
  });
}

/** Writes {@link treeModel} to a file, whole or not at all. */
export async function exportTrees(
  ensemble: TreeEnsemble,
  path: string,
  options: TreeExportOptions,
): Promise<void> {
  await writeModelFile(path, treeModel(ensemble, options));
}

function flat(input: Value, width: number): Value {
  if (input.shape.length === 2 && sizeOf(input.shape) === width) return input;
  return singleOutput('Reshape', [input, vector([1, width], 'int64')], {}, [1, width], 'float32');
}

/** Puts `NaN` in the place of numbers that are flagged as missing. */
function withMissing(table: Value, width: number, flags: ReadonlyMap<number, number>): Value {
  if (flags.size === 0) return table;
  // A number without a flag looks at a zero that is put behind all others.
  const padded = singleOutput(
    'Concat',
    [table, constant(elements('float32', [0]), [1, 1], 'float32')],
    { axis: 1 },
    [1, width + 1],
    'float32',
  );
  const places = vector(
    Array.from({ length: width }, (_, i) => flags.get(i) ?? width),
    'int64',
  );
  const own = singleOutput('Gather', [padded, places], { axis: 1 }, [1, width], 'float32');
  const isMissing = singleOutput('Greater', [own, scalar(0.5)], {}, [1, width], 'bool');
  return singleOutput('Where', [isMissing, scalar(NaN), table], {}, [1, width], 'float32');
}

function regressor({ trees, base }: TreeEnsemble, table: Value): Value {
  const { leaves, ...nodes } = nodesOf(trees, 1);
  return singleOutput(
    'TreeEnsembleRegressor',
    [table],
    {
      ...nodes,
      n_targets: 1,
      base_values: { floats: Array.from(base) },
      target_treeids: leaves.trees,
      target_nodeids: leaves.nodes,
      target_ids: leaves.outputs,
      target_weights: { floats: leaves.values },
    },
    [1, 1],
    'float32',
    DOMAIN,
  );
}

/**
 * Two classes have one logit, and trees of the first class alone: what ONNX Runtime, like the converters of LightGBM and
 * XGBoost, takes for the logit of the second. What it does with two classes in any other form is not what ONNX says.
 */
function classifier(
  { trees, outputs, base }: TreeEnsemble,
  table: Value,
  gives: TreeExportOptions['gives'],
): Value {
  const isBinary = outputs === 1;
  const classes = isBinary ? 2 : outputs;
  const { leaves, ...nodes } = nodesOf(isBinary ? [constantTree(base[0] ?? 0), ...trees] : trees, outputs);
  const [, probabilities] = multipleOutputs(
    'TreeEnsembleClassifier',
    [table],
    {
      ...nodes,
      classlabels_int64s: Array.from({ length: classes }, (_, i) => i),
      ...(isBinary ? {} : { base_values: { floats: Array.from(base) } }),
      post_transform: isBinary ? 'LOGISTIC' : 'SOFTMAX',
      class_treeids: leaves.trees,
      class_nodeids: leaves.nodes,
      class_ids: leaves.outputs,
      class_weights: { floats: leaves.values },
    },
    [
      { shape: [1], type: 'int64' },
      { shape: [1, classes], type: 'float32' },
    ],
    DOMAIN,
  );
  if (!probabilities) throw new Error('A classifier has two outputs.');
  if (gives === 'probabilities') return probabilities;
  return singleOutput('Gather', [probabilities, vector([1], 'int64')], { axis: 1 }, [1, 1], 'float32');
}

/** A tree that gives one number whatever it is asked. */
function constantTree(value: number): DecisionTree {
  return {
    features: Int32Array.of(-1),
    thresholds: new Float32Array(1),
    missingLeft: new Uint8Array(1),
    left: new Int32Array(1),
    right: new Int32Array(1),
    values: Float32Array.of(value),
  };
}

interface Leaves {
  readonly trees: number[];
  readonly nodes: number[];
  readonly outputs: number[];
  readonly values: number[];
}

/** All nodes of all trees, one after the other, under the names of ONNX's attributes. */
function nodesOf(
  given: readonly DecisionTree[],
  outputs: number,
): {
  readonly nodes_treeids: number[];
  readonly nodes_nodeids: number[];
  readonly nodes_featureids: number[];
  readonly nodes_values: { readonly floats: number[] };
  readonly nodes_modes: { readonly strings: string[] };
  readonly nodes_truenodeids: number[];
  readonly nodes_falsenodeids: number[];
  readonly nodes_missing_value_tracks_true: number[];
  readonly leaves: Leaves;
} {
  // A model without trees has leaves that add nothing.
  const trees = given.length > 0 ? given : Array.from({ length: outputs }, () => constantTree(0));
  const ids: number[] = [];
  const nodes: number[] = [];
  const features: number[] = [];
  const trueNodes: number[] = [];
  const falseNodes: number[] = [];
  const missing: number[] = [];
  const thresholds: number[] = [];
  const modes: string[] = [];
  const leaves: Leaves = { trees: [], nodes: [], outputs: [], values: [] };
  trees.forEach((tree, id) => {
    tree.features.forEach((feature, node) => {
      const isLeaf = feature < 0;
      ids.push(id);
      nodes.push(node);
      features.push(isLeaf ? 0 : feature);
      thresholds.push(tree.thresholds[node] ?? 0);
      modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ');
      trueNodes.push(isLeaf ? 0 : (tree.left[node] ?? 0));
      falseNodes.push(isLeaf ? 0 : (tree.right[node] ?? 0));
      missing.push(isLeaf ? 0 : (tree.missingLeft[node] ?? 0));
      if (!isLeaf) return;
      leaves.trees.push(id);
      leaves.nodes.push(node);
      leaves.outputs.push(id % outputs);
      leaves.values.push(tree.values[node] ?? 0);
    });
  });
  return {
    nodes_treeids: ids,
    nodes_nodeids: nodes,
    nodes_featureids: features,
    nodes_values: { floats: thresholds },
    nodes_modes: { strings: modes },
    nodes_truenodeids: trueNodes,
    nodes_falsenodeids: falseNodes,
    nodes_missing_value_tracks_true: missing,
    leaves,
  };
}
