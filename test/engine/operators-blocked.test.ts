import { findChannelBlock } from '../../src/engine/runtime/channel-block';
import { checkSpecs } from './operators/check';

describe("TensorFlow.js's own operator specs", function () {
  this.timeout(300_000);

  it('agree in the blocked layout of this processor', async function () {
    const block = await findChannelBlock();
    if (block === 1) {
      this.test!.title += ' (skipped: this processor has no blocked kernels)';
      this.skip();
    }
    checkSpecs(block);
  });
});
