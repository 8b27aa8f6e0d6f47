import {
  type ArgMaxAttrs,
  type CumsumAttrs,
  type LogSoftmaxAttrs,
  type MaxAttrs,
  type SoftmaxAttrs,
  type SumAttrs,
  type TopKAttrs,
  util,
} from '@tensorflow/tfjs-core';
import { cast, logical, mul, where } from '../graph/elementwise';
import {
  type ElementType,
  type Value,
  int64s,
  multipleOutputs,
  scalar,
  singleOutput,
  sizeOf,
} from '../graph/nodes-and-values';
import { withSameSums } from '../graph/pooling';
import { type Reduction, reduce } from '../graph/reduction';
import { reshape } from '../graph/tensor-layout';
import {
  type KernelCall,
  type Lowering,
  type Lowerings,
  attributes,
  input,
  unsupportedKernel,
} from './lowering';

interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

function axesOf(call: KernelCall, x: Value): Axes {
  const { axis, reductionIndices, keepDims } = attributes<Partial<SumAttrs & MaxAttrs>>(call);
  const given = axis ?? reductionIndices;
  return {
    axes: util.parseAxisParam(given ?? (null as unknown as number), [...x.shape]),
    keepDims: keepDims ?? false,
  };
}

/** A reduction whose result has the type that `widen` gives for the input's. */
function reduction(op: Reduction, widen: (type: ElementType) => ElementType): Lowering {
  return call => {
    const x = input(call, 'x');
    const { axes, keepDims } = axesOf(call, x);
    const source = op === 'ReduceSum' ? withSameSums(x, axes) : x;
    return reduce(op, cast(source, widen(x.type)), axes, keepDims);
  };
}

/** ONNX Runtime's extrema pass over NaN, TensorFlow.js's do not. */
function extremum(op: 'ReduceMax' | 'ReduceMin'): Lowering {
  return call => {
    const x = input(call, 'x');
    const { axes, keepDims } = axesOf(call, x);
    const best = reduce(op, x, axes, keepDims);
    if (x.type !== 'float32') return best;
    const tainted = reduce('ReduceMax', cast(logical('IsNaN', x), 'int32'), axes, keepDims);
    return where(cast(tainted, 'bool'), scalar(NaN), best);
  };
}

const integerIfBoolean = (type: ElementType): ElementType => (type === 'bool' ? 'int32' : type);

/** Reductions of booleans, computed on 0 and 1. */
function logicalReduction(op: Reduction): Lowering {
  return call => {
    const x = input(call, 'x');
    const { axes, keepDims } = axesOf(call, x);
    return cast(reduce(op, cast(x, 'int32'), axes, keepDims), 'bool');
  };
}

function mean(call: KernelCall): Value {
  const x = cast(input(call, 'x'), 'float32');
  const { axes, keepDims } = axesOf(call, x);
  const count = sizeOf(axes.map(axis => x.shape[axis] as number));
  return mul(reduce('ReduceSum', x, axes, keepDims), scalar(1 / count));
}

function extremumIndex(op: 'ArgMax' | 'ArgMin'): Lowering {
  return call => {
    const given = input(call, 'x');
    // TensorFlow.js passes over NaN, ONNX takes it for the extremum.
    const worst = scalar(op === 'ArgMax' ? -Infinity : Infinity);
    const x = given.type === 'float32' ? where(logical('IsNaN', given), worst, given) : cast(given, 'int32');
    const [axis] = util.parseAxisParam(attributes<ArgMaxAttrs>(call).axis, [...x.shape]) as [number];
    const shape = x.shape.filter((_, i) => i !== axis);
    return cast(singleOutput(op, [x], { axis, keepdims: 0, select_last_index: 0 }, shape, 'int64'), 'int32');
  };
}

function normalise(op: 'Softmax' | 'LogSoftmax'): Lowering {
  return call => {
    const x = input(call, 'logits');
    const { dim, axis } = attributes<Partial<SoftmaxAttrs & LogSoftmaxAttrs>>(call);
    const last = x.shape.length - 1;
    const along = dim ?? axis ?? last;
    return singleOutput(
      op,
      [cast(x, 'float32')],
      { axis: along < 0 ? along + last + 1 : along },
      x.shape,
      'float32',
    );
  };
}

function cumulativeSum(call: KernelCall): Value {
  const x = cast(input(call, 'x'), integerIfBoolean(input(call, 'x').type));
  const { axis, exclusive, reverse } = attributes<CumsumAttrs>(call);
  const along = scalar(axis < 0 ? axis + x.shape.length : axis, 'int32');
  const flags = { exclusive: Number(exclusive), reverse: Number(reverse) };
  return singleOutput('CumSum', [x, along], flags, x.shape, x.type);
}

function topK(call: KernelCall): readonly Value[] {
  const x = input(call, 'x');
  const { k } = attributes<TopKAttrs>(call);
  const shape = [...x.shape.slice(0, -1), k];
  if (k === 0 || sizeOf(x.shape) === 0) throw unsupportedKernel(call, 'it selects nothing');
  const [values, indices] = multipleOutputs('TopK', [x, int64s([k])], { axis: -1, sorted: 1 }, [
    { shape, type: x.type },
    { shape, type: 'int64' },
  ]) as [Value, Value];
  return [values, cast(indices, 'int32')];
}

export const reductionLowerings: Lowerings = {
  Sum: reduction('ReduceSum', integerIfBoolean),
  Prod: reduction('ReduceProd', integerIfBoolean),
  Max: extremum('ReduceMax'),
  Min: extremum('ReduceMin'),
  Mean: mean,
  All: logicalReduction('ReduceMin'),
  Any: logicalReduction('ReduceMax'),
  ArgMax: extremumIndex('ArgMax'),
  ArgMin: extremumIndex('ArgMin'),
  Softmax: normalise('Softmax'),
  LogSoftmax: normalise('LogSoftmax'),
  Cumsum: cumulativeSum,
  TopK: topK,
  Reshape: call => {
    const x = input(call, 'x');
    const shape = util.inferFromImplicitShape(attributes<{ shape: number[] }>(call).shape, sizeOf(x.shape));
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      throw unsupportedKernel(call, `[${x.shape.join()}] does not fit into [${shape.join()}]`);
    }
    return reshape(x, shape);
  },
};
