import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { isEngineError } from '../../../src/engine';
import { type EncoderFeeds, openEncoder } from '../../../src/engine/checkpoints/open-encoder';
import { parseOnnx } from '../../../src/engine/checkpoints/read-onnx';
import {
  type Value,
  constant,
  elements,
  placeholder,
  singleOutput,
} from '../../../src/engine/graph/nodes-and-values';
import { encodeModel } from '../../../src/engine/onnx/encode-model';
import {
  GraphProto,
  ModelProto,
  NodeProto,
  OperatorSetIdProto,
  StringStringEntryProto,
  TensorProto,
} from '../../../src/engine/onnx/generated/onnx-schema';
import {
  type Message,
  encodeMessage,
  intField,
  messageField,
  stringField,
  valueInfoProto,
} from '../../../src/engine/onnx/onnx-protobuf';
import { createSession } from '../../../src/engine/runtime/onnxruntime';
import { useScratch } from '../data/helpers/files';

const numbers = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(seed * 7.3 + i * 1.7));
const weights = (shape: readonly number[], seed: number): Value =>
  constant(
    elements(
      'float32',
      numbers(
        shape.reduce((a, b) => a * b, 1),
        seed,
      ),
    ),
    shape,
    'float32',
  );
const floats = (name: string, data: Float32Array, shape: readonly number[]): EncoderFeeds =>
  new Map([[name, { data, shape }]]);

/** An image classifier: a convolution, the mean over places, and a product with weights. */
function classifier(output = 'logits'): Uint8Array {
  const pixels = placeholder('pixels', [1, 3, 4, 4], 'float32');
  const maps = singleOutput(
    'Conv',
    [pixels, weights([5, 3, 3, 3], 1)],
    { pads: [1, 1, 1, 1] },
    [1, 5, 4, 4],
    'float32',
  );
  const pooled = singleOutput('GlobalAveragePool', [maps], {}, [1, 5, 1, 1], 'float32');
  const flat = singleOutput('Flatten', [pooled], { axis: 1 }, [1, 5], 'float32');
  const logits = singleOutput('Gemm', [flat, weights([5, 7], 2), weights([7], 3)], {}, [1, 7], 'float32');
  return encodeModel({
    inputs: [{ name: 'pixels', value: pixels }],
    outputs: [{ name: output, value: logits }],
  });
}

/** One node on one input, as a file may have it. */
function oneNode(op: string, domain = ''): Uint8Array {
  return encodeMessage([
    intField(ModelProto.ir_version, 8),
    messageField(ModelProto.graph, [
      messageField(GraphProto.node, [
        stringField(NodeProto.input, 'x'),
        stringField(NodeProto.output, 'features'),
        stringField(NodeProto.name, 'the_node'),
        stringField(NodeProto.op_type, op),
        stringField(NodeProto.domain, domain),
      ]),
      stringField(GraphProto.name, 'g'),
      valueInfoProto(GraphProto.input, 'x', 'float32', [1, 2]),
      valueInfoProto(GraphProto.output, 'features', 'float32', [1, 2]),
    ]),
    ...['']
      .concat(domain === '' ? [] : [domain])
      .map(each =>
        messageField(ModelProto.opset_import, [
          stringField(OperatorSetIdProto.domain, each),
          intField(OperatorSetIdProto.version, 17),
        ]),
      ),
  ]);
}

/** A few bytes that ask for terabytes. */
function grown(): Uint8Array {
  const x = placeholder('x', [1, 1], 'float32');
  const shape = constant(BigInt64Array.of(2n ** 20n, 2n ** 20n), [2], 'int64');
  const value = singleOutput('Expand', [x, shape], {}, [2 ** 20, 2 ** 20], 'float32');
  return encodeModel({ inputs: [{ name: 'x', value: x }], outputs: [{ name: 'features', value }] });
}

/** A sum of the input and a weight whose elements are somewhere else. */
function withExternal(location: string, shape: readonly number[] = [2], offset = '4'): Uint8Array {
  const entry = (key: string, value: string): Message =>
    messageField(TensorProto.external_data, [
      stringField(StringStringEntryProto.key, key),
      stringField(StringStringEntryProto.value, value),
    ]);
  return encodeMessage([
    intField(ModelProto.ir_version, 8),
    messageField(ModelProto.graph, [
      messageField(GraphProto.node, [
        stringField(NodeProto.input, 'x'),
        stringField(NodeProto.input, 'w'),
        stringField(NodeProto.output, 'features'),
        stringField(NodeProto.op_type, 'Add'),
      ]),
      stringField(GraphProto.name, 'g'),
      messageField(GraphProto.initializer, [
        ...shape.map(axis => intField(TensorProto.dims, axis)),
        intField(TensorProto.data_type, 1),
        stringField(TensorProto.name, 'w'),
        entry('location', location),
        entry('offset', offset),
        intField({ number: TensorProto.data_location.number, type: 'int32' }, 1),
      ]),
      valueInfoProto(GraphProto.input, 'x', 'float32', [1, 2]),
      valueInfoProto(GraphProto.output, 'features', 'float32', [1, 2]),
    ]),
    messageField(ModelProto.opset_import, [intField(OperatorSetIdProto.version, 17)]),
  ]);
}

describe('a checkpoint in ONNX', () => {
  const scratch = useScratch();
  const open = async (bytes: Uint8Array, ...rest: [hints?: Parameters<typeof openEncoder>[1]]) =>
    openEncoder(await scratch.write('model.onnx', bytes), ...rest);

  it('is cut below its classifier, and gives the logits again with the classifier as its head', async () => {
    const bytes = classifier();
    const image = Float32Array.from(numbers(48, 5));
    const encoder = await open(bytes);
    const features = await encoder.features(floats('pixels', image, [1, 3, 4, 4]));
    assert.equal(features.length, 5);
    assert.ok(encoder.cut.belowHead);
    assert.equal(encoder.numParams, 135);
    const head = { weights: Float32Array.from(numbers(35, 2)), constants: Float32Array.from(numbers(7, 3)) };
    const run = async (model: Uint8Array): Promise<readonly number[]> => {
      const session = await createSession(model);
      const { Tensor } = await import('onnxruntime-node');
      const results = await session.run({ pixels: new Tensor('float32', image, [1, 3, 4, 4]) });
      return Array.from(Object.values(results)[0]?.data as Float32Array);
    };
    const expected = await run(bytes);
    const again = await run(encoder.withHead({ ...head, activation: 'none' }, { task: 't' }));
    expected.forEach((logit, i) => {
      assert.ok(Math.abs(logit - (again[i] ?? NaN)) < 1e-5);
    });
    const shares = await run(encoder.withHead({ ...head, activation: 'softmax' }, {}));
    const powers = expected.map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => {
      assert.ok(Math.abs(power / sum - (shares[i] ?? NaN)) < 1e-5);
    });
    await encoder.dispose();
  });

  it('keeps an output that is called an embedding', async () => {
    const encoder = await open(classifier('embedding'));
    assert.deepEqual([encoder.cut.value, encoder.cut.belowHead], ['embedding', false]);
    await encoder.dispose();
  });

  it('means over tokens that are no padding, at length 1 where it is so', async () => {
    const ids = placeholder('tokens', [1, 3, 2], 'float32');
    const mask = placeholder('attention_mask', [1, 3], 'float32');
    const depends = singleOutput('ReduceMax', [mask], { keepdims: 0 }, [], 'float32');
    const zero = singleOutput('Sub', [depends, depends], {}, [], 'float32');
    const hidden = singleOutput('Add', [ids, zero], {}, [1, 3, 2], 'float32');
    const bytes = encodeModel({
      inputs: [
        { name: 'tokens', value: ids },
        { name: 'attention_mask', value: mask },
      ],
      outputs: [{ name: 'last_hidden_state', value: hidden }],
    });
    const feeds: EncoderFeeds = new Map([
      ['tokens', { shape: [1, 3, 2], data: Float32Array.of(1, 2, 5, 6, 100, 100) }],
      ['attention_mask', { shape: [1, 3], data: Float32Array.of(1, 1, 0) }],
    ]);
    for (const [hints, expected] of [
      [{ pooling: 'mean' }, [3, 4]],
      [{ pooling: 'first' }, [1, 2]],
      [{ pooling: 'mean', normalize: true }, [0.6, 0.8]],
    ] as const) {
      const encoder = await open(bytes, hints);
      const found = Array.from(await encoder.features(feeds));
      expected.forEach((value, i) => {
        assert.ok(Math.abs(value - (found[i] ?? NaN)) < 1e-6, String(found));
      });
      await encoder.dispose();
    }
  });

  it('names operator and node of what it will not run', async () => {
    const cases = [
      [oneNode('Frobnicate'), /Frobnicate \(node "the_node"\), which ONNX Runtime does not have/],
      [oneNode('Run', 'my.domain'), /my\.domain\.Run \(node "the_node"\), which ONNX Runtime does not have/],
      [oneNode('Loop'), /Loop \(node "the_node"\), which may run without end/],
      [grown(), /Expand .*, which asks for 1099511627776 numbers at once/],
    ] as const;
    for (const [bytes, message] of cases)
      await assert.rejects(
        open(bytes),
        (error: unknown) => isEngineError(error) && message.test(error.message),
      );
  });

  it('reads weights beside it, and from nowhere else', async () => {
    await scratch.write('w.bin', new Uint8Array(new Float32Array([9, 10, 20]).buffer));
    const encoder = await open(withExternal('w.bin'));
    assert.deepEqual(
      Array.from(await encoder.features(floats('x', Float32Array.of(1, 2), [1, 2]))),
      [11, 22],
    );
    await encoder.dispose();
    const outside = join(scratch.folder, '..');
    await symlink('/etc/hostname', join(scratch.folder, 'link.bin'));
    const cases = [
      [withExternal('../w.bin'), /outside of the model's folder/],
      [withExternal('/etc/hostname'), /outside of the model's folder/],
      [withExternal('link.bin'), /outside of the model's folder/],
      [withExternal(outside), /outside of the model's folder/],
      [withExternal('missing.bin'), /"missing\.bin", is missing/],
      [withExternal('w.bin', [3]), /has 12 bytes, and the weight "w" ends at 16/],
      [withExternal('w.bin', [2 ** 40]), /impossible shape/],
      [withExternal('w.bin', [2 ** 29]), /take 2147483648 bytes; at most/],
      [withExternal('w.bin', [2], '-4'), /is said to be/],
    ] as const;
    for (const [bytes, message] of cases)
      await assert.rejects(open(bytes), (error: unknown) => {
        assert.ok(isEngineError(error), String(error));
        assert.match(error.message, message);
        return true;
      });
  });

  it('is refused in words wherever it is cut off or damaged', () => {
    const bytes = classifier();
    const parse = (damaged: Uint8Array): void => {
      try {
        parseOnnx(damaged, 'model.onnx');
      } catch (error) {
        assert.ok(isEngineError(error), String(error));
        assert.match(error.message, /^model\.onnx cannot be used as a checkpoint: /);
      }
    };
    for (let length = 0; length < bytes.length; length += 7) parse(bytes.subarray(0, length));
    assert.throws(() => parseOnnx(bytes.subarray(0, bytes.length - 40), 'model.onnx'), isEngineError);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }), damages => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of damages) damaged[at] = value;
        parse(damaged);
      }),
      { numRuns: 300 },
    );
  });
});
