import type { LabelEncoding, Value } from '../../data';
import type { Predictions } from '../../protocol/job-files';
import { trainingError } from '../training-error';
import { stageOutputNotNumber } from '../../messages/training-messages';

/** What passes from one stage to the next for one example: a class's name, a number, or a list of such. */
export type StageValue = Value | readonly StageValue[];

/** A class that is called by a number is that number, so that sums and tables work. */
export function classValue(name: string): Value {
  const number = Number(name);
  return name.trim() !== '' && String(number) === name ? number : name;
}

/** What a label stands for, from the number that stands for it. */
export function labelValue(label: LabelEncoding, value: number): Value {
  switch (label.kind) {
    case 'class':
      return classValue(label.classes[value] ?? '');
    case 'binary':
      return value;
    case 'real':
      return value * label.deviation + label.mean;
  }
}

/** A list as it is; a single value as a list of one. */
export function listOf(value: StageValue): readonly StageValue[] {
  return isList(value) ? value : [value];
}

export function isList(value: StageValue): value is readonly StageValue[] {
  return typeof value === 'object';
}

/**
 * The last stage's values as predictions of the task. A class that the task's labels do not have is one more class,
 * and wrong.
 *
 * @throws TrainingError `bad-stage` where a number is needed and there is none
 */
export function predictionsFrom(
  label: LabelEncoding,
  labels: readonly number[],
  values: readonly StageValue[],
  stage: string,
): Predictions {
  switch (label.kind) {
    case 'real':
      return {
        kind: 'values',
        labels: labels.map(value => value * label.deviation + label.mean),
        predictions: values.map((value, i) => numberFrom(value, i, stage)),
      };
    case 'binary':
      return {
        kind: 'scores',
        width: 1,
        labels,
        predictions: values.map(value =>
          typeof value === 'number' && value >= 0 && value <= 1
            ? value
            : Number(String(value) === label.positive),
        ),
      };
    case 'class': {
      const classes = [...label.classes];
      const predictions = values.map(value => {
        const name = isList(value) ? value.join(' ') : String(value);
        const place = classes.indexOf(name);
        return place >= 0 ? place : classes.push(name) - 1;
      });
      return { kind: 'classes', labels, predictions, classes };
    }
  }
}

function numberFrom(value: StageValue, example: number, stage: string): number {
  const number = isList(value) ? NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw trainingError(
    'bad-stage',
    stageOutputNotNumber({ stage, output: JSON.stringify(value), example: example + 1 }),
  );
}
