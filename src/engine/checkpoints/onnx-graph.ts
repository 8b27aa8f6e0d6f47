/** A model as it stands in an ONNX file: what is looked at is read, everything keeps its bytes. */
export interface OnnxModel {
  /** Where it was read, for messages. */
  readonly path: string;
  readonly irVersion: number;
  /** Versions of the operator sets by domain; the domain of ONNX itself is the empty text. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: OnnxGraph;
  /** Functions of the model itself, by domain and name, as messages. */
  readonly functions: readonly OnnxFunction[];
}

export interface OnnxFunction {
  readonly domain: string;
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly message: Uint8Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  /** Names of values; an empty one is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What a `Constant` gives, where it is a tensor. */
  readonly constant: OnnxTensor | undefined;
  /** Graphs in its attributes: the branches of an `If`. */
  readonly subgraphs: readonly OnnxGraph[];
  readonly message: Uint8Array;
}

/** Constants of a model. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** `TensorProto.DataType`. */
  readonly type: number;
  /** The elements of a short list of whole numbers, such as a shape. */
  readonly ints: readonly number[] | undefined;
  /** The elements in the file's own order, little-endian, where the file has them so. */
  readonly raw: Uint8Array | undefined;
  /** Where its elements are when they are in another file, as it is written. */
  readonly external: ReadonlyMap<string, string> | undefined;
  readonly message: Uint8Array;
}

/** An input or output of a graph. */
export interface OnnxValue {
  readonly name: string;
  /** `TensorProto.DataType`; 0 where it is not a tensor. */
  readonly type: number;
  /** Lengths of its axes; `undefined` for one that is known only when it runs. Absent where not even their number is stated. */
  readonly shape: readonly (number | undefined)[] | undefined;
  readonly message: Uint8Array;
}

/** How a message calls a node: by its operator and its name, or by what it gives. */
export function describeNode({ op, domain, name, outputs }: OnnxNode): string {
  const operator = domain === '' ? op : `${domain}.${op}`;
  return `${operator} (${name === '' ? `the node of "${outputs[0] ?? ''}"` : `node "${name}"`})`;
}
