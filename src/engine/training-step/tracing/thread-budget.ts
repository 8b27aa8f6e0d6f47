import { type Node, type Value, sizeOf } from '../../graph/nodes-and-values';
import type { TracedStep } from './trace-step';

/**
 * Operations of a step below which a second thread makes it slower, or no faster: its nodes are then so short that
 * handing them out costs what it saves. Measured on two cores: steps of 60 and 130 million operations took as long
 * with two threads as with one, or longer, steps of 280 million two thirds as long.
 */
const WORTH_SHARING = 200e6;

/**
 * How many of the allowed threads make a step faster. ONNX Runtime's `ScatterND` loses sums where two threads add to
 * one row (seen with 1.30: 4,096 ones in one row came to some 3,000), so a step with one has a single thread.
 */
export function threadBudget(step: TracedStep, allowed: number): number {
  if (allowed <= 1) return allowed;
  const nodes = nodesOf([...step.groups.map(({ gradient }) => gradient), step.loss]);
  if (nodes.some(sumsRows)) return 1;
  return nodes.reduce((sum, node) => sum + operationsOf(node), 0) < WORTH_SHARING ? 1 : allowed;
}

/** The nodes that values depend on. */
function nodesOf(results: readonly Value[]): readonly Node[] {
  const seen = new Set<Node>();
  const stack = results.map(({ node }) => node);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const input of next.inputs) if (input !== undefined) stack.push(input.node);
  }
  return [...seen];
}

function sumsRows({ op, attributes }: Node): boolean {
  return op === 'ScatterND' && attributes['reduction'] === 'add';
}

/** Multiplications and additions of a convolution or matrix product. */
function operationsOf({ op, inputs, outputs }: Node): number {
  const [a, b] = inputs;
  const result = outputs[0];
  if (a === undefined || b === undefined || result === undefined) return 0;
  const elements = sizeOf(result.shape);
  // A filter has the output channels first; each of its other elements is multiplied once per element of the result.
  if (op === 'Conv') return (2 * elements * sizeOf(b.shape)) / (b.shape[0] as number);
  if (op === 'ConvTranspose') return (2 * sizeOf(a.shape) * sizeOf(b.shape)) / (b.shape[0] as number);
  if (op === 'MatMul') return 2 * elements * (a.shape.at(-1) as number);
  // What is multiplied along is in both operands and not in the result, whichever of them is transposed.
  if (op === 'Gemm') return 2 * Math.sqrt(sizeOf(a.shape) * sizeOf(b.shape) * elements);
  return 0;
}
