import { type EngineError, engineError } from '../engine-error';
import { type OnnxGraph, type OnnxModel, type OnnxNode, describeNode } from './onnx-graph';

/** Operator sets that ONNX Runtime brings. */
const DOMAINS = new Set(['', 'ai.onnx.ml', 'com.microsoft', 'com.microsoft.nchwc']);
/** Operators that a file can make run without end. */
const ENDLESS = new Set(['Loop']);

/**
 * Refuses what cannot or must not be run, before anything is.
 *
 * @throws EngineError `bad-model` naming operator and node
 */
export function checkOperators({ graph, functions, path }: OnnxModel): void {
  const own = new Set(functions.map(({ domain, name }) => `${domain}.${name}`));
  const constants = constantsOf(graph);
  for (const node of [...functions.flatMap(({ nodes }) => nodes.flatMap(withInner)), ...nodesOf(graph)]) {
    if (!DOMAINS.has(node.domain) && !own.has(`${node.domain}.${node.op}`))
      throw refused(
        path,
        node,
        'which ONNX Runtime does not have. Export the model with the standard operators of ONNX.',
      );
    const elements = grownTo(node, constants);
    if (!(elements <= MOST_ELEMENTS))
      throw refused(
        path,
        node,
        `which asks for ${elements} numbers at once; at most ${MOST_ELEMENTS} are computed.`,
      );
    if (node.domain === '' && ENDLESS.has(node.op))
      throw refused(path, node, 'which may run without end. Export the model with its loops unrolled.');
  }
}

/** Numbers in one value: a batch of 8 images at 1,024×1,024 with 32 channels. */
const MOST_ELEMENTS = 2 ** 28;

/** Operators that make a value of the shape, or so many times as large, as one of their inputs says. */
const GROWING = new Map([
  ['ConstantOfShape', 0],
  ['Expand', 1],
  ['Tile', 1],
]);

/** How many numbers a node with a constant shape asks for; 0 where that is known only when it runs. */
function grownTo(
  { op, domain, inputs }: OnnxNode,
  constants: ReadonlyMap<string, readonly number[]>,
): number {
  const at = domain === '' ? GROWING.get(op) : undefined;
  const shape = at === undefined ? undefined : constants.get(inputs[at] ?? '');
  return shape?.reduce((product, axis) => product * Math.max(1, axis), 1) ?? 0;
}

function constantsOf({ nodes, initializers }: OnnxGraph): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  for (const { name, ints } of initializers.values()) if (ints) found.set(name, ints);
  for (const { constant, outputs } of nodes) if (constant?.ints) found.set(outputs[0] ?? '', constant.ints);
  return found;
}

/** What ONNX Runtime says of an operator that it does not know, with the node that has it. */
export function unknownOperator({ graph, path }: OnnxModel, message: string): EngineError | undefined {
  const [, op] =
    /(?<![\w])(\w{1,80})\(-?\d{1,9}\) is not a registered function/.exec(message) ??
    /No Op registered for (\w+)/.exec(message) ??
    [];
  const node = op === undefined ? undefined : nodesOf(graph).find(each => each.op === op);
  return (
    node &&
    refused(
      path,
      node,
      'which ONNX Runtime does not have in this version. Export the model with another opset.',
    )
  );
}

function nodesOf(graph: OnnxGraph): OnnxNode[] {
  return graph.nodes.flatMap(withInner);
}

function withInner(node: OnnxNode): OnnxNode[] {
  return node.subgraphs.length === 0 ? [node] : [node, ...node.subgraphs.flatMap(nodesOf)];
}

function refused(path: string, node: OnnxNode, reason: string): EngineError {
  return engineError(
    'bad-model',
    `${path} cannot be used as a checkpoint: it has ${describeNode(node)}, ${reason}`,
  );
}
