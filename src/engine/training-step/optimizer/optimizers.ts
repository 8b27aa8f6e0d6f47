import {
  add,
  clipByValue,
  div,
  maximum,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { UpdateKernels } from './update-kernels';

interface Common {
  /** The rate of every step, or of step `n` (counted from 0). */
  readonly learningRate: number | ((step: number) => number);
  /** Scales all gradients together so that their joint norm is at most this. */
  readonly clipNorm?: number;
  /** Cuts every element of every gradient to plus or minus this. */
  readonly clipValue?: number;
}

/** Defaults are those of TensorFlow.js's own optimizers; AdamW's decay is PyTorch's. */
export type OptimizerSpec = Common &
  (
    | { readonly kind: 'sgd' }
    | { readonly kind: 'momentum'; readonly momentum: number; readonly nesterov?: boolean }
    | {
        readonly kind: 'rmsprop';
        readonly decay?: number;
        readonly momentum?: number;
        readonly epsilon?: number;
      }
    | { readonly kind: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }
    | {
        readonly kind: 'adamw';
        readonly beta1?: number;
        readonly beta2?: number;
        readonly epsilon?: number;
        readonly weightDecay?: number;
      }
  );

/** What an optimizer does to one parameter; all tensors have the parameter's shape. */
export interface UpdateRule {
  /** How many tensors it remembers for each parameter, all zero at first. */
  readonly slots: number;
  /** The names of the numbers that change from step to step. */
  readonly scalars: readonly string[];
  /** Those numbers at step `step` (from 0), in the order of `scalars`. */
  readonly at: (step: number, learningRate: number) => readonly number[];
  readonly update: (
    parameter: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    scalars: readonly Scalar[],
  ) => UpdatedParameter;
  /**
   * The same in one pass and in place, on `count` elements in the memory of the kernels.
   * @param at byte offsets: parameter, gradient, then the slots
   * @param numbers the values of `scalars`
   */
  readonly inPlace: (
    kernels: UpdateKernels,
    count: number,
    at: readonly number[],
    numbers: readonly number[],
  ) => void;
}

export interface UpdatedParameter {
  readonly parameter: Tensor;
  readonly slots: readonly Tensor[];
}

type Scalars = readonly [Scalar, Scalar, Scalar];
type Places = readonly [number, number, number, number];

/** The rule that an optimizer's description stands for. */
export function updateRule(spec: OptimizerSpec): UpdateRule {
  switch (spec.kind) {
    case 'sgd':
      return {
        slots: 0,
        scalars: ['rate'],
        at: (_, rate) => [rate],
        update: (p, g, _, [rate]) => ({ parameter: sub(p, mul(g, rate as Scalar)), slots: [] }),
        inPlace(kernels, count, at, numbers) {
          const [p, g] = at as Places;
          kernels.sgd(count, p, g, numbers[0] as number);
        },
      };
    case 'momentum':
      return momentum(spec.momentum, spec.nesterov ?? false);
    case 'rmsprop':
      return rmsprop(spec.decay ?? 0.9, spec.momentum ?? 0, spec.epsilon ?? 1e-7);
    case 'adam':
      return adam(spec.beta1 ?? 0.9, spec.beta2 ?? 0.999, spec.epsilon ?? 1e-7, 0);
    case 'adamw':
      return adam(spec.beta1 ?? 0.9, spec.beta2 ?? 0.999, spec.epsilon ?? 1e-7, spec.weightDecay ?? 0.01);
  }
}

function momentum(factor: number, nesterov: boolean): UpdateRule {
  return {
    slots: 1,
    scalars: ['rate'],
    at: (_, rate) => [rate],
    update: (p, g, [velocity], [rate]) => {
      const next = add(mul(velocity as Tensor, factor), g);
      const direction = nesterov ? add(g, mul(next, factor)) : next;
      return { parameter: sub(p, mul(direction, rate as Scalar)), slots: [next] };
    },
    inPlace(kernels, count, at, numbers) {
      const [p, g, velocity] = at as Places;
      const [lead, follow] = nesterov ? [factor, 1] : [1, 0];
      kernels.momentum(count, p, g, velocity, factor, lead, follow, numbers[0] as number);
    },
  };
}

function rmsprop(decay: number, factor: number, epsilon: number): UpdateRule {
  return {
    slots: 2,
    scalars: ['rate'],
    at: (_, rate) => [rate],
    update: (p, g, [squares, moments], [rate]) => {
      const nextSquares = add(mul(squares as Tensor, decay), mul(square(g), 1 - decay));
      const step = div(mul(g, rate as Scalar), sqrt(add(nextSquares, epsilon)));
      const next = add(mul(moments as Tensor, factor), step);
      return { parameter: sub(p, next), slots: [nextSquares, next] };
    },
    inPlace(kernels, count, at, numbers) {
      const [p, g, squares, moments] = at as Places;
      const [rate] = numbers as [number];
      kernels.rmsprop(count, p, g, squares, moments, decay, 1 - decay, factor, epsilon, rate);
    },
  };
}

/**
 * Adam on moments that are kept without their factors 1 - beta, which saves two passes over the parameters; the
 * factors and the bias corrections go into two numbers per step. `p - rate m / (sqrt(v) + epsilon)` is unchanged.
 */
function adam(beta1: number, beta2: number, epsilon: number, weightDecay: number): UpdateRule {
  return {
    slots: 2,
    scalars: weightDecay === 0 ? ['rate', 'epsilon'] : ['rate', 'epsilon', 'keep'],
    at: (step, learningRate) => {
      const first = (1 - beta1) / (1 - beta1 ** (step + 1));
      const second = Math.sqrt((1 - beta2) / (1 - beta2 ** (step + 1)));
      return [(learningRate * first) / second, epsilon / second, 1 - learningRate * weightDecay];
    },
    update: (p, g, [first, second], scalars) => {
      const [rate, small, keep] = scalars as Scalars;
      const m = add(mul(first as Tensor, beta1), g);
      const v = add(mul(second as Tensor, beta2), square(g));
      const change = mul(div(m, add(sqrt(v), small)), rate);
      const kept = weightDecay === 0 ? p : mul(p, keep);
      return { parameter: sub(kept, change), slots: [m, v] };
    },
    inPlace(kernels, count, at, numbers) {
      const [p, g, first, second] = at as Places;
      const [rate, small, keep = 1] = numbers as [number, number, number?];
      const kept = weightDecay === 0 ? 1 : keep;
      kernels.adam(count, p, g, first, second, beta1, beta2, rate, small, kept);
    },
  };
}

/** Gradients after clipping: first their elements, then their joint norm. */
export function clipGradients(gradients: readonly Tensor[], spec: OptimizerSpec): readonly Tensor[] {
  const limit = spec.clipValue;
  const cut =
    limit === undefined ? gradients : gradients.map(gradient => clipByValue(gradient, -limit, limit));
  const { clipNorm } = spec;
  if (clipNorm === undefined) return cut;
  const norm = sqrt(cut.map(gradient => sum(square(gradient))).reduce((a, b) => add(a, b)));
  const factor = div(clipNorm, maximum(norm, clipNorm));
  return cut.map(gradient => mul(gradient, factor));
}

/** The learning rate at a step. */
export function learningRateAt(spec: OptimizerSpec, step: number): number {
  return typeof spec.learningRate === 'number' ? spec.learningRate : spec.learningRate(step);
}
