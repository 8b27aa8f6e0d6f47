import assert from 'node:assert/strict';
import { add, mul } from '../../../src/engine/graph/elementwise';
import { gemm, withBias } from '../../../src/engine/graph/matrix-product';
import { filled, placeholder, vector } from '../../../src/engine/graph/nodes-and-values';
import { channelsFirst, channelsLast, reshape, transpose } from '../../../src/engine/graph/tensor-layout';
import { encodeModel } from '../../../src/engine/onnx/encode-model';

const image = placeholder('image', [2, 4, 5, 3], 'float32');

describe('the graph', () => {
  it('drops what changes nothing', () => {
    assert.equal(add(image, filled([3], 0, 'float32')), image);
    assert.equal(mul(filled([], 1, 'float32'), image), image);
    assert.equal(reshape(reshape(image, [120]), [2, 4, 5, 3]), image);
    assert.equal(transpose(transpose(image, [1, 0, 2, 3]), [1, 0, 2, 3]), image);
  });

  it('keeps a layout through element-wise operations', () => {
    const first = placeholder('first', [2, 3, 4, 5], 'float32');
    const sum = add(channelsLast(first), vector([1, 2, 3], 'float32'));
    const back = channelsFirst(sum);
    assert.equal(back.node.op, 'Add');
    assert.equal(back.node.inputs[0], first);
    assert.deepEqual(back.node.inputs[1]?.shape, [1, 3, 1, 1]);
  });

  it('takes a bias into a matrix product, once', () => {
    const [a, b] = [placeholder('a', [2, 3], 'float32'), placeholder('b', [3, 4], 'float32')];
    const product = withBias(gemm(a, b), placeholder('c', [4], 'float32'));
    assert.equal(product?.node.inputs.length, 3);
    assert.equal(withBias(product, placeholder('d', [4], 'float32')), undefined);
  });

  it('writes equal expressions once', () => {
    const twice = add(mul(image, image), mul(image, image));
    const once = mul(image, image);
    const size = (value: typeof twice): number =>
      encodeModel({ inputs: [{ name: 'image', value: image }], outputs: [{ name: 'y', value }] }).length;
    assert.ok(size(twice) < 2 * size(once));
  });

  it('names an input that nobody declared', () => {
    assert.throws(
      () => encodeModel({ inputs: [], outputs: [{ name: 'y', value: mul(image, image) }] }),
      /"image" is used but was not declared/,
    );
  });
});
