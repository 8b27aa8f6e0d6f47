/**
 * Convolutions in the layout that is fastest here. Blocked kernels (measured about twice as fast as NCHW ones
 * on AVX-512) take channel counts that are multiples of the machine's block; everything else runs in NCHW.
 */
import { add } from './elementwise';
import { type Attributes, type Value, dependsOn, int64s, singleOutput, sizeOf } from './nodes-and-values';
import { gather, slice } from './slicing-and-joining';
import {
  BLOCKED_DOMAIN,
  BLOCKED_ROW,
  channelBlock,
  channelsFirst,
  channelsLast,
  fromBlocked,
  reshape,
  toBlocked,
  transpose,
  viewOf,
} from './tensor-layout';

/** A convolution as numbers. Pads are top, left, bottom, right. */
export interface Geometry {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  readonly batch: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
}

function attributesOf(g: Geometry): Attributes {
  return { kernel_shape: g.kernel, strides: g.strides, dilations: g.dilations, pads: g.pads };
}

function multipleOfBlock(...channels: readonly number[]): boolean {
  const block = channelBlock();
  return block > 1 && channels.every(count => count % block === 0);
}

/** `x` (NHWC) convolved with `filter` (height, width, in, out), as NHWC. */
export function convolve(x: Value, filter: Value, g: Geometry): Value {
  const shape = [g.batch, g.channelsOut, ...g.output];
  const few = g.channelsIn < channelBlock();
  if (multipleOfBlock(g.channelsOut) && (few || multipleOfBlock(g.channelsIn))) {
    const source = few ? channelsFirst(x) : toBlocked(x);
    const weights = few ? outputBlocks(filter) : bothBlocks(filter);
    return fromBlocked(
      singleOutput('Conv', [source, weights], attributesOf(g), shape, x.type, { domain: BLOCKED_DOMAIN }),
    );
  }
  const weights = transpose(filter, [3, 2, 0, 1]);
  return channelsLast(singleOutput('Conv', [channelsFirst(x), weights], attributesOf(g), shape, x.type));
}

/** The gradient of a convolution with respect to its input. */
export function convolveInputGradient(dy: Value, filter: Value, g: Geometry): Value {
  const unit = [...g.strides, ...g.dilations].every(step => step === 1);
  if (unit && multipleOfBlock(g.channelsIn, g.channelsOut)) return blockedInputGradient(dy, filter, g);
  const weights = transpose(filter, [3, 2, 0, 1]);
  return channelsLast(transposedConvolution(channelsFirst(dy), weights, g, g.channelsIn, 1));
}

/** With stride one, the gradient is a convolution with the filter turned round and its channels exchanged. */
function blockedInputGradient(dy: Value, filter: Value, g: Geometry): Value {
  const [kh, kw] = g.kernel;
  const [top, left, bottom, right] = g.pads;
  const pads = [kh - 1 - top, kw - 1 - left, kh - 1 - bottom, kw - 1 - right];
  const turned = transpose(turnedRound(filter), [0, 1, 3, 2]);
  const shape = [g.batch, g.channelsIn, ...g.input];
  const attributes = { kernel_shape: g.kernel, strides: [1, 1], dilations: [1, 1], pads };
  return fromBlocked(
    singleOutput('Conv', [toBlocked(dy), bothBlocks(turned)], attributes, shape, dy.type, {
      domain: BLOCKED_DOMAIN,
    }),
  );
}

/** The filter with its positions in reverse order; whole positions are copied, a reversing slice goes by element. */
function turnedRound(filter: Value): Value {
  const [kh, kw, inputs, outputs] = filter.shape as [number, number, number, number];
  const positions = kh * kw;
  if (positions === 1) return filter;
  const reversed = int64s(Array.from({ length: positions }, (_, i) => positions - 1 - i));
  return reshape(gather(reshape(filter, [positions, inputs * outputs]), reversed, 0), filter.shape);
}

/** `ConvTranspose` in NCHW, padded at the end where the strides left input unread. */
export function transposedConvolution(
  dy: Value,
  weights: Value,
  g: Geometry,
  channels: number,
  group: number,
): Value {
  const rest = [0, 1].map(axis => {
    const reach = ((g.output[axis] as number) - 1) * (g.strides[axis] as number);
    const span = (g.dilations[axis] as number) * ((g.kernel[axis] as number) - 1) + 1;
    const produced = reach + span - (g.pads[axis] as number) - (g.pads[axis + 2] as number);
    return (g.input[axis] as number) - produced;
  });
  const pads = [...g.pads.slice(0, 2), ...g.pads.slice(2).map((pad, i) => pad - (rest[i] as number))];
  const fits = pads.every(pad => pad >= 0);
  const attributes = fits
    ? { ...attributesOf(g), group, pads }
    : { ...attributesOf(g), group, output_padding: rest };
  return singleOutput('ConvTranspose', [dy, weights], attributes, [g.batch, channels, ...g.input], dy.type);
}

/** (height, width, in, out) with output channels in blocks: what a blocked convolution of NCHW input reads. */
function outputBlocks(filter: Value): Value {
  const [kh, kw, inputs, outputs] = filter.shape as [number, number, number, number];
  const block = channelBlock();
  const blocks = reshape(filter, [kh, kw, inputs, outputs / block, block]);
  return reshape(transpose(blocks, [3, 2, 0, 1, 4]), [outputs, inputs, kh, kw]);
}

/** (height, width, in, out) with both kinds of channels in blocks. */
function bothBlocks(filter: Value): Value {
  const [kh, kw, inputs, outputs] = filter.shape as [number, number, number, number];
  const block = channelBlock();
  const blocks = reshape(filter, [kh, kw, inputs / block, block, outputs / block, block]);
  return reshape(transpose(blocks, [4, 2, 0, 1, 3, 5]), [outputs, inputs, kh, kw]);
}

/** The convolution behind a view, if `value` is one; `rebuild` puts a changed one under the same view. */
function convolutionBehind(value: Value): { conv: Value; rebuild: (conv: Value) => Value } | undefined {
  const conv = value.node.inputs[0];
  const view = viewOf(value);
  if (view?.key === BLOCKED_ROW && view.source.node.op === 'Conv') {
    const inner = value.shape.slice(1);
    // Another number of examples may take the place of these.
    const rebuild = (changed: Value): Value =>
      reshape(fromBlocked(changed), [changed.shape[0] as number, ...inner]);
    return { conv: view.source, rebuild };
  }
  if (conv?.node.op !== 'Conv') return undefined;
  if (value.node.op === 'ReorderOutput') return { conv, rebuild: fromBlocked };
  if (value.node.op === 'Transpose') return { conv, rebuild: channelsLast };
  return undefined;
}

function replaced(
  conv: Value,
  inputs: Value['node']['inputs'],
  extra: Attributes,
  shape = conv.shape,
): Value {
  const { node } = conv;
  return singleOutput(node.op, inputs, { ...node.attributes, ...extra }, shape, conv.type, {
    domain: node.domain,
    scope: node.scope,
  });
}

/** The convolution with a bias of its own, when `product` is one that the bias does not depend on. */
export function withConvolutionBias(product: Value, bias: Value): Value | undefined {
  const found = convolutionBehind(product);
  if (found === undefined) return undefined;
  const { conv, rebuild } = found;
  const channels = conv.shape[1] as number;
  const perChannel = sizeOf(bias.shape) === channels && bias.shape.at(-1) === channels;
  if (!perChannel || conv.node.inputs.length > 3 || 'activation' in conv.node.attributes) return undefined;
  // Where it does, both would be computed.
  if (dependsOn(bias, conv.node)) return undefined;
  const [x, filter, present] = conv.node.inputs;
  const row = reshape(bias, [channels]);
  return rebuild(replaced(conv, [x, filter, present ? add(present, row) : row], {}));
}

/** The convolution of some of the examples, when `value` is a convolution of all. */
export function convolutionOfExamples(value: Value, start: number, end: number): Value | undefined {
  const found = convolutionBehind(value);
  if (found === undefined || found.conv.node.inputs.length > 3) return undefined;
  const { conv, rebuild } = found;
  const [x, ...rest] = conv.node.inputs;
  const part = slice(x as Value, [start], [end]);
  const shape = [end - start, ...conv.shape.slice(1)];
  return rebuild(replaced(conv, [part, ...rest], {}, shape));
}

/** A blocked convolution with the activation computed in its own loop. */
export function withActivation(value: Value, activation: 'Relu'): Value | undefined {
  const found = convolutionBehind(value);
  if (found?.conv.node.domain !== BLOCKED_DOMAIN) return undefined;
  if ('activation' in found.conv.node.attributes) return undefined;
  return found.rebuild(replaced(found.conv, found.conv.node.inputs, { activation }));
}
