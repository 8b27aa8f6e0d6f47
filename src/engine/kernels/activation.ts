import type { Value } from '../graph/value';
import { refusal, type KernelCall } from './lowering';
import { unaryLowerings } from './unary';

const KERNEL: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/** The activation that a fused kernel names, applied to its result. */
export function activated(
  call: KernelCall,
  x: Value,
  activation: string | undefined,
  alpha: Value | undefined,
  slope: number | undefined,
): Value {
  if (activation === undefined || activation === 'linear') return x;
  const lower = unaryLowerings[KERNEL[activation] ?? ''];
  if (lower === undefined) throw refusal(call, `its activation is ${activation}`);
  return lower({ name: call.name, inputs: { x, alpha }, attributes: { alpha: slope ?? 0.2 } }) as Value;
}
