import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { engineError, type EngineError } from '../engine-error';
import { type Value, scope } from '../graph/nodes-and-values';

/** What a TensorFlow.js kernel is called with, its tensors as values of the graph. */
export interface KernelCall {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Value | undefined>>;
  readonly attributes: NamedAttrMap | undefined;
}

/** Appends to the graph what a kernel computes; returns its results. */
export type Lowering = (call: KernelCall) => Value | readonly Value[];

/** Lowerings by the name of the TensorFlow.js kernel. */
export type Lowerings = Readonly<Record<string, Lowering>>;

/** A required input by its name. */
export function input(call: KernelCall, name: string): Value {
  const value = call.inputs[name];
  if (value === undefined) throw unsupportedKernel(call, `its input "${name}" is missing`);
  return value;
}

/** The inputs of a kernel that takes a list. */
export function inputList(call: KernelCall): Value[] {
  return Object.values(call.inputs).filter(value => value !== undefined);
}

/** The attributes as the interface that TensorFlow.js declares for the kernel. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names the interface at the call
export function attributes<T>(call: KernelCall): T {
  return (call.attributes ?? {}) as unknown as T;
}

/** The error for a case that the lowering knows it does not compute. */
export function unsupportedKernel(call: KernelCall, why: string): EngineError {
  const layer = scope() || Object.values(call.inputs).find(value => value?.node.scope)?.node.scope;
  const place = layer ? ` of layer "${layer}"` : '';
  return engineError('no-lowering', `The kernel ${call.name}${place} cannot be compiled: ${why}.`);
}
