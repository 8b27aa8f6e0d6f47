import { type AvgPoolAttrs, type MaxPoolAttrs, backend_util } from '@tensorflow/tfjs-core';
import type { Geometry } from '../graph/convolution';
import type { Value } from '../graph/nodes-and-values';
import { averagePoolGradient, maxPoolGradient, pool } from '../graph/pooling';
import { geometryOf } from './convolution-lowerings';
import {
  type KernelCall,
  type Lowering,
  type Lowerings,
  attributes,
  input,
  unsupportedKernel,
} from './lowering';

function geometry(call: KernelCall, x: Value): Geometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributes<MaxPoolAttrs & AvgPoolAttrs>(call);
  const shape = [...x.shape] as [number, number, number, number];
  const g = geometryOf(backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode));
  if (g.pads.some((amount, i) => amount >= (g.kernel[i % 2] as number))) {
    throw unsupportedKernel(call, 'its padding is as large as its window');
  }
  return g;
}

function pooling(op: 'MaxPool' | 'AveragePool'): Lowering {
  return call => {
    const x = input(call, 'x');
    return pool(op, x, geometry(call, x));
  };
}

export const poolingLowerings: Lowerings = {
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
  MaxPoolGrad: call => {
    const x = input(call, 'input');
    return maxPoolGradient(x, input(call, 'output'), input(call, 'dy'), geometry(call, x));
  },
  AvgPoolGrad: call => averagePoolGradient(input(call, 'dy'), geometry(call, input(call, 'input'))),
};
