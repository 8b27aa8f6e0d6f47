/**
 * The intermediate representation between TensorFlow.js kernels and ONNX: an immutable graph of nodes.
 * A node knows its inputs, never its users, so what no output needs simply is not emitted.
 */

/** Element types of the graph; `int64`, `uint32` and `float64` only appear between nodes. */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64' | 'uint32' | 'float64';

export type Elements = Float32Array | Int32Array | Uint8Array | BigInt64Array | Uint32Array | Float64Array;

/** An ONNX attribute; a plain number is an integer, `{ float }` and `{ floats }` are floating-point numbers. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | Subgraph;
export type Attributes = Readonly<Record<string, Attribute>>;

/** A graph as an attribute: the body of a `Scan`. */
export interface Subgraph {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Placeholders that are constants after all. */
  readonly bound?: Bindings;
}

export type Bindings = ReadonlyMap<Value, Elements>;

/** One operation. `scope` is the layer that was being applied when it was recorded. */
export interface Node {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Attributes;
  readonly scope: string;
  readonly outputs: Value[];
}

/** One output of a node. Constants carry `data`; a `uniform` value repeats one number everywhere. */
export interface Value {
  readonly node: Node;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly data?: Elements;
  readonly uniform?: number;
}

export interface OutputType {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

interface NodeOptions {
  readonly domain?: string;
  readonly scope?: string;
}

let currentScope = '';

/** The layer whose operations are being recorded; the empty string outside any layer. */
export function scope(): string {
  return currentScope;
}

/** Runs `record` with its nodes attributed to `name`. */
export function withinScope<T>(name: string, record: () => T): T {
  const outer = currentScope;
  currentScope = name;
  try {
    return record();
  } finally {
    currentScope = outer;
  }
}

/** A node with several outputs. */
export function multipleOutputs(
  op: string,
  inputs: readonly (Value | undefined)[],
  attributes: Attributes,
  outputs: readonly OutputType[],
  options: NodeOptions = {},
): readonly Value[] {
  const from = inputs.find(input => input !== undefined && input.node.scope !== '');
  const node: Node = {
    op,
    domain: options.domain ?? '',
    inputs,
    attributes,
    scope: options.scope ?? (currentScope || (from?.node.scope ?? '')),
    outputs: [],
  };
  for (const { shape, type } of outputs) node.outputs.push({ node, shape, type });
  return node.outputs;
}

/** A node with one output. */
export function singleOutput(
  op: string,
  inputs: readonly (Value | undefined)[],
  attributes: Attributes,
  shape: readonly number[],
  type: ElementType,
  options: NodeOptions = {},
): Value {
  const [output] = multipleOutputs(op, inputs, attributes, [{ shape, type }], options);
  if (output === undefined) throw new Error(`${op} has no output`);
  return output;
}

/** A leaf that is fed when the graph runs. */
export function placeholder(name: string, shape: readonly number[], type: ElementType): Value {
  return singleOutput('Placeholder', [], { name }, shape, type);
}

/** The name of a placeholder. */
export function placeholderName(node: Node): string {
  const { name } = node.attributes;
  return typeof name === 'string' ? name : '';
}

/** A leaf whose elements are part of the graph. */
export function constant(data: Elements, shape: readonly number[], type: ElementType): Value {
  const node: Node = {
    op: 'Constant',
    domain: '',
    inputs: [],
    attributes: {},
    scope: currentScope,
    outputs: [],
  };
  const uniform = data.length > 0 ? uniformValue(data) : undefined;
  const value: Value = { node, shape, type, data, ...(uniform === undefined ? {} : { uniform }) };
  node.outputs.push(value);
  return value;
}

const UNIFORM_SEARCH = 64;

/** The number that every element equals, if the first elements already suggest it. */
function uniformValue(data: Elements): number | undefined {
  const first = data[0];
  const limit = Math.min(data.length, UNIFORM_SEARCH);
  for (let i = 1; i < limit; i++) if (data[i] !== first) return undefined;
  for (let i = limit; i < data.length; i++) if (data[i] !== first) return undefined;
  return Number(first);
}

/** How many elements a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}

export function isConstant(value: Value): boolean {
  return value.data !== undefined;
}

/** Whether computing `value` takes what `node` computes. */
export function dependsOn(value: Value, node: Node): boolean {
  const seen = new Set<Node>();
  const stack = [value.node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === node) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const input of next.inputs) if (input !== undefined) stack.push(input.node);
  }
  return false;
}

/** A typed array of the right kind for an element type. */
export function elements(type: ElementType, values: ArrayLike<number>): Elements {
  switch (type) {
    case 'float32':
      return Float32Array.from(values);
    case 'int32':
      return Int32Array.from(values);
    case 'bool':
      return Uint8Array.from(values);
    case 'uint32':
      return Uint32Array.from(values);
    case 'float64':
      return Float64Array.from(values);
    case 'int64':
      return BigInt64Array.from(Array.from(values, value => BigInt(value)));
  }
}

export function scalar(value: number, type: ElementType = 'float32'): Value {
  return constant(elements(type, [value]), [], type);
}

/** A one-dimensional list of 64-bit integers: what ONNX wants for shapes, axes and offsets. */
export function int64s(values: readonly number[]): Value {
  return constant(elements('int64', values), [values.length], 'int64');
}

export function vector(values: ArrayLike<number>, type: ElementType): Value {
  return constant(elements(type, values), [values.length], type);
}

/** A constant of any shape that repeats one number. */
export function filled(shape: readonly number[], value: number, type: ElementType): Value {
  return constant(elements(type, new Array<number>(sizeOf(shape)).fill(value)), shape, type);
}
