import assert from 'node:assert/strict';
import { hasNativeRuntime } from '../../../src/training/native-runtime';

describe('the native runtime', () => {
  it('is known without loading it, for each platform', () => {
    assert.ok(hasNativeRuntime());
    assert.ok(hasNativeRuntime({ platform: 'win32', arch: 'x64' }));
    assert.ok(!hasNativeRuntime({ platform: 'darwin', arch: 'x64' }));
  });
});
