import {
  type CastAttrs,
  type ClipByValueAttrs,
  type LeakyReluAttrs,
  type StepAttrs,
  backend_util,
} from '@tensorflow/tfjs-core';
import { withActivation } from '../graph/convolution';
import { add, cast, div, elementwise, logical, mul, not, sub, unary, where } from '../graph/elementwise';
import { type Value, filled, scalar } from '../graph/nodes-and-values';
import { positive } from '../graph/pooling';
import {
  type KernelCall,
  type Lowering,
  type Lowerings,
  attributes,
  input,
  unsupportedKernel,
} from './lowering';

/** Kernels that ONNX has under a name of its own, on real numbers. */
const REAL: Readonly<Record<string, string>> = {
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Erf: 'Erf',
  Exp: 'Exp',
  Log: 'Log',
  Reciprocal: 'Reciprocal',
  Sigmoid: 'Sigmoid',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
  Tanh: 'Tanh',
};

/** Kernels that do nothing to integers. */
const ROUNDING: Readonly<Record<string, string>> = { Ceil: 'Ceil', Floor: 'Floor', Round: 'Round' };

const real = (call: KernelCall): Value => cast(input(call, 'x'), 'float32');

function table(names: Readonly<Record<string, string>>, make: (op: string) => Lowering): Lowerings {
  return Object.fromEntries(Object.entries(names).map(([kernel, op]) => [kernel, make(op)]));
}

/** The rectified value of each value that has been rectified: where it is positive, the derivative is one. */
const rectified = new WeakMap<Value, Value>();
/** The rectified value that a derivative belongs to. */
const derivativeOf = new WeakMap<Value, Value>();

/** The rectified value whose derivative `value` is. */
export function rectifierBehind(value: Value): Value | undefined {
  return derivativeOf.get(value);
}

function relu(call: KernelCall): Value {
  const x = input(call, 'x');
  if (x.type === 'bool') throw unsupportedKernel(call, 'its input is boolean');
  if (x.type !== 'float32') return elementwise('Max', [x, scalar(0, x.type)], x.type);
  const y = withActivation(x, 'Relu') ?? unary('Relu', x);
  rectified.set(x, y);
  return y;
}

function step(call: KernelCall): Value {
  const x = input(call, 'x');
  if (x.type === 'bool') throw unsupportedKernel(call, 'its input is boolean');
  const alpha = attributes<StepAttrs>(call).alpha;
  const y = rectified.get(x);
  if (alpha === 0 && y !== undefined) {
    const derivative = positive(y);
    derivativeOf.set(derivative, y);
    return derivative;
  }
  const high = where(logical('Greater', x, scalar(0, x.type)), scalar(1, x.type), scalar(alpha, x.type));
  if (x.type !== 'float32') return high;
  return where(logical('IsNaN', x), x, high);
}

function clip(call: KernelCall): Value {
  const x = input(call, 'x');
  const { clipValueMin, clipValueMax } = attributes<ClipByValueAttrs>(call);
  return elementwise('Clip', [x, scalar(clipValueMin, x.type), scalar(clipValueMax, x.type)], x.type);
}

function expm1(call: KernelCall): Value {
  const x = real(call);
  const exp = unary('Exp', x);
  // exp(x) - 1 = tanh(x / 2) (exp(x) + 1), which loses no digits near zero.
  return mul(unary('Tanh', mul(x, scalar(0.5))), add(exp, scalar(1)));
}

function sign(call: KernelCall): Value {
  const x = input(call, 'x');
  if (x.type !== 'float32') return unary('Sign', x);
  return where(logical('IsNaN', x), scalar(0), unary('Sign', x));
}

function isFinite(call: KernelCall): Value {
  const x = real(call);
  return not(logical('Or', logical('IsNaN', x), logical('IsInf', x)));
}

function squared(x: Value): Value {
  return mul(x, x);
}

export const unaryLowerings: Lowerings = {
  ...table(REAL, op => call => unary(op, real(call))),
  ...table(ROUNDING, op => call => {
    const x = input(call, 'x');
    return x.type === 'float32' ? unary(op, x) : x;
  }),
  Abs: call => unary('Abs', input(call, 'x')),
  Neg: call => unary('Neg', input(call, 'x')),
  Sign: sign,
  Square: call => squared(input(call, 'x')),
  Rsqrt: call => unary('Reciprocal', unary('Sqrt', real(call))),
  Log1p: call => unary('Log', add(real(call), scalar(1))),
  Expm1: expm1,
  Relu: relu,
  Relu6: call => {
    const x = input(call, 'x');
    return elementwise('Clip', [x, scalar(0, x.type), scalar(6, x.type)], x.type);
  },
  LeakyRelu: call =>
    unary('LeakyRelu', real(call), { alpha: { float: attributes<LeakyReluAttrs>(call).alpha } }),
  Elu: call => unary('Elu', real(call)),
  EluGrad: call => {
    const [dy, y] = [input(call, 'dy'), input(call, 'y')];
    return mul(dy, where(logical('GreaterOrEqual', y, scalar(0)), scalar(1), add(y, scalar(1))));
  },
  Selu: call => unary('Selu', real(call)),
  Step: step,
  ClipByValue: clip,
  IsNan: call => logical('IsNaN', real(call)),
  IsInf: call => logical('IsInf', real(call)),
  IsFinite: isFinite,
  LogicalNot: call => not(cast(input(call, 'x'), 'bool')),
  Cast: call => {
    const { dtype } = attributes<CastAttrs>(call);
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw unsupportedKernel(call, `it converts to ${dtype}`);
    }
    return cast(input(call, 'x'), dtype);
  },
  ZerosLike: call => filled(input(call, 'x').shape, 0, input(call, 'x').type),
  OnesLike: call => filled(input(call, 'x').shape, 1, input(call, 'x').type),
  Prelu: call => {
    const [x, alpha] = [real(call), cast(input(call, 'alpha'), 'float32')];
    return where(logical('Less', x, scalar(0)), mul(alpha, x), add(x, mul(alpha, scalar(0))));
  },
  SquaredDifference: call => {
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
    return squared(sub(a, b));
  },
  RealDiv: call => {
    const [a, b] = [cast(input(call, 'a'), 'float32'), cast(input(call, 'b'), 'float32')];
    backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
    return div(a, b);
  },
};

const KERNEL: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/** The activation that a fused kernel names, applied to its result. */
export function applyActivation(
  call: KernelCall,
  x: Value,
  activation: string | undefined,
  alpha: Value | undefined,
  slope: number | undefined,
): Value {
  if (activation === undefined || activation === 'linear') return x;
  const lower = unaryLowerings[KERNEL[activation] ?? ''];
  if (lower === undefined) throw unsupportedKernel(call, `its activation is ${activation}`);
  return lower({ name: call.name, inputs: { x, alpha }, attributes: { alpha: slope ?? 0.2 } }) as Value;
}
