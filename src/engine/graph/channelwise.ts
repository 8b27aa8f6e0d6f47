/**
 * Arithmetic with one number per channel, and sums per channel, on blocked images. Both are convolutions to ONNX
 * Runtime's blocked kernels, which pass over the data once: a depthwise one of a single position multiplies, adds
 * an offset and another image and rectifies; one whose filters are images of their own sums products.
 */
import { type Value, int64s, sameShape, scalar, singleOutput, sizeOf } from './nodes-and-values';
import { BLOCKED_DOMAIN, fromBlocked, reshape } from './tensor-layout';

const ONE_POSITION = { kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] };

/** The blocked value under an NHWC view, if `value` is one. */
function blockedBehind(value: Value): Value | undefined {
  return value.node.op === 'ReorderOutput' ? value.node.inputs[0] : undefined;
}

/** The product of a blocked image and one factor per channel (a vector along the last axis). */
export function scaledChannels(image: Value, factor: Value): Value | undefined {
  const blocked = blockedBehind(image);
  const channels = image.shape.at(-1) as number;
  if (!blocked || sizeOf(factor.shape) !== channels || factor.shape.at(-1) !== channels) return undefined;
  if (factor.uniform !== undefined || channels === 1) return undefined;
  const filter = reshape(factor, [channels, 1, 1, 1]);
  const attributes = { ...ONE_POSITION, group: channels };
  return fromBlocked(
    singleOutput('Conv', [blocked, filter], attributes, blocked.shape, blocked.type, {
      domain: BLOCKED_DOMAIN,
    }),
  );
}

/** The sum of a product that `scaledChannels` made and another blocked image, in one pass. */
export function fusedImageSum(product: Value, image: Value): Value | undefined {
  const [conv, blocked] = [blockedBehind(product), blockedBehind(image)];
  if (!conv || !blocked || !sameShape(conv.shape, blocked.shape)) return undefined;
  const { op, attributes, inputs, domain, scope } = conv.node;
  const [x, filter, bias, sum] = inputs;
  const multiplies =
    op === 'Conv' && attributes['group'] === conv.shape[1] && sizeOf(filter?.shape ?? []) === conv.shape[1];
  if (!multiplies || sum !== undefined || 'activation' in attributes) return undefined;
  return fromBlocked(
    singleOutput(op, [x, filter, bias, blocked], attributes, conv.shape, conv.type, { domain, scope }),
  );
}

/** The sum of a blocked image over all positions of all examples, for each channel. */
export function channelSums(blocked: Value): Value {
  const [batch, channels] = blocked.shape as [number, number];
  const perImage = reshape(productSums(blocked) ?? positionSums(blocked), [batch, channels]);
  return singleOutput('ReduceSum', [perImage, int64s([0])], { keepdims: 0 }, [channels], blocked.type);
}

/** Sums of each image's channels. */
function positionSums(blocked: Value): Value {
  const [batch, channels, height, width] = blocked.shape as [number, number, number, number];
  const means = singleOutput('GlobalAveragePool', [blocked], {}, [batch, channels, 1, 1], blocked.type, {
    domain: BLOCKED_DOMAIN,
  });
  return singleOutput('Mul', [means, scalar(height * width)], {}, means.shape, means.type);
}

/** The same for a product of two images, which itself is never written: each channel of one is a filter for the other's. */
function productSums(blocked: Value): Value | undefined {
  const [a, b] = blocked.node.inputs;
  if (blocked.node.op !== 'Mul' || !a || !b) return undefined;
  if (!sameShape(a.shape, blocked.shape) || !sameShape(b.shape, blocked.shape)) return undefined;
  const [batch, channels, height, width] = blocked.shape as [number, number, number, number];
  const all = batch * channels;
  const inputs = [reshape(a, [1, all, height, width]), reshape(b, [all, 1, height, width])];
  const attributes = { ...ONE_POSITION, kernel_shape: [height, width], group: all };
  return singleOutput('Conv', inputs, attributes, [1, all, 1, 1], blocked.type, { domain: BLOCKED_DOMAIN });
}
