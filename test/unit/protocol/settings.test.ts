import assert from 'node:assert/strict';
import { readSetting } from '../../../src/protocol/settings';

describe('settings', () => {
  it('keep good values', () => {
    assert.deepEqual(readSetting('hover.enabled', false), { value: false, bad: [] });
    assert.deepEqual(readSetting('datasets.tolerance', 0.1), { value: 0.1, bad: [] });
  });

  it('report a switch that is neither on nor off, and leave it on', () => {
    const { value, bad } = readSetting('codeLens.enabled', 'yes');
    assert.equal(value, true);
    assert.deepEqual(bad, [
      { setting: 'strategyAdvisor.codeLens.enabled', value: 'yes', expected: 'boolean' },
    ]);
  });

  it('report a figure that is none, and keep the default', () => {
    for (const value of [null, [1], -1, 0, NaN, 'a'])
      assert.deepEqual(readSetting('datasets.tolerance', value), {
        value: 0.05,
        bad: [{ setting: 'strategyAdvisor.datasets.tolerance', value, expected: 'positive number' }],
      });
  });
});
