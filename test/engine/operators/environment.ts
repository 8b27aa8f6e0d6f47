/** Sets up jasmine's globals and the environment that TensorFlow.js's specs ask for, before they load. */
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import Jasmine from 'jasmine';
import { setChannelBlock } from '../../../src/engine/graph/tensor-layout';
import type { Lowering } from '../../../src/engine/lowerings/lowering';
import { GRAPH_BACKEND } from '../../../src/engine/tfjs-backend/graph-backend';
import { graphBackend, lowerings } from '../../../src/engine/tfjs-backend/kernel-registry';

export const jasmineRunner = new Jasmine({});
setChannelBlock(Number(process.env['CHANNEL_BLOCK'] ?? '1'));

/** The kernels with a lowering that the present spec has called. */
export const called = new Set<string>();
const watched = lowerings as Record<string, Lowering>;
for (const [name, lower] of Object.entries(lowerings)) {
  watched[name] = call => {
    called.add(name);
    return lower(call);
  };
}
graphBackend();
setTestEnvs([{ name: GRAPH_BACKEND, backendName: GRAPH_BACKEND, isDataSync: false }]);
