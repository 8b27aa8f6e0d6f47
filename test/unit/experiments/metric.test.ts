import assert from 'node:assert/strict';
import {
  isSameMetric,
  knownRangeOf,
  metricFor,
  programMetric,
} from '../../../src/experiments/plan/task-metric';

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

  it('has a range where its name says one', () => {
    for (const name of [
      'accuracy',
      'Top-5 Accuracy',
      'f1',
      'f1_score',
      'macro_f1',
      'ROC AUC',
      'recall',
      'IoU',
    ])
      assert.deepEqual(knownRangeOf(name), [0, 1], name);
    for (const name of ['rmse', 'WER', 'mean_absolute_error'])
      assert.deepEqual(knownRangeOf(name), [0, Infinity], name);
    for (const name of ['BLEU', 'reward', 'accuracy gain', 'loss', 'mAP'])
      assert.deepEqual(knownRangeOf(name), [-Infinity, Infinity], name);
  });

  it('is the same under its other names only', () => {
    assert.ok(
      isSameMetric('roc_auc', 'AUROC') && isSameMetric('acc', 'accuracy') && isSameMetric('My Own', 'my-own'),
    );
    assert.ok(!isSameMetric('f1', 'accuracy') && !isSameMetric('bleu', 'rouge'));
  });
});
