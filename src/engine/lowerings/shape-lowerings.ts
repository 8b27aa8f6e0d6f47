import {
  type BatchToSpaceNDAttrs,
  type BroadCastToAttrs,
  type ConcatAttrs,
  type DepthToSpaceAttrs,
  type ExpandDimsAttrs,
  type MirrorPadAttrs,
  type PadV2Attrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SpaceToBatchNDAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TensorInfo,
  type TileAttrs,
  type TransposeAttrs,
  backend_util,
  slice_util,
  util,
} from '@tensorflow/tfjs-core';
import { convolutionOfExamples } from '../graph/convolution';
import { cast, where } from '../graph/elementwise';
import { type Value, constant, int64s, scalar, singleOutput, sizeOf } from '../graph/nodes-and-values';
import { concat, expand, pad, reverse, slice, split } from '../graph/slicing-and-joining';
import { reshape, transpose } from '../graph/tensor-layout';
import { type KernelCall, type Lowerings, attributes, input, inputList, unsupportedKernel } from './lowering';

/** A value's shape and type as TensorFlow.js's own shape helpers want them. */
function infoOf(value: Value): TensorInfo {
  return { dataId: {}, shape: [...value.shape], dtype: value.type as 'float32' };
}

function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

function concatenation(call: KernelCall): Value {
  const values = inputList(call);
  const [first] = values;
  if (first === undefined) throw unsupportedKernel(call, 'it has no inputs');
  const axis = axisOf(attributes<ConcatAttrs>(call).axis, first.shape.length);
  const shapes = values.map(value => [...value.shape]);
  backend_util.assertParamsConsistent(shapes, axis);
  const filled = values.filter(value => sizeOf(value.shape) > 0);
  if (filled.length === 0) {
    return reshape(first, backend_util.computeOutShape(shapes, axis));
  }
  return concat(filled, axis);
}

function contiguousSlice(call: KernelCall): Value {
  const x = input(call, 'x');
  const { begin, size } = attributes<SliceAttrs>(call);
  const [start, sizes] = slice_util.parseSliceParams(infoOf(x), begin, size) as [number[], number[]];
  slice_util.assertParamsValid(infoOf(x), start, sizes);
  const end = start.map((from, i) => from + (sizes[i] as number));
  return fewExamples(x, start, end) ?? slice(x, start, end);
}

/** A slice of so few examples that convolving them alone costs less than waiting for all: an eighth of them. */
const FEW_EXAMPLES = 1 / 8;

function fewExamples(x: Value, start: readonly number[], end: readonly number[]): Value | undefined {
  const [from, to, batch] = [start[0] as number, end[0] as number, x.shape[0] as number];
  const wholeExamples = x.shape.every((d, i) => i === 0 || (start[i] === 0 && end[i] === d));
  if (!wholeExamples || (to - from) / batch > FEW_EXAMPLES) return undefined;
  return convolutionOfExamples(x, from, to);
}

function stridedSlice(call: KernelCall): Value {
  const x = input(call, 'x');
  const a = attributes<StridedSliceAttrs>(call);
  const info = slice_util.sliceInfo(
    [...x.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  if (info.isIdentity) return reshape(x, info.finalShape);
  if (sizeOf(info.finalShape) === 0) throw unsupportedKernel(call, 'it selects nothing');
  const ends = info.end.map((end, i) =>
    end < 0 || ((info.strides[i] as number) < 0 && end === -1) ? -(2 ** 31) : end,
  );
  const part = slice(x, info.begin, ends, undefined, info.strides);
  return reshape(part, info.finalShape);
}

function splitV(call: KernelCall): readonly Value[] {
  const x = input(call, 'x');
  const { numOrSizeSplits, axis } = attributes<SplitVAttrs>(call);
  const along = axisOf(axis, x.shape.length);
  return split(
    x,
    backend_util.prepareSplitSize({ ...infoOf(x), size: sizeOf(x.shape) }, numOrSizeSplits, along),
    along,
  );
}

function tile(call: KernelCall): Value {
  const x = input(call, 'x');
  const { reps } = attributes<TileAttrs>(call);
  const shape = x.shape.map((dimension, i) => dimension * (reps[i] ?? 1));
  if (x.shape.every((dimension, i) => dimension === 1 || reps[i] === 1)) return expand(x, shape);
  return singleOutput('Tile', [x, int64s(reps)], {}, shape, x.type);
}

function broadcastTo(call: KernelCall): Value {
  return expand(input(call, 'x'), attributes<BroadCastToAttrs>(call).shape);
}

function pack(call: KernelCall): Value {
  const values = inputList(call);
  const [first] = values;
  if (first === undefined) throw unsupportedKernel(call, 'it has no inputs');
  const axis = axisOf(attributes<ConcatAttrs>(call).axis, first.shape.length + 1);
  for (const value of values) {
    util.assertShapesMatch(
      [...first.shape],
      [...value.shape],
      'All tensors passed to stack must have matching shapes',
    );
    if (value.type !== first.type) throw unsupportedKernel(call, 'its tensors are of different types');
  }
  const unit = [...first.shape.slice(0, axis), 1, ...first.shape.slice(axis)];
  return concat(
    values.map(value => reshape(value, unit)),
    axis,
  );
}

function unpack(call: KernelCall): readonly Value[] {
  const value = input(call, 'value');
  const axis = axisOf(attributes<ConcatAttrs>(call).axis, value.shape.length);
  const rest = value.shape.filter((_, i) => i !== axis);
  const count = value.shape[axis] as number;
  return split(value, new Array<number>(count).fill(1), axis).map(part => reshape(part, rest));
}

function constantPad(call: KernelCall): Value {
  const { paddings, constantValue } = attributes<PadV2Attrs>(call);
  return pad(
    input(call, 'x'),
    paddings.map(([before]) => before),
    paddings.map(([, after]) => after),
    constantValue,
  );
}

/** `symmetric` repeats the edge, so it is `reflect` around a border one element further out. */
function mirrorPad(call: KernelCall): Value {
  const x = input(call, 'x');
  const { paddings, mode } = attributes<MirrorPadAttrs>(call);
  if (mode === 'reflect') {
    return pad(
      x,
      paddings.map(([before]) => before),
      paddings.map(([, after]) => after),
      0,
      'reflect',
    );
  }
  return paddings.reduce((value, [before, after], axis) => mirrorAxis(value, axis, before, after), x);
}

function mirrorAxis(value: Value, axis: number, before: number, after: number): Value {
  const length = value.shape[axis] as number;
  const front = before > 0 ? [reverse(slice(value, [0], [before], [axis]), [axis])] : [];
  const back = after > 0 ? [reverse(slice(value, [length - after], [length], [axis]), [axis])] : [];
  return concat([...front, value, ...back], axis);
}

function depthToSpace(call: KernelCall): Value {
  const x = input(call, 'x');
  const { blockSize, dataFormat } = attributes<DepthToSpaceAttrs>(call);
  if (dataFormat !== 'NHWC') throw unsupportedKernel(call, `its layout is ${dataFormat}`);
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const depth = c / (blockSize * blockSize);
  const blocks = reshape(x, [n, h, w, blockSize, blockSize, depth]);
  return reshape(transpose(blocks, [0, 1, 3, 2, 4, 5]), [n, h * blockSize, w * blockSize, depth]);
}

function spaceToBatch(call: KernelCall): Value {
  const { blockShape, paddings } = attributes<SpaceToBatchNDAttrs>(call);
  const x = input(call, 'x');
  const rest = new Array<number>(x.shape.length - 1 - blockShape.length).fill(0);
  const padded = pad(
    x,
    [0, ...paddings.map(pair => pair[0] as number), ...rest],
    [0, ...paddings.map(pair => pair[1] as number), ...rest],
  );
  const size = sizeOf(blockShape);
  const inner = backend_util.getReshaped([...padded.shape], blockShape, size, false);
  const order = backend_util.getPermuted(inner.length, blockShape.length, false);
  const shape = backend_util.getReshapedPermuted([...padded.shape], blockShape, size, false);
  return reshape(transpose(reshape(padded, inner), order), shape);
}

function batchToSpace(call: KernelCall): Value {
  const { blockShape, crops } = attributes<BatchToSpaceNDAttrs>(call);
  const x = input(call, 'x');
  const size = sizeOf(blockShape);
  const inner = backend_util.getReshaped([...x.shape], blockShape, size);
  const order = backend_util.getPermuted(inner.length, blockShape.length);
  const shape = backend_util.getReshapedPermuted([...x.shape], blockShape, size);
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
  const sizes = backend_util.getSliceSize(shape, crops, blockShape.length);
  const whole = reshape(transpose(reshape(x, inner), order), shape);
  return slice(
    whole,
    begin,
    begin.map((from, i) => from + (sizes[i] as number)),
  );
}

export const shapeLowerings: Lowerings = {
  Concat: concatenation,
  Slice: contiguousSlice,
  StridedSlice: stridedSlice,
  SplitV: splitV,
  Tile: tile,
  BroadcastTo: broadcastTo,
  Pack: pack,
  Unpack: unpack,
  PadV2: constantPad,
  MirrorPad: mirrorPad,
  DepthToSpace: depthToSpace,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  Transpose: call => transpose(input(call, 'x'), attributes<TransposeAttrs>(call).perm),
  ExpandDims: call => {
    const x = input(call, 'input');
    const dim = attributes<ExpandDimsAttrs>(call).dim;
    const axis = dim < 0 ? dim + x.shape.length + 1 : dim;
    if (axis < 0 || axis > x.shape.length)
      throw unsupportedKernel(call, `axis ${dim} is not within rank ${x.shape.length}`);
    return reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]);
  },
  Reverse: call => {
    const x = input(call, 'x');
    return reverse(x, util.parseAxisParam(attributes<ReverseAttrs>(call).dims, [...x.shape]));
  },
  FlipLeftRight: call => reverse(input(call, 'image'), [2]),
  Diag: call => {
    const x = input(call, 'x');
    const size = sizeOf(x.shape);
    const eye = Uint8Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0));
    const numbers = x.type === 'bool' ? cast(x, 'int32') : x;
    const rows = reshape(numbers, [size, 1]);
    const diagonal = cast(where(constant(eye, [size, size], 'bool'), rows, scalar(0, rows.type)), x.type);
    return reshape(diagonal, [...x.shape, ...x.shape]);
  },
};
