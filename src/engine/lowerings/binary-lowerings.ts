import { backend_util } from '@tensorflow/tfjs-core';
import { withConvolutionBias } from '../graph/convolution';
import { add, cast, div, elementwise, logical, mul, not, sub, unary, where } from '../graph/elementwise';
import { withBias } from '../graph/matrix-product';
import { type Value, scalar, vector } from '../graph/nodes-and-values';
import { rectifiedMaxPoolGradient } from '../graph/pooling';
import { reshape } from '../graph/tensor-layout';
import {
  type KernelCall,
  type Lowering,
  type Lowerings,
  input,
  inputList,
  unsupportedKernel,
} from './lowering';
import { rectifierBehind } from './unary-lowerings';

type Combine = (a: Value, b: Value) => Value;

function arithmetic(combine: Combine): Lowering {
  return call => {
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
    if (a.type === 'bool') throw unsupportedKernel(call, 'it computes with booleans; cast them to int32');
    return combine(a, b);
  };
}

/** A sum; a row that is added to a matrix product or a convolution becomes part of it. */
function sum(a: Value, b: Value): Value {
  return (
    withBias(a, b) ?? withBias(b, a) ?? withConvolutionBias(a, b) ?? withConvolutionBias(b, a) ?? add(a, b)
  );
}

/** A difference; a row that is subtracted from a convolution becomes part of it. */
function difference(a: Value, b: Value): Value {
  return (a.type === 'float32' && withConvolutionBias(a, unary('Neg', b))) || sub(a, b);
}

/** A product; a derivative of a rectifier is applied to a gradient of max pooling before that is spread out. */
function product(a: Value, b: Value): Value {
  const [left, right] = [rectifierBehind(a), rectifierBehind(b)];
  return (
    (right && rectifiedMaxPoolGradient(a, right)) ?? (left && rectifiedMaxPoolGradient(b, left)) ?? mul(a, b)
  );
}

/** Comparisons of booleans compare 0 and 1. */
function comparison(op: string): Lowering {
  return call => {
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    const type = a.type === 'bool' ? 'int32' : a.type;
    return logical(op, cast(a, type), cast(b, type));
  };
}

function logic(op: string): Lowering {
  return call => logical(op, cast(input(call, 'a'), 'bool'), cast(input(call, 'b'), 'bool'));
}

/** The remainder with the sign of the divisor. */
function floorMod(a: Value, b: Value): Value {
  if (a.type === 'int32') return elementwise('Mod', [a, b], 'int32');
  const rest = elementwise('Mod', [a, b], 'float32', { fmod: 1 });
  const zero = scalar(0);
  const sameSign = not(logical('Xor', logical('Less', a, zero), logical('Less', b, zero)));
  const shifted = elementwise('Mod', [add(rest, b), b], 'float32', { fmod: 1 });
  return where(sameSign, rest, shifted);
}

/** The quotient towards minus infinity; integers go through float64, where they are exact. */
function floorDiv(a: Value, b: Value): Value {
  if (a.type === 'float32') return unary('Floor', div(a, b));
  const wide = elementwise('Div', [cast(a, 'float64'), cast(b, 'float64')], 'float64');
  return cast(unary('Floor', wide), 'int32');
}

function atan2(y: Value, x: Value): Value {
  const zero = scalar(0);
  const principal = unary('Atan', div(y, x));
  const half = where(logical('Less', y, zero), scalar(-Math.PI), scalar(Math.PI));
  const left = where(logical('Less', x, zero), add(principal, half), principal);
  const vertical = mul(unary('Sign', y), scalar(Math.PI / 2));
  const onAxis = where(logical('Equal', x, zero), vertical, left);
  return where(logical('Or', logical('IsNaN', x), logical('IsNaN', y)), add(x, y), onAxis);
}

function extremum(op: 'Max' | 'Min'): Combine {
  return (a, b) => elementwise(op, [a, b], a.type);
}

/** TensorFlow.js lets a vector choose between the rows of two higher-dimensional tensors. */
function select(call: KernelCall): Value {
  const [condition, then, otherwise] = [input(call, 'condition'), input(call, 't'), input(call, 'e')];
  const rank = then.shape.length;
  const rows = condition.shape.length === 1 && rank > 1;
  const mask = rows
    ? reshape(condition, [...condition.shape, ...new Array<number>(rank - 1).fill(1)])
    : condition;
  return where(cast(mask, 'bool'), then, otherwise);
}

function addN(call: KernelCall): Value {
  const [first, ...rest] = inputList(call);
  if (first === undefined) throw unsupportedKernel(call, 'it has no inputs');
  return rest.reduce((total, value) => add(total, value), first);
}

export const binaryLowerings: Lowerings = {
  Add: arithmetic(sum),
  Sub: arithmetic(difference),
  Multiply: arithmetic(product),
  Maximum: arithmetic(extremum('Max')),
  Minimum: arithmetic(extremum('Min')),
  Pow: arithmetic((a, b) => elementwise('Pow', [a, b], a.type)),
  Mod: arithmetic(floorMod),
  FloorDiv: arithmetic(floorDiv),
  Atan2: arithmetic(atan2),
  BitwiseAnd: arithmetic((a, b) => elementwise('BitwiseAnd', [a, b], a.type)),
  Equal: comparison('Equal'),
  NotEqual: call => not(comparison('Equal')(call) as Value),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: logic('And'),
  LogicalOr: logic('Or'),
  LogicalXor: logic('Xor'),
  Select: select,
  AddN: addN,
  BroadcastArgs: call => {
    const [a, b] = [input(call, 's0'), input(call, 's1')];
    if (a.data === undefined || b.data === undefined)
      throw unsupportedKernel(call, 'its shapes depend on data');
    const shape = backend_util.assertAndGetBroadcastShape(
      Array.from(a.data, Number),
      Array.from(b.data, Number),
    );
    return vector(shape, 'int32');
  },
};
