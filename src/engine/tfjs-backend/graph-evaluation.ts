import {
  type Elements,
  type Node,
  type Value,
  constant,
  isConstant,
  sameShape,
} from '../graph/nodes-and-values';
import { encodeModel } from '../onnx/encode-model';
import { createSession, elementsOf, runtimeTensor } from '../runtime/onnxruntime';

/** The constant that `value` comes to: its graph is compiled, run once and forgotten. */
export async function evaluate(value: Value): Promise<Value> {
  const leaves = leavesOf(value);
  const inputs = leaves.map((leaf, i) => ({ name: `input${i}`, value: leaf }));
  const session = await createSession(encodeModel({ inputs, outputs: [{ name: 'result', value }] }));
  try {
    const feeds = await Promise.all(
      inputs.map(
        async port =>
          [
            port.name,
            await runtimeTensor(port.value.data as Elements, port.value.shape, port.value.type),
          ] as const,
      ),
    );
    const results = await session.run(Object.fromEntries(feeds));
    const result = results['result'];
    if (result === undefined || !sameShape(result.dims, value.shape)) {
      throw new Error(
        `A ${value.node.op} gave [${result?.dims.join() ?? ''}] instead of [${value.shape.join()}]`,
      );
    }
    return constant(elementsOf(result), value.shape, value.type);
  } finally {
    await session.release();
  }
}

/**
 * The float32 tensors that a graph starts from. Fed rather than embedded, so that the kernels run as they do in
 * a training step instead of being folded away; integers stay, because they are often shapes.
 */
function leavesOf(value: Value): Value[] {
  const seen = new Set<Node>();
  const leaves: Value[] = [];
  const stack = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next.node)) continue;
    seen.add(next.node);
    if (isConstant(next) && next.type === 'float32' && next.shape.length > 0) leaves.push(next);
    for (const input of next.node.inputs) if (input !== undefined) stack.push(input);
  }
  return leaves;
}
