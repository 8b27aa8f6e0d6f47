import { checkSpecs } from './operators/check';

describe("TensorFlow.js's own operator specs", function () {
  this.timeout(300_000);

  it('agree in plain layouts', () => {
    checkSpecs(1);
  });
});
