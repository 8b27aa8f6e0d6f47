import { isRecord, parseJson } from '../../common/validation';
import type { MetricEvent, Predictions } from '../../protocol/job-files';

/** What a program reports on its standard output, put together line by line. */
export interface ProgramOutput {
  /** The last value of each metric it named. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly predictions?: Predictions;
  readonly examples?: { readonly train?: number; readonly validation?: number; readonly test?: number };
}

export interface OutputReader {
  /** Takes a line; a point of training is given back as an event, and what is none of ours as `undefined`. */
  readonly read: (line: string, seconds: number) => MetricEvent | 'metric' | undefined;
  readonly output: () => ProgramOutput;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads lines of JSON: `{"metric": "accuracy", "value": 0.91}` for a result on the test split; `{"step": 20, "loss":
 * 0.3, "validation": {"accuracy": 0.9}}` for a point of training; `{"predictions": [...], "labels": [...]}` for what
 * was predicted of the test split.
 */
export function readOutput(): OutputReader {
  const metrics = new Map<string, number>();
  let predictions: Predictions | undefined;
  return {
    output: () => ({ metrics, ...(predictions ? { predictions } : {}) }),
    read(line, seconds) {
      const fields = fieldsOf(line);
      if (!fields) return undefined;
      const { metric, value } = fields;
      if (typeof metric === 'string' && isFigure(value)) {
        metrics.set(metric, Number(value));
        return 'metric';
      }
      const predicted = predictionsOf(fields);
      if (predicted) {
        predictions = predicted;
        return 'metric';
      }
      return typeof fields['step'] === 'number' ? eventOf(fields, fields['step'], seconds) : undefined;
    },
  };
}

/** Python writes NaN, which is no JSON; it must not pass as a missing line. In a string it is text. */
const STRING_OR_NO_NUMBER = /"(?:[^"\\]|\\[^])*\\?(?:"|$)|-?\bInfinity\b|\bNaN\b/g;

function fieldsOf(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined;
  const value = parseJson(
    line.replaceAll(STRING_OR_NO_NUMBER, found => (found.startsWith('"') ? found : `"${found}"`)),
  );
  return isRecord(value) ? value : undefined;
}

function isFigure(value: unknown): boolean {
  return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}

function eventOf(fields: Fields, step: number, t: number): MetricEvent {
  const { loss, epoch, validation, progress } = fields;
  return {
    t,
    phase: typeof fields['phase'] === 'string' ? fields['phase'] : 'train',
    step,
    ...(typeof loss === 'number' ? { loss } : {}),
    ...(typeof epoch === 'number' ? { epoch } : {}),
    ...(typeof progress === 'number' ? { progress } : {}),
    ...(isNumbersByName(validation) ? { validation } : {}),
  };
}

function isNumbersByName(value: unknown): value is Readonly<Record<string, number>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each => typeof each === 'number')
  );
}

function predictionsOf({ predictions, labels, kind }: Fields): Predictions | undefined {
  if (!isNumbers(predictions) || !isNumbers(labels) || labels.length === 0) return undefined;
  const width = predictions.length / labels.length;
  if (!Number.isInteger(width) || width < 1) return undefined;
  if (width > 1) return { kind: 'scores', labels, predictions, width };
  return { kind: kind === 'values' || kind === 'scores' ? kind : 'classes', labels, predictions };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(each => typeof each === 'number' && Number.isFinite(each));
}
