import {
  type BackendValues,
  type DataId,
  DataStorage,
  KernelBackend,
  type TensorInfo,
  type TypedArray,
  engine,
  util,
} from '@tensorflow/tfjs-core';
import { engineError } from '../engine-error';
import { type ElementType, type Value, constant } from '../graph/nodes-and-values';
import { evaluate } from './graph-evaluation';

/** The name under which TensorFlow.js knows the compiler's backend. */
export const GRAPH_BACKEND = 'onnx-graph';

interface Entry {
  value: Value;
  references: number;
}

/**
 * A TensorFlow.js backend that computes nothing: its tensors are values of a graph, and what is read is
 * compiled and run at that moment.
 */
export class GraphBackend extends KernelBackend {
  private readonly storage = new DataStorage<Entry>(this, engine());

  /** The graph value behind a tensor. */
  graphValue(tensor: TensorInfo): Value {
    return this.storage.get(tensor.dataId).value;
  }

  /** A new tensor for a value of the graph. */
  tensorOf(value: Value): TensorInfo {
    const dataId = {};
    this.storage.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype: tensorType(value.type) };
  }

  /** Makes existing tensors with this data stand for another value. */
  replace(dataId: DataId, value: Value): void {
    this.storage.get(dataId).value = value;
  }

  override write(values: BackendValues | null, shape: number[], dtype: string): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: BackendValues | null,
    shape: number[],
    dtype: string,
    references: number,
  ): void {
    this.storage.set(dataId, { value: literal(values, shape, dtype), references });
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    const entry = this.storage.get(dataId);
    if (entry.value.data === undefined) entry.value = await evaluate(entry.value);
    return entry.value.data as TypedArray;
  }

  override readSync(dataId: DataId): BackendValues {
    const { value } = this.storage.get(dataId);
    if (value.data !== undefined) return value.data as TypedArray;
    throw engineError(
      'not-traceable',
      `A tensor is read while the training step is being recorded${value.node.scope && ` (layer "${value.node.scope}")`}. ` +
        'Its elements are not known yet: compute with tensors only, or use the "cpu" executor.',
    );
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.storage.has(dataId)) return true;
    const entry = this.storage.get(dataId);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.storage.delete(dataId);
    return true;
  }

  override incRef(dataId: DataId): void {
    if (this.storage.has(dataId)) this.storage.get(dataId).references++;
  }

  override refCount(dataId: DataId): number {
    return this.storage.has(dataId) ? this.storage.get(dataId).references : 0;
  }

  override numDataIds(): number {
    return this.storage.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    // Nothing is held outside the storage, which goes with the backend.
  }
}

function tensorType(type: ElementType): 'float32' | 'int32' | 'bool' {
  if (type === 'float32' || type === 'int32' || type === 'bool') return type;
  throw new Error(`A ${type} value cannot leave the graph`);
}

/** Elements from outside as a constant of the graph. */
function literal(values: BackendValues | null, shape: readonly number[], dtype: string): Value {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw engineError('bad-type', `Tensors of type ${dtype} cannot be compiled; use float32, int32 or bool.`);
  }
  const data = values ?? util.makeZerosTypedArray(util.sizeFromShape([...shape]), dtype);
  return constant(util.toTypedArray(data, dtype), shape, dtype);
}
