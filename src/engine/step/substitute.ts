import { engine, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { GraphBackend } from '../backend/backend';
import type { Value } from '../graph/value';

/** A tensor for a value of the graph, known to TensorFlow.js. */
export function tensorFor(backend: GraphBackend, value: Value): Tensor {
  return engine().makeTensorFromTensorInfo(backend.tensorOf(value), backend);
}

/**
 * Runs `work` while variables stand for values of the graph, and tells it how to read what they stand for at the
 * end. Afterwards the variables are what they were: nothing of theirs was copied or moved.
 */
export function substituting<T>(
  backend: GraphBackend,
  values: ReadonlyMap<Variable, Value>,
  work: (current: (variable: Variable) => Value) => T,
): T {
  const before = new Map([...values.keys()].map(variable => [variable, variable.dataId]));
  const standIns: Tensor[] = [];
  for (const [variable, value] of values) {
    const tensor = tensorFor(backend, value);
    standIns.push(tensor);
    variable.dataId = tensor.dataId;
  }
  try {
    return work(variable => backend.graphValue(variable));
  } finally {
    let i = 0;
    for (const [variable, dataId] of before) {
      const tensor = standIns[i++] as Tensor;
      if (variable.dataId !== tensor.dataId) engine().disposeTensor(variable);
      tensor.dispose();
      variable.dataId = dataId;
    }
  }
}
