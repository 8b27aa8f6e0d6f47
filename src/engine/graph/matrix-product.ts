import { broadcastShape } from './elementwise';
import { type Value, singleOutput } from './nodes-and-values';
import { reshape, transpose, viewOf } from './tensor-layout';

interface Flags {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A row or a whole matrix that is added to the product. */
  readonly bias?: Value | undefined;
}

/** A product of two matrices, as one `Gemm`. */
export function gemm(a: Value, b: Value, flags: Flags = {}): Value {
  const left = untransposed(a);
  const right = untransposed(b);
  const transposeA = (flags.transposeA ?? false) !== left.flipped;
  const transposeB = (flags.transposeB ?? false) !== right.flipped;
  const rows = left.value.shape[transposeA ? 1 : 0] as number;
  const columns = right.value.shape[transposeB ? 0 : 1] as number;
  const inputs = flags.bias ? [left.value, right.value, flags.bias] : [left.value, right.value];
  const attributes = { transA: Number(transposeA), transB: Number(transposeB) };
  return singleOutput('Gemm', inputs, attributes, [rows, columns], a.type);
}

function untransposed(matrix: Value): { value: Value; flipped: boolean } {
  const view = viewOf(matrix);
  return view?.key === '1,0' ? { value: view.source, flipped: true } : { value: matrix, flipped: false };
}

/** The same product plus a row, when `product` is a `Gemm` that has none yet. */
export function withBias(product: Value, bias: Value): Value | undefined {
  const { node } = product;
  const [a, b, c] = node.inputs;
  if (node.op !== 'Gemm' || c !== undefined || a === undefined || b === undefined) return undefined;
  const columns = product.shape[1] as number;
  if (bias.shape.at(-1) !== columns || bias.shape.some((d, i) => i < bias.shape.length - 1 && d !== 1)) {
    return undefined;
  }
  return singleOutput('Gemm', [a, b, reshape(bias, [columns])], node.attributes, product.shape, product.type);
}

/** Products of stacks of matrices; the leading axes broadcast. */
export function batchMatMul(a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const left = transposeA ? transpose(a, swapped(a.shape.length)) : a;
  const right = transposeB ? transpose(b, swapped(b.shape.length)) : b;
  const shape = [...batch, left.shape.at(-2) as number, right.shape.at(-1) as number];
  return singleOutput('MatMul', [left, right], {}, shape, a.type);
}

function swapped(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, i) => i);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}
