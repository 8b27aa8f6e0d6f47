import assert from 'node:assert/strict';
import { metricFor, programMetric } from '../../../src/experiments/plan/task-metric';

describe('the metric of a pilot', () => {
  it('fits the task where none is annotated', () => {
    assert.deepEqual(metricFor('class', undefined).metric, {
      name: 'balanced-accuracy',
      higherIsBetter: true,
    });
    assert.deepEqual(metricFor('binary', undefined).metric, { name: 'auroc', higherIsBetter: true });
    assert.deepEqual(metricFor('real', undefined).metric, { name: 'r2', higherIsBetter: true });
  });

  it('is the annotated one, however it is written, where it fits', () => {
    assert.equal(metricFor('class', 'F1').metric.name, 'macro-f1');
    assert.equal(metricFor('binary', 'roc_auc').metric.name, 'auroc');
    assert.deepEqual(metricFor('real', 'MAE').metric, { name: 'mae', higherIsBetter: false });
    assert.equal(metricFor('class', 'Balanced Accuracy').isAnnotated, true);
  });

  it('says where it is another one', () => {
    assert.deepEqual(metricFor('real', 'accuracy'), {
      metric: { name: 'r2', higherIsBetter: true },
      isAnnotated: false,
    });
    assert.equal(metricFor('class', 'wer').isAnnotated, false);
  });

  it("knows from a program's own name which way is better", () => {
    for (const name of ['loss', 'val_loss', 'WER', 'word error rate', 'rmse', 'perplexity'])
      assert.equal(programMetric(name).higherIsBetter, false, name);
    for (const name of ['accuracy', 'dice', 'BLEU', 'mAP', 'terror-detection', undefined])
      assert.equal(programMetric(name).higherIsBetter, true, name);
  });
});
