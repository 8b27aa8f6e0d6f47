import {
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type DepthwiseConv2dNativeAttrs,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type FusedConv2DAttrs,
  backend_util,
} from '@tensorflow/tfjs-core';
import { type Geometry, convolve, convolveInputGradient, transposedConvolution } from '../graph/convolution';
import {
  blockedFilterGradient,
  canConvolveFilterGradient,
  convolveFilterGradient,
  depthwiseFilterGradient,
  phaseGeometry,
} from '../graph/filter-gradient';
import { type Value, singleOutput } from '../graph/nodes-and-values';
import { pooledPhases } from '../graph/pooling';
import { channelBlock, channelsFirst, channelsLast, reshape, transpose } from '../graph/tensor-layout';
import { binaryLowerings } from './binary-lowerings';
import { type KernelCall, type Lowerings, attributes, input, unsupportedKernel } from './lowering';
import { applyActivation } from './unary-lowerings';

type Shape4 = [number, number, number, number];

/** What all kinds of convolution share: where the windows are. */
type Windowing = Omit<Conv2DAttrs, 'dataFormat' | 'dilations'> &
  Partial<Pick<Conv2DAttrs, 'dataFormat' | 'dilations'>>;

function geometry(
  shape: readonly number[],
  filter: readonly number[],
  a: Windowing,
  depthwise: boolean,
): Geometry {
  const info = backend_util.computeConv2DInfo(
    [...shape] as Shape4,
    [...filter] as Shape4,
    a.strides,
    a.dilations ?? 1,
    a.pad,
    a.dimRoundingMode,
    depthwise,
    a.dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast',
  );
  return geometryOf(info);
}

/** TensorFlow.js's own description of a window, as the compiler's. */
export function geometryOf(info: backend_util.Conv2DInfo): Geometry {
  const { top, left, bottom, right } = info.padInfo;
  const dilations = [info.dilationHeight, info.dilationWidth] as const;
  return {
    kernel: [
      (info.effectiveFilterHeight - 1) / dilations[0] + 1,
      (info.effectiveFilterWidth - 1) / dilations[1] + 1,
    ],
    strides: [info.strideHeight, info.strideWidth],
    dilations,
    pads: [top, left, bottom, right],
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    batch: info.batchSize,
    channelsIn: info.inChannels,
    channelsOut: info.outChannels,
  };
}

const asChannelsLast = (value: Value, format?: string): Value =>
  format === 'NCHW' ? channelsLast(value) : value;
const asGiven = (value: Value, format?: string): Value => (format === 'NCHW' ? channelsFirst(value) : value);

function conv2d(call: KernelCall): Value {
  const [x, filter] = [input(call, 'x'), input(call, 'filter')];
  const a = attributes<Conv2DAttrs>(call);
  const g = geometry(x.shape, filter.shape, a, false);
  return asGiven(convolve(asChannelsLast(x, a.dataFormat), filter, g), a.dataFormat);
}

function inputGradient(call: KernelCall): Value {
  const [dy, filter] = [input(call, 'dy'), input(call, 'filter')];
  const a = attributes<Conv2DBackpropInputAttrs>(call);
  const g = geometry(a.inputShape, filter.shape, a, false);
  const gradient = asChannelsLast(dy, a.dataFormat);
  if (gradient.shape[1] !== g.output[0] || gradient.shape[2] !== g.output[1]) {
    throw unsupportedKernel(call, `[${a.inputShape.join()}] does not convolve to [${gradient.shape.join()}]`);
  }
  return asGiven(convolveInputGradient(gradient, filter, g), a.dataFormat);
}

function filterGradient(call: KernelCall): Value {
  const [x, dy] = [input(call, 'x'), input(call, 'dy')];
  const a = attributes<Conv2DBackpropFilterAttrs>(call);
  const g = geometry(x.shape, a.filterShape, a, false);
  const [image, gradient] = [asChannelsLast(x, a.dataFormat), asChannelsLast(dy, a.dataFormat)];
  return firstFilterGradient(image, gradient, g) ?? convolveFilterGradient(image, gradient, g);
}

/**
 * Of a first convolution and pooling, as their few input channels suggest: nothing but the filter then needs the
 * pooling's gradient, so its phases are summed over as they are, rather than put together first.
 */
function firstFilterGradient(x: Value, dy: Value, g: Geometry): Value | undefined {
  const pooled = g.channelsIn < channelBlock() && canConvolveFilterGradient(g) ? pooledPhases(dy) : undefined;
  if (pooled === undefined) return undefined;
  const { phases, pooling } = pooled;
  return blockedFilterGradient(
    x,
    phases.map(({ gradient, at, less }) => ({
      dy: gradient,
      geometry: phaseGeometry(g, pooling, at),
      ...(less ? { less: phaseGeometry(g, pooling, less) } : {}),
    })),
  );
}

/** (height, width, channels, multiplier) as ONNX wants the filter of a grouped convolution. */
function groupedFilter(filter: Value): Value {
  const [kh, kw, channels, multiplier] = filter.shape as Shape4;
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, kh, kw]);
}

function depthwise(call: KernelCall): Value {
  const [x, filter] = [input(call, 'x'), input(call, 'filter')];
  const a = attributes<DepthwiseConv2dNativeAttrs>(call);
  const g = geometry(x.shape, filter.shape, a, true);
  const options = {
    kernel_shape: g.kernel,
    strides: g.strides,
    dilations: g.dilations,
    pads: g.pads,
    group: g.channelsIn,
  };
  const inputs = [channelsFirst(asChannelsLast(x, a.dataFormat)), groupedFilter(filter)];
  const conv = singleOutput('Conv', inputs, options, [g.batch, g.channelsOut, ...g.output], x.type);
  return asGiven(channelsLast(conv), a.dataFormat);
}

function depthwiseInputGradient(call: KernelCall): Value {
  const [dy, filter] = [input(call, 'dy'), input(call, 'filter')];
  const a = attributes<DepthwiseConv2dNativeBackpropInputAttrs>(call);
  const g = geometry(a.inputShape, filter.shape, a, true);
  return channelsLast(
    transposedConvolution(channelsFirst(dy), groupedFilter(filter), g, g.channelsIn, g.channelsIn),
  );
}

function depthwiseFilter(call: KernelCall): Value {
  const [x, dy] = [input(call, 'x'), input(call, 'dy')];
  const a = attributes<DepthwiseConv2dNativeBackpropFilterAttrs>(call);
  return depthwiseFilterGradient(x, dy, geometry(x.shape, a.filterShape, a, true));
}

/** A vector with one element per channel, so that it broadcasts over an image. */
function perChannel(value: Value | undefined, format: string | undefined): Value | undefined {
  return value?.shape.length === 1 && format === 'NCHW' ? reshape(value, [...value.shape, 1, 1]) : value;
}

/** A convolution with bias and activation, as TensorFlow.js fuses them outside gradients. */
function fused(plain: (call: KernelCall) => Value): (call: KernelCall) => Value {
  return call => {
    const a = attributes<FusedConv2DAttrs>(call);
    const product = plain(call);
    const bias = perChannel(call.inputs['bias'], a.dataFormat);
    const sum = bias ? binaryLowerings['Add']?.({ ...call, inputs: { a: product, b: bias } }) : product;
    const slope = perChannel(call.inputs['preluActivationWeights'], a.dataFormat);
    return applyActivation(call, sum as Value, a.activation, slope, a.leakyreluAlpha);
  };
}

export const convolutionLowerings: Lowerings = {
  Conv2D: conv2d,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilter,
  FusedConv2D: fused(conv2d),
  FusedDepthwiseConv2D: fused(depthwise),
};
