import {
  type FillAttrs,
  type GatherV2Attrs,
  type LinSpaceAttrs,
  type OneHotAttrs,
  type RangeAttrs,
  type ScatterNdAttrs,
  type SparseToDenseAttrs,
  type Tensor,
  type UnsortedSegmentSumAttrs,
  backend_util,
  gather_util,
} from '@tensorflow/tfjs-core';
import { cast, logical, where } from '../graph/elementwise';
import {
  type ElementType,
  type Value,
  filled,
  scalar,
  singleOutput,
  sizeOf,
  vector,
} from '../graph/nodes-and-values';
import { expand, gather, slice } from '../graph/slicing-and-joining';
import { reshape, transpose } from '../graph/tensor-layout';
import { type KernelCall, type Lowerings, attributes, input, unsupportedKernel } from './lowering';

/** Indices that a gather has used: they are known not to be negative. */
const gathered = new WeakSet<Value>();

/** The value that reshapes and conversions of `value` come from. */
function origin(value: Value): Value {
  const { op, inputs } = value.node;
  return (op === 'Reshape' || op === 'Cast') && inputs[0] ? origin(inputs[0]) : value;
}

function gatherRows(call: KernelCall): Value {
  const [x, indices] = [input(call, 'x'), cast(input(call, 'indices'), 'int32')];
  const { axis, batchDims } = attributes<GatherV2Attrs>(call);
  const along = axis < 0 ? axis + x.shape.length : axis;
  backend_util.segment_util.collectGatherOpShapeInfo(asTensor(x), asTensor(indices), along, batchDims || 0);
  assertWithin(call, indices, x.shape[along] as number);
  gathered.add(origin(indices));
  if ((batchDims || 0) === 0) return gather(x, indices, along);
  return batchedGather(x, indices, along, batchDims);
}

/** Constant indices can be checked at once; TensorFlow.js does the same where it has them. */
function assertWithin(call: KernelCall, indices: Value, limit: number): void {
  for (const index of indices.data ?? []) {
    if (index < 0 || index >= limit) {
      throw unsupportedKernel(call, `its index ${index} is not between 0 and ${limit - 1}`);
    }
  }
}

/** Gathers within each element of the leading axes, as one gather from the flattened leading axes. */
function batchedGather(x: Value, indices: Value, axis: number, batchDims: number): Value {
  const batchShape = x.shape.slice(0, batchDims);
  const batch = sizeOf(batchShape);
  const between = x.shape.slice(batchDims, axis);
  const after = x.shape.slice(axis + 1);
  const length = x.shape[axis] as number;
  const within = indices.shape.slice(batchDims);
  const order = [0, 2, 1, 3];
  const rows = transpose(reshape(x, [batch, sizeOf(between), length, sizeOf(after)]), order);
  const flat = reshape(rows, [batch * length, sizeOf(between), sizeOf(after)]);
  const offsets = vector(
    Array.from({ length: batch }, (_, i) => i * length),
    'int32',
  );
  const shifted = singleOutput(
    'Add',
    [reshape(indices, [batch, sizeOf(within)]), reshape(offsets, [batch, 1])],
    {},
    [batch, sizeOf(within)],
    'int32',
  );
  const picked = gather(flat, shifted, 0);
  return reshape(transpose(picked, order), [...batchShape, ...between, ...within, ...after]);
}

function gatherNd(call: KernelCall): Value {
  const [params, indices] = [input(call, 'params'), input(call, 'indices')];
  gather_util.prepareAndValidate(asTensor(params), asTensor(indices));
  const depth = indices.shape[indices.shape.length - 1] as number;
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  return singleOutput('GatherND', [params, cast(indices, 'int64')], {}, shape, params.type);
}

/** A value as TensorFlow.js's own shape checks want it; they look at shape, rank and type only. */
function asTensor(value: Value): Tensor {
  const { shape, type } = value;
  return { shape: [...shape], rank: shape.length, dtype: type, size: sizeOf(shape) } as unknown as Tensor;
}

/** Sums `updates` into zeros (or writes them over `base`) at `indices`. */
function scatter(base: Value, indices: Value, updates: Value, reduction: 'add' | 'none'): Value {
  return singleOutput(
    'ScatterND',
    [base, cast(indices, 'int64'), updates],
    { reduction },
    base.shape,
    base.type,
  );
}

function scatterNd(call: KernelCall): Value {
  const [indices, updates] = [input(call, 'indices'), input(call, 'updates')];
  const { shape } = attributes<ScatterNdAttrs>(call);
  const { sliceRank, numUpdates, sliceSize } = backend_util.calculateShapes(
    asTensor(updates),
    asTensor(indices),
    shape,
  );
  if (sizeOf(shape) === 0) return filled(shape, 0, updates.type);
  const target = [...shape.slice(0, sliceRank), sliceSize];
  const summed = scatter(
    filled(target, 0, updates.type),
    reshape(indices, [numUpdates, sliceRank]),
    reshape(updates, [numUpdates, sliceSize]),
    'add',
  );
  return reshape(summed, shape);
}

function tensorScatterUpdate(call: KernelCall): Value {
  return scatter(input(call, 'tensor'), input(call, 'indices'), input(call, 'updates'), 'none');
}

function sparseToDense(call: KernelCall): Value {
  const [indices, values, fill] = [
    input(call, 'sparseIndices'),
    input(call, 'sparseValues'),
    input(call, 'defaultValue'),
  ];
  const { outputShape } = attributes<SparseToDenseAttrs>(call);
  const { sliceRank, numUpdates } = backend_util.calculateShapes(
    asTensor(values),
    asTensor(indices),
    outputShape,
  );
  const base = expand(reshape(cast(fill, values.type), []), outputShape);
  const spread = expand(values, [numUpdates, ...outputShape.slice(sliceRank)]);
  return scatter(base, reshape(indices, [numUpdates, sliceRank]), spread, 'none');
}

/** Rows summed by the segment they belong to: the gradient of a gather. Negative segments are dropped. */
function segmentSum(call: KernelCall): Value {
  const [x, ids] = [input(call, 'x'), cast(input(call, 'segmentIds'), 'int32')];
  const { numSegments } = attributes<UnsortedSegmentSumAttrs>(call);
  const rest = x.shape.slice(ids.shape.length);
  const count = sizeOf(ids.shape);
  const rows = reshape(x, [count, ...rest]);
  const column = reshape(ids, [count, 1]);
  if (gathered.has(origin(ids))) {
    return scatter(filled([numSegments, ...rest], 0, x.type), column, rows, 'add');
  }
  const overflow = scalar(numSegments, 'int32');
  const outside = logical(
    'Or',
    logical('Less', column, scalar(0, 'int32')),
    logical('Greater', column, overflow),
  );
  const safe = where(outside, overflow, column);
  return slice(scatter(filled([numSegments + 1, ...rest], 0, x.type), safe, rows, 'add'), [0], [numSegments]);
}

function oneHot(call: KernelCall): Value {
  const indices = cast(input(call, 'indices'), 'int32');
  const { depth, onValue, offValue, dtype } = attributes<OneHotAttrs>(call);
  const classes = vector(
    Array.from({ length: depth }, (_, i) => i),
    'int32',
  );
  const hit = logical('Equal', reshape(indices, [...indices.shape, 1]), classes);
  const type = (dtype as ElementType | undefined) ?? 'int32';
  if (onValue === 1 && offValue === 0) return cast(hit, type);
  return where(hit, scalar(onValue, type), scalar(offValue, type));
}

function range(call: KernelCall): Value {
  const { start, stop, step, dtype } = attributes<RangeAttrs>(call);
  const empty = start === stop || (start < stop && step < 0) || (stop < start && step > 1);
  const count = empty ? 0 : Math.ceil(Math.abs((stop - start) / step));
  const direction = stop < start && step === 1 ? -1 : step;
  return vector(
    Array.from({ length: count }, (_, i) => start + i * direction),
    dtype,
  );
}

function linSpace(call: KernelCall): Value {
  const { start, stop, num } = attributes<LinSpaceAttrs>(call);
  const step = (stop - start) / Math.max(1, num - 1);
  return vector(
    Array.from({ length: num }, (_, i) => start + i * step),
    'float32',
  );
}

function fill(call: KernelCall): Value {
  const { shape, value, dtype } = attributes<FillAttrs>(call);
  if (typeof value !== 'number') throw unsupportedKernel(call, 'it fills with text');
  return filled(shape, value, (dtype as ElementType | undefined) ?? 'float32');
}

export const gatherLowerings: Lowerings = {
  GatherV2: gatherRows,
  GatherNd: gatherNd,
  ScatterNd: scatterNd,
  TensorScatterUpdate: tensorScatterUpdate,
  SparseToDense: sparseToDense,
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
  Range: range,
  LinSpace: linSpace,
  Fill: fill,
};
