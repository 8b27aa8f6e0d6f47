import { isEngineError } from '../engine-error';
import { placeholder, singleOutput } from '../graph/nodes-and-values';
import { BLOCKED_DOMAIN } from '../graph/tensor-layout';
import { encodeModel } from '../onnx/encode-model';
import { createSession, elementsOf, runtimeTensor, withLayerInErrors } from './onnxruntime';

const CHANNELS = 32;

let known: Promise<number> | undefined;

/**
 * How many channels ONNX Runtime's blocked convolutions keep together on this processor (16 with AVX-512, 8 with
 * AVX2), found by looking at what its reordering does to numbered channels; 1 when it has none.
 */
export function findChannelBlock(): Promise<number> {
  known ??= probe().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function probe(): Promise<number> {
  const shape = [1, CHANNELS, 1, 2];
  const x = placeholder('x', shape, 'float32');
  const y = singleOutput('ReorderInput', [x], {}, shape, 'float32', { domain: BLOCKED_DOMAIN });
  const model = encodeModel({ inputs: [{ name: 'x', value: x }], outputs: [{ name: 'y', value: y }] });
  let session;
  try {
    session = await createSession(model);
    const numbered = Float32Array.from({ length: CHANNELS * 2 }, (_, i) => i);
    const { y: result } = await withLayerInErrors(session, () => new Map()).run({
      x: await runtimeTensor(numbered, shape, 'float32'),
    });
    // The second pixel of channel 0 comes right after the first pixel of the block's last channel.
    const block = result ? Array.from(elementsOf(result), Number).indexOf(1) : 1;
    return CHANNELS % block === 0 ? block : 1;
  } catch (error) {
    // Where there are no blocked kernels, the runtime refuses the model, or to run it. All else is no answer.
    if (isRefusal(error)) return 1;
    throw error;
  } finally {
    await session?.release();
  }
}

function isRefusal(error: unknown): boolean {
  return isEngineError(error) && (error.code === 'bad-model' || error.code === 'runtime-failed');
}
