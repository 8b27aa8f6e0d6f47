import { constant, sizeOf, type Elements, type ElementType, type Value } from './value';

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
