import {
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  engine,
  getKernel,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
} from '@tensorflow/tfjs-core';
import type { Value } from '../graph/nodes-and-values';
import { binaryLowerings } from '../lowerings/binary-lowerings';
import { convolutionLowerings } from '../lowerings/convolution-lowerings';
import { gatherLowerings } from '../lowerings/gather-scatter-lowerings';
import { type KernelCall, type Lowering, type Lowerings, unsupportedKernel } from '../lowerings/lowering';
import { matrixLowerings } from '../lowerings/matrix-lowerings';
import { normalisationLowerings } from '../lowerings/normalisation-and-resize-lowerings';
import { poolingLowerings } from '../lowerings/pooling-lowerings';
import { reductionLowerings } from '../lowerings/reduction-lowerings';
import { shapeLowerings } from '../lowerings/shape-lowerings';
import { unaryLowerings } from '../lowerings/unary-lowerings';
import { GRAPH_BACKEND, GraphBackend } from './graph-backend';

/** Every TensorFlow.js kernel that compiles, by its name. */
export const lowerings: Lowerings = {
  ...unaryLowerings,
  ...binaryLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...gatherLowerings,
  ...matrixLowerings,
  ...convolutionLowerings,
  ...poolingLowerings,
  ...normalisationLowerings,
};

/** Registers the compiler's backend and its kernels with TensorFlow.js, once; returns the backend. */
export function graphBackend(): GraphBackend {
  if (getKernelsForBackend(GRAPH_BACKEND).length === 0) {
    for (const [kernelName, lower] of Object.entries(lowerings)) {
      registerKernel({ kernelName, backendName: GRAPH_BACKEND, kernelFunc: kernel(kernelName, lower) });
    }
    registerKernel({ kernelName: 'Identity', backendName: GRAPH_BACKEND, kernelFunc: share });
    // What TensorFlow.js computes elsewhere and the compiler does not is refused by name, with its layer.
    for (const { kernelName } of getKernelsForBackend('cpu')) {
      if (getKernel(kernelName, GRAPH_BACKEND) as unknown) continue;
      registerKernel({ kernelName, backendName: GRAPH_BACKEND, kernelFunc: kernel(kernelName, unknown) });
    }
    registerBackend(GRAPH_BACKEND, () => new GraphBackend(), 0);
  }
  const backend = engine().findBackend(GRAPH_BACKEND);
  if (!(backend instanceof GraphBackend)) throw new Error(`Another backend is called ${GRAPH_BACKEND}`);
  return backend;
}

/** A clone is the same data once more, as TensorFlow.js's accounting of memory expects. */
function share({ inputs, backend }: KernelArguments): TensorInfo {
  const x = inputs['x'] as TensorInfo;
  (backend as GraphBackend).incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

function unknown(call: KernelCall): never {
  throw unsupportedKernel(call, 'it has no lowering (docs/adding-a-kernel.md says how to add one)');
}

interface KernelArguments {
  readonly inputs: NamedTensorInfoMap;
  readonly backend: object;
  readonly attrs?: NamedAttrMap;
}

/** A lowering as a TensorFlow.js kernel: tensors in and out, values between. */
function kernel(name: string, lower: Lowering): (call: KernelArguments) => TensorInfo | TensorInfo[] {
  return ({ inputs, backend, attrs }) => {
    const graph = backend as GraphBackend;
    const values = Object.fromEntries(
      Object.entries(inputs).map(([key, tensor]) => [key, tensor ? graph.graphValue(tensor) : undefined]),
    );
    const result = lower({ name, inputs: values, attributes: attrs });
    return isList(result) ? result.map(value => graph.tensorOf(value)) : graph.tensorOf(result);
  };
}

function isList(result: Value | readonly Value[]): result is readonly Value[] {
  return Array.isArray(result);
}
