import type {
  FusedBatchNormAttrs,
  LRNAttrs,
  ResizeBilinearAttrs,
  ResizeNearestNeighborAttrs,
} from '@tensorflow/tfjs-core';
import { add, cast, div, mul, sub, unary } from '../graph/elementwise';
import { type Value, int64s, scalar, singleOutput } from '../graph/nodes-and-values';
import { channelsFirst, channelsLast } from '../graph/tensor-layout';
import { type KernelCall, type Lowerings, attributes, input, unsupportedKernel } from './lowering';

/** Normalisation with given statistics, folded into one factor and one offset per channel. */
function batchNorm(call: KernelCall): Value {
  const [x, mean, variance] = [input(call, 'x'), input(call, 'mean'), input(call, 'variance')];
  const { varianceEpsilon } = attributes<FusedBatchNormAttrs>(call);
  const scale = call.inputs['scale'];
  const offset = call.inputs['offset'];
  const deviation = unary('Sqrt', add(variance, scalar(varianceEpsilon)));
  const factor = div(scale ?? scalar(1), deviation);
  const shift = mul(mean, factor);
  return add(mul(x, factor), offset ? sub(offset, shift) : unary('Neg', shift));
}

function localResponse(call: KernelCall): Value {
  const x = input(call, 'x');
  const { depthRadius, bias, alpha, beta } = attributes<LRNAttrs>(call);
  const size = 2 * depthRadius + 1;
  const source = channelsFirst(x);
  // ONNX divides alpha by the window's size, TensorFlow.js does not.
  const options = { size, alpha: { float: alpha * size }, beta: { float: beta }, bias: { float: bias } };
  return channelsLast(singleOutput('LRN', [source], options, source.shape, x.type));
}

type Coordinates = 'align_corners' | 'half_pixel' | 'asymmetric';

function resize(call: KernelCall, mode: 'linear' | 'nearest'): Value {
  const given = input(call, 'images');
  const images = mode === 'linear' ? cast(given, 'float32') : given;
  const { alignCorners, halfPixelCenters, size } = attributes<
    ResizeBilinearAttrs & ResizeNearestNeighborAttrs
  >(call);
  if (mode === 'nearest' && halfPixelCenters)
    throw unsupportedKernel(call, 'it takes the nearest of half-pixel centres');
  const coordinates: Coordinates = alignCorners
    ? 'align_corners'
    : halfPixelCenters
      ? 'half_pixel'
      : 'asymmetric';
  const source = channelsFirst(images);
  const shape = [source.shape[0] as number, source.shape[1] as number, ...size];
  const nearest = alignCorners ? 'round_prefer_ceil' : 'floor';
  const options = { mode, coordinate_transformation_mode: coordinates, nearest_mode: nearest };
  return channelsLast(
    singleOutput('Resize', [source, undefined, undefined, int64s(shape)], options, shape, images.type),
  );
}

export const normalisationLowerings: Lowerings = {
  FusedBatchNorm: batchNorm,
  LRN: localResponse,
  ResizeBilinear: call => resize(call, 'linear'),
  ResizeNearestNeighbor: call => resize(call, 'nearest'),
};
