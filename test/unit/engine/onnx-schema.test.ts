import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  AttributeProto_AttributeType,
  ModelProto,
  NodeProto,
} from '../../../src/engine/onnx/generated/onnx-schema';
import { root } from '../../vscode/paths';

const without = spawnSync('protoc', ['--version']).status === 0 ? '' : ' (skipped: protoc is not installed)';

describe('the ONNX schema', () => {
  // From the schema's own text, read by eye.
  it('has the numbers and types of fields', () => {
    assert.deepEqual(ModelProto.graph, { number: 7, type: 'message' });
    assert.deepEqual(NodeProto.op_type, { number: 4, type: 'string' });
    assert.equal(AttributeProto_AttributeType.INTS, 7);
  });

  it(`is what generate:onnx writes${without}`, function () {
    if (without !== '') this.skip();
    const script = path.join(root, 'scripts', 'generate-onnx.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
