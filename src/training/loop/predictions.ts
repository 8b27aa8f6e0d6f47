import { entryOf } from '../../common/named-entries';
import type { Predictions } from '../../protocol/job-files';
import type { Head } from '../architectures/network';
import type { Examples } from '../datasets/examples';

/** The output of a model for a task; `width` numbers for each example. */
export type TaskOutput = Pick<Head, 'task' | 'label' | 'width'>;

/** What a head's outputs say of the examples that are labelled for its task. */
export function predictionsOf(head: TaskOutput, outputs: Float32Array, examples: Examples): Predictions {
  const predictions = ungrouped(head, outputs, examples);
  return { ...predictions, ...groupsOf(examples, head.task) };
}

/** The groups of the examples that are labelled for a task, numbered as they come. */
export function groupsOf({ groups, labels }: Examples, task: string): Pick<Predictions, 'groups'> {
  if (!groups) return {};
  const numbers = new Map<number, number>();
  const label = entryOf(labels, task);
  const found = Array.from(groups)
    .filter((_, row) => label?.present[row] === 1)
    .map(group => {
      const number = numbers.get(group) ?? numbers.size;
      numbers.set(group, number);
      return number;
    });
  return { groups: found };
}

function ungrouped(head: TaskOutput, outputs: Float32Array, { labels, count }: Examples): Predictions {
  const { label, task, width } = head;
  const column = entryOf(labels, task);
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
