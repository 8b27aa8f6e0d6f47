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
  for (const node of [...functions.flatMap(({ nodes }) => nodes.flatMap(withInner)), ...nodesOf(graph)]) {
    if (!DOMAINS.has(node.domain) && !own.has(`${node.domain}.${node.op}`))
      throw refused(
        path,
        node,
        'which ONNX Runtime does not have. Export the model with the standard operators of ONNX.',
      );
    if (node.domain === '' && ENDLESS.has(node.op))
      throw refused(path, node, 'which may run without end. Export the model with its loops unrolled.');
  }
}

/** What ONNX Runtime says of an operator that it does not know, with the node that has it. */
export function unknownOperator({ graph, path }: OnnxModel, message: string): EngineError | undefined {
  const [, op] =
    /(\w+)\(-?\d+\) is not a registered function/.exec(message) ??
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
