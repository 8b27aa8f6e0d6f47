import type { Examples } from '../material/examples';
import type { Head } from '../networks/heads';
import type { Predictions } from '../result';

/** What a head's outputs say of the examples that are labelled for its task. */
export function predictionsOf(head: Head, outputs: Float32Array, { labels, count }: Examples): Predictions {
  const { label, task, width } = head;
  const column = labels[task];
  const rows = Array.from({ length: count }, (_, row) => row).filter(row => column?.present[row] === 1);
  const truth = rows.map(row => column?.values[row] ?? 0);
  switch (label.kind) {
    case 'real': {
      const inUnits = (value: number): number => value * label.deviation + label.mean;
      return {
        kind: 'values',
        labels: truth.map(inUnits),
        predictions: rows.map(row => inUnits(outputs[row] ?? 0)),
      };
    }
    case 'binary':
      return {
        kind: 'scores',
        labels: truth,
        predictions: rows.map(row => 1 / (1 + Math.exp(-(outputs[row] ?? 0)))),
        width: 1,
      };
    case 'class': {
      const scores = rows.flatMap(row => softmax(outputs.subarray(row * width, (row + 1) * width)));
      return { kind: 'scores', labels: truth, predictions: scores, width, classes: label.classes };
    }
  }
}

function softmax(logits: Float32Array): number[] {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(logits, logit => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
}

/** The mean error of predictions: cross-entropy in nats, or the square in standard deviations of the label. */
export function meanLoss({ label }: Head, { kind, labels, predictions, width = 1 }: Predictions): number {
  const losses = labels.map((truth, row) => {
    if (label.kind === 'real') return ((truth - (predictions[row] ?? 0)) / label.deviation) ** 2;
    if (kind !== 'scores') return Number(truth !== predictions[row]);
    const score = predictions[width === 1 ? row : row * width + truth] ?? 0;
    return -Math.log(Math.max(1e-12, width === 1 && truth === 0 ? 1 - score : score));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}
