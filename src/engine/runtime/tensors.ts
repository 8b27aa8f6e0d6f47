import type { Tensor } from 'onnxruntime-node';
import type { Elements, ElementType } from '../graph/value';
import { loadRuntime } from './onnxruntime';

/** Elements as a tensor that a session can be fed; no copy is made. */
export async function feed(data: Elements, shape: readonly number[], type: ElementType): Promise<Tensor> {
  const { Tensor: OrtTensor } = await loadRuntime();
  return new OrtTensor(type as 'float32', data as Float32Array, shape);
}

/** The elements of a session's result. */
export function elementsOf(tensor: Tensor): Elements {
  return tensor.data as Elements;
}
