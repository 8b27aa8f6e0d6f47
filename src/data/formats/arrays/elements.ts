/** Reads elements of one NumPy type out of bytes. */
export interface ElementReader {
  readonly size: number;
  readonly isText: boolean;
  number(view: DataView, offset: number): number;
  text(view: DataView, offset: number): string;
}

/** The reader of elements of `dtype` (`<f4`, `>i2`, `|u1`, `<U10`, `|S5`); `undefined` for other types. */
export function elementReader(dtype: string): ElementReader | undefined {
  const [, order = '', kind = '', digits = ''] = /^([<>|=]?)([a-zA-Z])(\d+)/.exec(dtype) ?? [];
  const size = Number(digits);
  const little = order !== '>';
  if (kind === 'S' || kind === 'U') return textReader(kind, size, little);
  const number = numberReaders(little)[`${kind}${size}`];
  return number && { size, isText: false, number, text: (view, offset) => String(number(view, offset)) };
}

type NumberReader = (view: DataView, offset: number) => number;

function numberReaders(little: boolean): Readonly<Record<string, NumberReader>> {
  return {
    b1: (view, at) => view.getUint8(at),
    u1: (view, at) => view.getUint8(at),
    i1: (view, at) => view.getInt8(at),
    u2: (view, at) => view.getUint16(at, little),
    i2: (view, at) => view.getInt16(at, little),
    u4: (view, at) => view.getUint32(at, little),
    i4: (view, at) => view.getInt32(at, little),
    u8: (view, at) => Number(view.getBigUint64(at, little)),
    i8: (view, at) => Number(view.getBigInt64(at, little)),
    f2: (view, at) => halfFloat(view.getUint16(at, little)),
    f4: (view, at) => view.getFloat32(at, little),
    f8: (view, at) => view.getFloat64(at, little),
  };
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function textReader(kind: 'S' | 'U', length: number, little: boolean): ElementReader {
  const text = (view: DataView, offset: number): string => {
    if (kind === 'S') {
      const bytes = Buffer.from(view.buffer, view.byteOffset + offset, length);
      return bytes.toString('utf8').replace(/\0+$/, '');
    }
    let result = '';
    for (let i = 0; i < length; i++) {
      const point = view.getUint32(offset + 4 * i, little);
      if (point > 0 && point <= 0x10ffff) result += String.fromCodePoint(point);
    }
    return result;
  };
  return {
    size: kind === 'U' ? 4 * length : length,
    isText: true,
    number: (view, offset) => Number(text(view, offset) || NaN),
    text,
  };
}
