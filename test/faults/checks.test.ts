import assert from 'node:assert/strict';
import { pilot, removeCases, runCase } from './cases';

describe('figures that programs report', () => {
  after(removeCases);

  it('22-own-code-percent: 91.5 is no accuracy', async () => {
    const { shown } = await runCase('22-own-code-percent', pilot('--trust'));
    assert.match(shown, /reported 91\.5 for the metric "accuracy", which is from 0 to 1/);
    assert.doesNotMatch(shown, /9150/);
  });

  it('34-own-code-other-metric: f1 is not shown as accuracy', async () => {
    const { shown } = await runCase('34-own-code-other-metric', pilot('--trust'));
    assert.match(shown, /reported f1, not the metric "accuracy"/);
    assert.doesNotMatch(shown, /50\.0 %/);
  });
});
