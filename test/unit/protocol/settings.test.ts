import assert from 'node:assert/strict';
import { readSetting } from '../../../src/protocol/settings';

describe('settings', () => {
  it('keep good values', () => {
    assert.deepEqual(readSetting('hover.enabled', false), { value: false, bad: [] });
    assert.deepEqual(readSetting('thresholds', { ampleImages: 5 }), {
      value: { ampleImages: 5 },
      bad: [],
    });
  });

  it('report a switch that is neither on nor off, and leave it on', () => {
    const { value, bad } = readSetting('codeLens.enabled', 'yes');
    assert.equal(value, true);
    assert.deepEqual(bad, [
      { setting: 'strategyAdvisor.codeLens.enabled', value: 'yes', expected: 'boolean' },
    ]);
  });

  it('report bad thresholds one by one, and keep the good', () => {
    const own = {
      ampleImages: 'lots',
      ampleTexts: 7,
      ampleRows: -1,
      dominance: NaN,
      ampleCats: 3,
      toString: 1,
    };
    const { value, bad } = readSetting('thresholds', own);
    assert.deepEqual(value, { ampleTexts: 7 });
    assert.deepEqual(
      bad.map(({ setting, expected }) => [setting, expected]),
      [
        ['strategyAdvisor.thresholds.ampleImages', 'positive number'],
        ['strategyAdvisor.thresholds.ampleRows', 'positive number'],
        ['strategyAdvisor.thresholds.dominance', 'positive number'],
        ['strategyAdvisor.thresholds.ampleCats', 'threshold'],
        ['strategyAdvisor.thresholds.toString', 'threshold'],
      ],
    );
  });

  it('report thresholds that are no object', () => {
    for (const value of [null, [1], 5, 'a'])
      assert.deepEqual(readSetting('thresholds', value), {
        value: {},
        bad: [{ setting: 'strategyAdvisor.thresholds', value, expected: 'object' }],
      });
  });
});
