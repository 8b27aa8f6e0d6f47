import {
  type BatchMatMulAttrs,
  type EinsumAttrs,
  type _FusedMatMulAttrs,
  backend_util,
} from '@tensorflow/tfjs-core';
import { broadcastShape, cast } from '../graph/elementwise';
import { batchMatMul, gemm } from '../graph/matrix-product';
import { type Value, singleOutput } from '../graph/nodes-and-values';
import { reshape } from '../graph/tensor-layout';
import { binaryLowerings } from './binary-lowerings';
import { type KernelCall, type Lowerings, attributes, input, inputList, unsupportedKernel } from './lowering';
import { applyActivation } from './unary-lowerings';

function product(call: KernelCall): Value {
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  const { transposeA, transposeB } = attributes<BatchMatMulAttrs>(call);
  const inner = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  if (a.shape.length < 2 || b.shape.length < 2 || inner[0] !== inner[1]) {
    throw unsupportedKernel(call, `[${a.shape.join()}] and [${b.shape.join()}] have no product`);
  }
  backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (a.type === 'float32') return matrices(a, b, transposeA, transposeB);
  return batchMatMul(cast(a, 'int32'), cast(b, 'int32'), transposeA, transposeB);
}

/** Stacks of one matrix are single matrices, whose product takes its bias along. */
function matrices(a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batch.some(count => count !== 1)) return batchMatMul(a, b, transposeA, transposeB);
  const result = gemm(reshape(a, a.shape.slice(-2)), reshape(b, b.shape.slice(-2)), {
    transposeA,
    transposeB,
  });
  return reshape(result, [...batch, ...result.shape]);
}

function fusedProduct(call: KernelCall): Value {
  const a = attributes<_FusedMatMulAttrs>(call);
  const result = product(call);
  const bias = call.inputs['bias'];
  const flat = result.node.op === 'Reshape' ? (result.node.inputs[0] as Value) : result;
  const sum = bias ? (binaryLowerings['Add']?.({ ...call, inputs: { a: flat, b: bias } }) as Value) : flat;
  const slope = call.inputs['preluActivationWeights'];
  return reshape(applyActivation(call, sum, a.activation, slope, a.leakyreluAlpha), result.shape);
}

function einsum(call: KernelCall): Value {
  const values = inputList(call).map(value => cast(value, 'float32'));
  const { equation } = attributes<EinsumAttrs>(call);
  const shapes = values.map(value => [...value.shape]);
  const decoded = backend_util.decodeEinsumEquation(equation, values.length);
  backend_util.checkEinsumDimSizes(
    decoded.allDims.length,
    decoded.idDims,
    shapes.map(shape => ({ shape })) as never,
  );
  const [left = '', right = ''] = equation.replace(/\s/g, '').split('->');
  const sizes = new Map<string, number>();
  left.split(',').forEach((letters, i) => {
    letters.split('').forEach((letter, axis) => sizes.set(letter, values[i]?.shape[axis] as number));
  });
  const shape = right.split('').map(letter => sizes.get(letter) as number);
  return singleOutput('Einsum', values, { equation: `${left}->${right}` }, shape, 'float32');
}

export const matrixLowerings: Lowerings = {
  BatchMatMul: product,
  _FusedMatMul: fusedProduct,
  Einsum: einsum,
};
